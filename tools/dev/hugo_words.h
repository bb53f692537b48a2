#pragma once

#include <string>
#include <vector>

#include "tools/support/result.h"

namespace likes::dev {

/// Refuses words for hugo that the index would have to know too, or that move the site elsewhere.
[[nodiscard]] Result<void> check_hugo_words(const std::vector<std::string>& words);

}  // namespace likes::dev
