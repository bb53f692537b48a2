#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tools/hugo/config.h"
#include "tools/hugo/page.h"
#include "tools/markup/link_targets.h"
#include "tools/markup/rendered_page.h"
#include "tools/support/stamped_cache.h"

namespace likes::markup {

/// Of the caches of renderings; to be raised whenever their layout changes.
inline constexpr std::string_view kRenderingsMagic = "likes renderings 1\n";

/// What goes into renderings besides their files and where links lead.
[[nodiscard]] std::string rendering_world(const hugo::Config& config);

/// Tells a page's rendering from others, also from its own under other parameters.
[[nodiscard]] std::string rendering_key(const hugo::Page& page);

/// A rendering with the links that it has asked for: it holds as long as these lead to where they
/// led, whatever else becomes of other pages.
[[nodiscard]] std::string pack_rendering(const RenderedPage& rendered, const PageLinks& links);

/// The rendering, or nothing where a link leads elsewhere now.
[[nodiscard]] std::optional<RenderedPage> unpack_rendering(std::string_view packed,
                                                           PageLinks& links);

}  // namespace likes::markup
