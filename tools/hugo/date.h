#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tools/hugo/time_zone.h"
#include "tools/hugo/value.h"

namespace likes::hugo {

/// A moment and the offset it is written with. A default one is Go's zero time: no date at all.
class Date {
 public:
  Date() = default;
  /// The date that these figures name; without an offset in the `zone`.
  [[nodiscard]] static Date of(const DateTime& civil, const TimeZone& zone);
  [[nodiscard]] static Date at(std::int64_t unix_seconds, int offset_seconds);
  /// In UTC.
  [[nodiscard]] static Date at_nanoseconds(std::int64_t unix_nanoseconds);

  [[nodiscard]] bool is_zero() const { return seconds_ == kZero && nanosecond_ == 0; }
  [[nodiscard]] std::int64_t unix_seconds() const { return seconds_; }
  [[nodiscard]] int nanosecond() const { return nanosecond_; }
  [[nodiscard]] Date without_fraction() const;
  /// Year, month, day and time of day as the author's clock showed them.
  [[nodiscard]] DateTime civil() const;
  /// `2026-11-20T08:30:00+01:00`, with the fraction of a second if there is one; "" for none.
  [[nodiscard]] std::string to_rfc3339() const;

  /// Earlier or later, wherever they were written.
  [[nodiscard]] bool is_before(const Date& other) const;

 private:
  static constexpr std::int64_t kZero = -62135596800;  // 0001-01-01T00:00:00Z
  std::int64_t seconds_ = kZero;
  int nanosecond_ = 0;
  int offset_seconds_ = 0;
};

/// Reads a date in any of the forms that Hugo takes in front matter, or nothing.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text, const TimeZone& zone);

/// The date that a front matter value stands for: text as above, a TOML date, or Unix seconds.
[[nodiscard]] std::optional<Date> to_date(const Value& value, const TimeZone& zone);

}  // namespace likes::hugo
