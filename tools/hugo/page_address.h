#pragma once

#include "tools/hugo/config.h"
#include "tools/hugo/page.h"
#include "tools/hugo/section_tree.h"
#include "tools/support/result.h"

namespace likes::hugo {

/// Sets a page's link and permalinks: those of its HTML, or else of the first of its formats.
/// Fails where front matter's url holds a token that is none.
[[nodiscard]] Result<void> give_address(Page& page, const SectionTree& sections,
                                        const Config& config);

}  // namespace likes::hugo
