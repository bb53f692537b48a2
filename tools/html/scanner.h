#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "tools/html/foreign_content.h"
#include "tools/html/tag.h"

namespace likes::html {

/// Finds the tags of an HTML page where the HTML standard's tokenizer finds them, and nothing where
/// it finds none: not in comments, in scripts, in the text of a <textarea> or in the CDATA of an
/// <svg>.
///
/// It only ever says where things are. Whoever replaces ranges leaves every other byte of the page
/// as it was, however odd; that is why there is no tree here and nothing to serialise again.
///
///     <p>Liked by <span data-likes-count=posts/a>42</span></p>
///                 ^     ^                ^      ^
///                 bytes name of the attribute, its value, behind the tag
class Scanner {
 public:
  explicit Scanner(std::string_view page) : page_(page), foreign_(page) {}

  /// The next tag, or nothing at the page's end. A tag that the page ends in is none.
  [[nodiscard]] std::optional<Tag> next();

 private:
  [[nodiscard]] std::size_t end_of_comment(std::size_t open) const;
  [[nodiscard]] std::size_t end_of_raw_text(std::string_view element) const;
  [[nodiscard]] std::size_t end_of_script() const;
  [[nodiscard]] bool has_name_at(std::size_t at, std::string_view name) const;
  void skip_content(const Tag& tag);

  std::string_view page_;
  ForeignContent foreign_;
  std::size_t at_ = 0;
};

/// The tag whose "<" is at `open`, by HTML's rules, which take all that XML allows as well; nothing
/// when the page ends in it.
[[nodiscard]] std::optional<Tag> read_tag(std::string_view page, std::size_t open);

}  // namespace likes::html
