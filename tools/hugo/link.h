#pragma once

#include <string>
#include <string_view>

#include "tools/hugo/output_format.h"

namespace likes::hugo {

/// The configuration's part in how a path becomes an address.
struct PathRules {
  bool to_lower = true;
  bool remove_accents = false;
};

/// `Hello, World!` becomes `hello-world`: letters, digits, marks and ./\_#+~-@ stay, runs of blanks
/// become one hyphen, all else goes.
[[nodiscard]] std::string sanitize_path(std::string path, const PathRules& rules);

/// Go's path.Clean: no "//", no ".", ".." resolved.
[[nodiscard]] std::string clean_path(std::string path);

/// Go's url.QueryUnescape: "%41" is "A" and "+" a blank; "" when a "%" is not followed by hex
/// digits.
[[nodiscard]] std::string query_unescape(std::string text);

/// A path as it stands in an address: UTF-8 as %XX; what is escaped already stays.
[[nodiscard]] std::string escape_link(std::string link);

/// What decides the address of a page; see page_link().
struct LinkParts {
  std::string kind = "page";  ///< `page`, `home`, `section`, `taxonomy` or `term`.
  std::string url;            ///< Front matter's `url`; it wins over all below.
  std::string permalink;      ///< A permalink pattern filled in; it wins over folder and name.
  std::string folder;         ///< `/posts`, or "" at the top.
  std::string name;           ///< The slug, or the last element of the page's path.
  bool is_bundle = false;
  bool is_ugly = false;        ///< /posts/x.html rather than /posts/x/.
  bool has_ugly_index = true;  ///< Ugly sections are /posts/index.html; of old /posts.html.
  bool cuts_index = true;      ///< A url that ends in "/index.html" is its folder's.
  bool keeps_dots = true;      ///< ".." stays where it is, of old it was resolved.
  /// Before Hugo 0.123 a path was cleaned as a whole, and "#" began a fragment.
  bool is_of_old = false;
  std::string prefix;  ///< The language's, `pl`; a url from the root goes without.
  bool is_prefix_forced = false;
  PathRules rules;
  OutputFormat format;
};

/// The address of a page below the site's base: starts with "/", escaped.
[[nodiscard]] std::string page_link(const LinkParts& parts);

}  // namespace likes::hugo
