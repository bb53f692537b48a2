#include "tools/hugo/date.h"

#include <chrono>
#include <cstdlib>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "tools/hugo/go_layout.h"

namespace likes::hugo {
namespace {

constexpr std::int64_t kSecondsPerDay = 86400;

/// Whether a date that is read by a layout keeps the offset that it is written with. A zone's name
/// alone tells no offset, so such a date is placed in the site's zone, like one without a zone.
/// A time without a day has no zone at all.
enum class Zone { kSite, kOwn, kNone };

struct FrontMatterLayout {
  GoLayout layout;
  Zone zone;
};

/// In the order in which Hugo tries them.
const std::vector<FrontMatterLayout>& layouts() {
  static const std::vector<FrontMatterLayout> kLayouts = {
      {GoLayout("2006-01-02"), Zone::kSite},
      {GoLayout("2006-01-02T15:04:05Z07:00"), Zone::kOwn},
      {GoLayout("2006-01-02T15:04:05"), Zone::kSite},
      {GoLayout("Mon, 02 Jan 2006 15:04:05 -0700"), Zone::kOwn},
      {GoLayout("Mon, 02 Jan 2006 15:04:05 MST"), Zone::kSite},
      {GoLayout("02 Jan 06 15:04 -0700"), Zone::kOwn},
      {GoLayout("02 Jan 06 15:04 MST"), Zone::kSite},
      {GoLayout("Monday, 02-Jan-06 15:04:05 MST"), Zone::kSite},
      {GoLayout("2006-01-02 15:04:05.999999999 -0700 MST"), Zone::kOwn},
      {GoLayout("2006-01-02T15:04:05-0700"), Zone::kOwn},
      {GoLayout("2006-01-02 15:04:05Z0700"), Zone::kOwn},
      {GoLayout("2006-01-02 15:04:05"), Zone::kSite},
      {GoLayout("Mon Jan _2 15:04:05 2006"), Zone::kSite},
      {GoLayout("Mon Jan _2 15:04:05 MST 2006"), Zone::kSite},
      {GoLayout("Mon Jan 02 15:04:05 -0700 2006"), Zone::kSite},
      {GoLayout("2006-01-02 15:04:05Z07:00"), Zone::kOwn},
      {GoLayout("02 Jan 2006"), Zone::kSite},
      {GoLayout("2006-01-02 15:04:05 -07:00"), Zone::kOwn},
      {GoLayout("2006-01-02 15:04:05 -0700"), Zone::kOwn},
      {GoLayout("3:04PM"), Zone::kNone},
      {GoLayout("Jan _2 15:04:05"), Zone::kNone},
  };
  return kLayouts;
}

/// Of a number that is not negative, with zeros before it.
void append_digits(std::string& text, int number, std::size_t count) {
  const std::size_t begin = text.size();
  text.resize(begin + count);
  for (std::size_t at = begin + count; at > begin; number /= 10) {
    text[--at] = static_cast<char>('0' + number % 10);
  }
}

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

Date Date::at_nanoseconds(std::int64_t unix_nanoseconds) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  std::int64_t seconds = unix_nanoseconds / kSecond;
  std::int64_t rest = unix_nanoseconds % kSecond;
  if (rest < 0) {
    --seconds;
    rest += kSecond;
  }
  Date date = at(seconds, 0);
  date.nanosecond_ = static_cast<int>(rest);
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
  std::string text;
  text.reserve(sizeof "2026-11-20T08:30:00.123456789+01:00");
  append_digits(text, date.year, 4);
  for (const auto& [before, number] : {std::pair('-', date.month),
                                       {'-', date.day},
                                       {'T', date.hour},
                                       {':', date.minute},
                                       {':', date.second}}) {
    text += before;
    append_digits(text, number, 2);
  }
  if (nanosecond_ > 0) {
    text += '.';
    append_digits(text, nanosecond_, 9);
    text.erase(text.find_last_not_of('0') + 1);
  }
  if (offset_seconds_ == 0) {
    text += 'Z';
    return text;
  }
  const int minutes = std::abs(offset_seconds_ / 60);
  text += offset_seconds_ / 60 < 0 ? '-' : '+';
  append_digits(text, minutes / 60, 2);
  text += ':';
  append_digits(text, minutes % 60, 2);
  return text;
}

bool Date::is_before(const Date& other) const {
  return std::tie(seconds_, nanosecond_) < std::tie(other.seconds_, other.nanosecond_);
}

std::optional<Date> parse_date(std::string_view text, const TimeZone& zone) {
  for (const FrontMatterLayout& each : layouts()) {
    std::optional<LayoutDate> found = each.layout.parse(text);
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
