#pragma once

#include <string>
#include <vector>

#include "tools/hugo/config.h"
#include "tools/hugo/page.h"
#include "tools/markup/rendered_page.h"

namespace likes::index {

/// All that Hugo knows of a page, as one line of JSON; what it knows after rendering where
/// `rendered` is given.
[[nodiscard]] std::string full_record(const hugo::Page& page, const hugo::Config& config,
                                      const markup::RenderedPage* rendered = nullptr);

/// The addresses that Hugo redirects to the page, as it tells them itself: since 0.155 as paths
/// from the root.
[[nodiscard]] std::vector<std::string> told_aliases(const hugo::Page& page,
                                                    const hugo::Config& config);

}  // namespace likes::index
