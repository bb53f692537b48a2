#include "tools/support/utc_time.h"

#include <chrono>
#include <cstdio>

namespace likes {
namespace {

constexpr std::int64_t kSecondsPerDay = 86400;

std::chrono::year_month_day day_of(std::int64_t unix_seconds) {
  const std::chrono::seconds since_epoch(unix_seconds);
  return std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(since_epoch));
}

/// The `width` digits at `from`, or nothing when one of them is no digit.
std::optional<int> digits(std::string_view text, std::size_t from, std::size_t width) {
  int value = 0;
  for (std::size_t i = from; i < from + width; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') {
      return std::nullopt;
    }
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

std::optional<std::chrono::sys_days> parse_day(std::string_view text) {
  const std::optional<int> year = digits(text, 0, 4);
  const std::optional<int> month = digits(text, 5, 2);
  const std::optional<int> day = digits(text, 8, 2);
  if (!year || !month || !day || text[4] != '-' || text[7] != '-') {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) {
    return std::nullopt;
  }
  return std::chrono::sys_days(date);
}

}  // namespace

std::string utc_day(std::int64_t unix_seconds) {
  const std::chrono::year_month_day date = day_of(unix_seconds);
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

std::string utc_timestamp(std::int64_t unix_seconds) {
  const std::int64_t second = ((unix_seconds % kSecondsPerDay) + kSecondsPerDay) % kSecondsPerDay;
  char text[24];
  std::snprintf(text, sizeof text, "T%02d:%02d:%02dZ", static_cast<int>(second / 3600),
                static_cast<int>(second / 60 % 60), static_cast<int>(second % 60));
  return utc_day(unix_seconds) + text;
}

std::optional<std::int64_t> parse_utc_timestamp(std::string_view text) {
  if (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
      text[19] != 'Z') {
    return std::nullopt;
  }
  const std::optional<std::chrono::sys_days> day = parse_day(text.substr(0, 10));
  const std::optional<int> hour = digits(text, 11, 2);
  const std::optional<int> minute = digits(text, 14, 2);
  const std::optional<int> second = digits(text, 17, 2);
  if (!day || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) {
    return std::nullopt;
  }
  const int second_of_day = (*hour * 60 + *minute) * 60 + *second;
  return day->time_since_epoch().count() * kSecondsPerDay + second_of_day;
}

bool is_utc_day(std::string_view text) {
  return text.size() == 10 && parse_day(text).has_value();
}

}  // namespace likes
