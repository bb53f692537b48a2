#pragma once

#include <string>
#include <vector>

#include "tools/hugo/config.h"
#include "tools/hugo/page.h"

namespace likes::index {

/// All that Hugo knows of a page without rendering it, as one line of JSON.
[[nodiscard]] std::string full_record(const hugo::Page& page, const hugo::Config& config);

/// The addresses that Hugo redirects to the page, as it tells them itself: since 0.155 as paths
/// from the root.
[[nodiscard]] std::vector<std::string> told_aliases(const hugo::Page& page,
                                                    const hugo::Config& config);

}  // namespace likes::index
