#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tools/hugo/config.h"
#include "tools/hugo/content_walk.h"
#include "tools/hugo/date.h"
#include "tools/hugo/value.h"
#include "tools/support/result.h"

namespace likes::hugo {

/// Former addresses of one page.
inline constexpr std::size_t kMaxAliases = 10'000;

/// Whether a page is in the site's lists of pages.
enum class Listing { kAlways, kNever, kLocally };

/// A term on a page, with where the term's own page is.
struct PageTerm {
  std::string title;
  std::string rel_permalink;
};

struct Translation {
  std::size_t language = 0;
  std::string rel_permalink;
};

/// A page as its front matter makes it; load_site() adds what depends on others: the address, the
/// terms, the translations.
struct Page {
  ContentFile source;
  std::string_view kind = "page";  ///< `page`, `home`, `section`, `taxonomy` or `term`.
  std::string title;
  std::string link_title;  ///< The title where front matter has none.
  std::string description;
  std::string slug;
  std::string url;  ///< As written in front matter.
  std::string section;
  std::string type;
  std::string layout;
  std::string translation_key;
  std::vector<std::string> keywords;
  Date date;
  Date lastmod;
  Date publish_date;
  Date expiry_date;
  std::int64_t weight = 0;
  bool is_draft = false;
  bool is_headless = false;          ///< `build.render: never`: it has no address.
  std::vector<std::string> formats;  ///< Names of the forms that it is written in.
  Listing listing = Listing::kAlways;
  std::vector<std::string> aliases;  ///< As written.
  Value params;                      ///< What templates see as .Params.

  std::string link;           ///< Below the site's base: `/posts/hello/`, escaped; "" for none.
  std::string target;         ///< The link that a headless page would have: aliases go by it.
  std::string permalink;      ///< The absolute address.
  std::string rel_permalink;  ///< The address on its host; with canonifyURLs without the base path.
  std::string current_section;  ///< The rel_permalink of the section that it lies in.
  std::map<std::string, std::vector<PageTerm>> terms;  ///< By the taxonomy's plural.
  std::vector<Translation> translations;
  std::size_t order = 0;  ///< Its place among the pages of its language.

  [[nodiscard]] bool has_html() const;
  [[nodiscard]] Location place() const { return {source.place}; }  ///< The file, for messages.
};

/// Pages stay where they are while they are put in order.
using Pages = std::vector<std::unique_ptr<Page>>;

/// Makes a page of its front matter, cascades applied. Fails for what Hugo would stop at.
[[nodiscard]] Result<Page> make_page(ContentFile source, std::string_view kind, Value front_matter,
                                     const Config& config);

/// Whether Hugo builds it now: neither a draft nor of the future nor expired, as far as the
/// configuration leaves those out.
[[nodiscard]] bool is_built(const Page& page, const Config& config, const Date& now);

}  // namespace likes::hugo
