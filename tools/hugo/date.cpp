#include "tools/hugo/date.h"

#include <chrono>
#include <cstdio>
#include <tuple>

#include "tools/hugo/go_layout.h"

namespace likes::hugo {
namespace {

constexpr std::int64_t kSecondsPerDay = 86400;

/// Whether a date that is read by a layout keeps the offset that it is written with. A zone's name
/// alone tells no offset, so such a date is placed in the site's zone, like one without a zone.
/// A time without a day has no zone at all.
enum class Zone { kSite, kOwn, kNone };

struct FrontMatterLayout {
  std::string_view layout;
  Zone zone;
};

/// In the order in which Hugo tries them.
constexpr FrontMatterLayout kLayouts[] = {
    {"2006-01-02", Zone::kSite},
    {"2006-01-02T15:04:05Z07:00", Zone::kOwn},
    {"2006-01-02T15:04:05", Zone::kSite},
    {"Mon, 02 Jan 2006 15:04:05 -0700", Zone::kOwn},
    {"Mon, 02 Jan 2006 15:04:05 MST", Zone::kSite},
    {"02 Jan 06 15:04 -0700", Zone::kOwn},
    {"02 Jan 06 15:04 MST", Zone::kSite},
    {"Monday, 02-Jan-06 15:04:05 MST", Zone::kSite},
    {"2006-01-02 15:04:05.999999999 -0700 MST", Zone::kOwn},
    {"2006-01-02T15:04:05-0700", Zone::kOwn},
    {"2006-01-02 15:04:05Z0700", Zone::kOwn},
    {"2006-01-02 15:04:05", Zone::kSite},
    {"Mon Jan _2 15:04:05 2006", Zone::kSite},
    {"Mon Jan _2 15:04:05 MST 2006", Zone::kSite},
    {"Mon Jan 02 15:04:05 -0700 2006", Zone::kSite},
    {"2006-01-02 15:04:05Z07:00", Zone::kOwn},
    {"02 Jan 2006", Zone::kSite},
    {"2006-01-02 15:04:05 -07:00", Zone::kOwn},
    {"2006-01-02 15:04:05 -0700", Zone::kOwn},
    {"3:04PM", Zone::kNone},
    {"Jan _2 15:04:05", Zone::kNone},
};

}  // namespace

Date Date::of(const DateTime& civil, const TimeZone& zone) {
  const std::chrono::sys_days day = std::chrono::year(civil.year) / civil.month / civil.day;
  const std::int64_t local = day.time_since_epoch().count() * kSecondsPerDay +
                             std::int64_t{civil.hour} * 3600 + std::int64_t{civil.minute} * 60 +
                             civil.second;
  Date date;
  date.seconds_ = local - civil.offset_seconds.value_or(zone.offset_of_local(local));
  // Where clocks skip an hour, the moment's own offset is another than the one that it was read by.
  date.offset_seconds_ = civil.offset_seconds.value_or(zone.offset_at(date.seconds_));
  date.nanosecond_ = civil.nanosecond;
  return date;
}

Date Date::at(std::int64_t unix_seconds, int offset_seconds) {
  Date date;
  date.seconds_ = unix_seconds;
  date.offset_seconds_ = offset_seconds;
  return date;
}

Date Date::without_fraction() const {
  Date whole = *this;
  whole.nanosecond_ = 0;
  return whole;
}

DateTime Date::civil() const {
  const std::chrono::sys_seconds local{std::chrono::seconds(seconds_ + offset_seconds_)};
  const std::chrono::sys_days day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date(day);
  const int second = static_cast<int>((local - day).count());
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          second / 3600,
          second / 60 % 60,
          second % 60,
          nanosecond_,
          offset_seconds_};
}

std::string Date::to_rfc3339() const {
  if (is_zero()) {
    return "";
  }
  const DateTime date = civil();
  std::string text = format_by_layout("2006-01-02T15:04:05", date);
  if (nanosecond_ > 0) {
    char fraction[16];
    std::snprintf(fraction, sizeof fraction, ".%09d", nanosecond_);
    text += fraction;
    text.erase(text.find_last_not_of('0') + 1);
  }
  return text + format_by_layout("Z07:00", date);
}

bool Date::is_before(const Date& other) const {
  return std::tie(seconds_, nanosecond_) < std::tie(other.seconds_, other.nanosecond_);
}

std::optional<Date> parse_date(std::string_view text, const TimeZone& zone) {
  for (const FrontMatterLayout& each : kLayouts) {
    std::optional<LayoutDate> found = parse_by_layout(each.layout, text);
    if (found) {
      if (each.zone == Zone::kSite) {
        found->date.offset_seconds.reset();
      }
      return Date::of(found->date, each.zone == Zone::kNone ? TimeZone() : zone);
    }
  }
  return std::nullopt;
}

std::optional<Date> to_date(const Value& value, const TimeZone& zone) {
  if (value.text() != nullptr) {
    return parse_date(*value.text(), zone);
  }
  if (const DateTime* date = std::get_if<DateTime>(&value.data())) {
    DateTime found = *date;
    if (found.offset_seconds && (*found.offset_seconds != 0 || !zone.is_utc())) {
      found.nanosecond = 0;  // Hugo passes such a date on through a text without fractions.
    }
    return Date::of(found, zone);
  }
  if (const std::int64_t* seconds = std::get_if<std::int64_t>(&value.data())) {
    // The years 1 to 9999; others have no RFC 3339 form.
    constexpr std::int64_t kFirst = -62135596800;
    constexpr std::int64_t kLast = 253402300799;
    if (*seconds >= kFirst && *seconds <= kLast) {
      return Date::at(*seconds, 0);
    }
  }
  return std::nullopt;
}

}  // namespace likes::hugo
