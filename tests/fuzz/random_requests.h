#pragma once

#include <array>
#include <string>
#include <string_view>

#include "tests/fuzz/chance.h"

namespace likes::testing {

/// How every address begins that occurs in random requests.
inline constexpr std::array<std::string_view, 4> kFuzzedAddresses{"203.0.113.", "10.9.8.",
                                                                  "198.51.100.", "2001:db8"};

/// One to three requests in a row, most of them nearly right.
[[nodiscard]] std::string random_requests(Chance& chance);

}  // namespace likes::testing
