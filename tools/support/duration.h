#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace likes {

/// The digits of a number that is not negative, and nothing else.
[[nodiscard]] std::optional<std::int64_t> parse_whole_number(std::string_view text);

/// Seconds of `90s`, `5m`, `1h` or `7d`.
[[nodiscard]] std::optional<std::int64_t> parse_duration(std::string_view text);

/// The same, in the largest unit that loses nothing.
[[nodiscard]] std::string duration_to_string(std::int64_t seconds);

}  // namespace likes
