#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tools/hugo/config.h"
#include "tools/hugo/content_walk.h"
#include "tools/hugo/date.h"
#include "tools/hugo/value.h"
#include "tools/support/result.h"

namespace likes::hugo {

/// Former addresses of one page.
inline constexpr std::size_t kMaxAliases = 1000;

/// Whether a page is in the site's lists of pages.
enum class Listing { kAlways, kNever, kLocally };

/// A regular page as its front matter makes it; load_site() adds the address.
struct Page {
  ContentFile source;
  Location place;  ///< The file, for messages.
  std::string title;
  std::string link_title;  ///< The title where front matter has none.
  std::string description;
  std::string slug;
  std::string url;  ///< As written in front matter.
  std::string section;
  Date date;
  Date lastmod;
  Date publish_date;
  Date expiry_date;
  std::int64_t weight = 0;
  bool is_draft = false;
  bool is_headless = false;  ///< `build.render: never`: it has no address.
  bool has_html = true;      ///< False where `outputs` does without it.
  Listing listing = Listing::kAlways;
  std::vector<std::string> aliases;  ///< As written.
  Value params;                      ///< What templates see as .Params.

  std::string link;       ///< Below the site's base: `/posts/hello/`, escaped; "" for none.
  std::string permalink;  ///< The absolute address.
};

/// Makes a page of its front matter, cascades applied. Fails for what Hugo would stop at.
[[nodiscard]] Result<Page> make_page(const ContentFile& source, Value front_matter,
                                     const Config& config);

}  // namespace likes::hugo
