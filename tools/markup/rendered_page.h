#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tools/hugo/config.h"
#include "tools/hugo/page.h"
#include "tools/hugo/site.h"
#include "tools/markup/link_targets.h"
#include "tools/support/result.h"
#include "tools/support/stamped_cache.h"

namespace likes::markup {

inline constexpr std::size_t kMaxRenderedBytes = std::size_t{4} << 20;

/// The parameters that a page must have kept to be rendered.
inline constexpr std::array<const char*, 3> kParams{"iscjklanguage", "markup", "summary"};

/// What Hugo knows of a page once it has rendered its text.
struct RenderedPage {
  std::string summary;
  std::int64_t word_count = 0;
  std::int64_t reading_time = 0;     ///< In minutes.
  std::set<std::string> shortcodes;  ///< The names of those in its text.
};

/// Renders a content file's text for its page, with links as the site's templates write them where
/// the targets are given. Fails for what Hugo fails at, for formats that other
/// programs render, and beyond the limits.
[[nodiscard]] Result<RenderedPage> render_page(std::string_view content, const hugo::Page& page,
                                               const hugo::Config& config,
                                               PageLinks* links = nullptr);

struct RenderedPages {
  std::vector<std::optional<RenderedPage>>
      pages;  ///< In the order of the pages; none for a failed.
  std::vector<Error> warnings;
};

/// Reads and renders the files of many pages of a site, in parallel; with a cache those only that
/// have changed, or with pages that they link to.
[[nodiscard]] RenderedPages render_pages(const std::vector<const hugo::Page*>& pages,
                                         const hugo::Site& site, const hugo::Config& config,
                                         StampedCache* cache = nullptr);

}  // namespace likes::markup
