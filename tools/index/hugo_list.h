#pragma once

#include <string>
#include <vector>

#include "tools/hugo/config.h"
#include "tools/hugo/page.h"

namespace likes::index {

/// Pages as `hugo list` prints them: comma-separated, with a line of names at the top.
[[nodiscard]] std::string list_as_csv(const std::vector<const hugo::Page*>& pages,
                                      const hugo::Config& config);

}  // namespace likes::index
