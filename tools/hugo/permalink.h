#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/hugo/cascade.h"
#include "tools/hugo/date.h"
#include "tools/hugo/glob.h"
#include "tools/hugo/hugo_version.h"
#include "tools/hugo/link.h"
#include "tools/support/result.h"

namespace likes::hugo {

/// What the tokens of a permalink pattern stand for on one page.
struct PermalinkPage {
  DateTime date;
  std::string_view title;
  std::string_view slug;
  std::string_view name;  ///< Of the file without extension and language, of a bundle its folder's.
  std::string_view file_name;  ///< The same, also of an index file that is none as it is spelled.
  std::string_view section;    ///< `posts`
  /// `posts/2026`, the path of the nearest section; of old `posts/` where it has no file.
  std::string sections;
  /// The same with each section's slug, or title, in its place; asked for by few patterns.
  std::string section_slugs;
  bool is_term = false;  ///< Slashes in its title are folders.
};

/// `/:year/:slug/`, checked when it is made: a token that Hugo does not know is refused by name.
class PermalinkPattern {
 public:
  [[nodiscard]] static Result<PermalinkPattern> compile(std::string_view pattern,
                                                        const VersionRules& rules = {});
  [[nodiscard]] bool asks_section_slugs() const;
  /// The pattern filled in, not yet cleaned or escaped.
  [[nodiscard]] std::string expand(const PermalinkPage& page, const PathRules& rules) const;

 private:
  enum class Token;
  struct Piece {
    Token token;
    std::string text;  ///< Which sections, the date's layout, or what stands in the pattern itself.
  };
  [[nodiscard]] static Token token_of(std::string_view name);
  [[nodiscard]] std::string value_of(const Piece& piece, const PermalinkPage& page,
                                     const PathRules& rules) const;

  std::vector<Piece> pieces_;
  bool cuts_slash_in_title_ = true;
};

/// `posts = "/:year/:slug/"`: the pattern of the pages at and below a path.
struct PermalinkRule {
  std::string section;        ///< As configured; with neither of those below it is exact.
  std::string kind;           ///< `page`, `term` …; "" where the target says it.
  std::optional<Glob> paths;  ///< Since Hugo 0.161.
  std::optional<CascadeEntry> target;
  PermalinkPattern pattern;

  [[nodiscard]] bool is_for(const CascadeTarget& page, std::string_view page_section) const;
};

/// The key of a permalink rule without slashes and blanks around it; "" for the pages at the top.
[[nodiscard]] std::string section_key(std::string_view written);

/// Which logical paths such a key speaks for: `posts` for /posts and all below.
[[nodiscard]] Glob section_paths(std::string_view section);

}  // namespace likes::hugo
