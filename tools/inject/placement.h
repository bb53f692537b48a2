#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/html/tag.h"
#include "tools/support/result.h"

namespace likes::inject {

/// Where a button goes when nobody says it: behind the first element that the first of these finds;
/// in an <article> or <main>, at its end.
inline constexpr std::string_view kDefaultPlaces =
    ".e-content, [itemprop=articleBody], .post-content, .entry-content, .article-content, article, "
    "main";

/// One of the simple selectors of CSS, `p`, `.class`, `#id`, `[name]`, `[name=value]`, or several
/// without blanks between them.
class Selector {
 public:
  /// Selectors between commas, in the order in which they are tried.
  [[nodiscard]] static Result<std::vector<Selector>> read_list(std::string_view text);

  [[nodiscard]] bool matches(const html::Tag& tag, std::string_view page) const;

 private:
  struct Condition {
    std::string attribute;
    std::optional<std::string> value;
    bool is_word = false;  ///< The value is one of the attribute's words, as with a class.
  };
  [[nodiscard]] static std::optional<Selector> read(std::string_view text);

  std::string name_;  ///< "" for any element.
  std::vector<Condition> conditions_;
};

struct Places {
  std::optional<std::size_t> button;  ///< None: no selector finds an element, or it has no end.
  std::optional<std::size_t> head;    ///< Before </head>.
  bool has_form = false;              ///< There is a form of likes already.
};

/// Offsets at which a page can be added to.
[[nodiscard]] Places find_places(std::string_view page, const std::vector<Selector>& selectors);

}  // namespace likes::inject
