#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/hugo/date.h"
#include "tools/hugo/glob.h"
#include "tools/hugo/link.h"
#include "tools/support/result.h"

namespace likes::hugo {

/// What the tokens of a permalink pattern stand for on one page.
struct PermalinkPage {
  Date date;
  std::string title;
  std::string slug;
  std::string name;      ///< Of the file without extension and language, of a bundle its folder's.
  std::string section;   ///< `posts`
  std::string sections;  ///< `posts/2026`, the path of the nearest section.
};

/// `/:year/:slug/`, checked when it is made: a token that Hugo does not know is refused by name.
class PermalinkPattern {
 public:
  [[nodiscard]] static Result<PermalinkPattern> compile(std::string_view pattern);
  /// The pattern filled in, not yet cleaned or escaped.
  [[nodiscard]] std::string expand(const PermalinkPage& page, const PathRules& rules) const;

 private:
  struct Piece {
    bool is_token = false;
    std::string text;
  };
  std::vector<Piece> pieces_;
};

/// `posts = "/:year/:slug/"`: the pattern of the pages at and below a path.
struct PermalinkRule {
  std::string section;  ///< As configured.
  Glob paths;
  PermalinkPattern pattern;
};

/// Which logical paths the key of a permalink rule speaks for: `posts` for /posts and all below,
/// `/` for the pages at the top.
[[nodiscard]] Glob section_paths(std::string_view section);

}  // namespace likes::hugo
