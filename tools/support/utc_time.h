#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace likes {

/// `2026-11-20T08:30:00Z` for seconds since 1970 (the proleptic Gregorian calendar, no leap
/// seconds).
[[nodiscard]] std::string utc_timestamp(std::int64_t unix_seconds);

/// `2026-11-20`, the UTC day that holds this second.
[[nodiscard]] std::string utc_day(std::int64_t unix_seconds);

/// Reads what utc_timestamp writes, and nothing else.
[[nodiscard]] std::optional<std::int64_t> parse_utc_timestamp(std::string_view text);

/// Whether `text` is a day of the calendar as utc_day writes it.
[[nodiscard]] bool is_utc_day(std::string_view text);

}  // namespace likes
