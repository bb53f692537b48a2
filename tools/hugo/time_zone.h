#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "tools/support/result.h"

namespace likes::hugo {

/// A file of the time zone database is a few kilobytes.
inline constexpr std::size_t kMaxZoneBytes = std::size_t{1} << 20;

/// Where a date without an offset of its own is placed: the site's `timeZone`. UTC unless named.
class TimeZone {
 public:
  TimeZone() = default;
  /// `Europe/Warsaw`: read from the system's time zone database, at $ZONEINFO, $TZDIR or where
  /// systems have it. `UTC` and "" need none.
  [[nodiscard]] static Result<TimeZone> named(std::string_view name);
  /// A zone made of the bytes of a database file. `name` is for messages.
  [[nodiscard]] static Result<TimeZone> of_bytes(std::string_view bytes, std::string_view name);

  [[nodiscard]] bool is_utc() const { return rules_ == nullptr; }
  /// Seconds east of UTC at a moment.
  [[nodiscard]] int offset_at(std::int64_t unix_seconds) const;
  /// The offset by which clocks that show `local_seconds` (counted as if they were UTC's) are read.
  /// Where clocks show a time twice or skip it, it is the one that Go takes.
  [[nodiscard]] int offset_of_local(std::int64_t local_seconds) const;

  struct Rules;

 private:
  std::shared_ptr<const Rules> rules_;
};

}  // namespace likes::hugo
