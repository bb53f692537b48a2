#pragma once

#include <string>
#include <vector>

namespace likes {

/// The one of `words` that a typing error could have turned into `typed`, or "".
[[nodiscard]] std::string nearest_word(const std::string& typed,
                                       const std::vector<std::string>& words);

}  // namespace likes
