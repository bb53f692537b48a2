#include "tools/hugo/time_zone.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tools/support/file_io.h"

namespace likes::hugo {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kDay = 86400;
constexpr std::int64_t kForever = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kEver = std::numeric_limits<std::int64_t>::min();

/// A day of the year on which clocks change, in the words of POSIX.
struct ChangeDay {
  enum class Kind { kWeekday, kJulian, kPlain };
  Kind kind = Kind::kWeekday;
  int day = 0;  ///< Of the week from 0 (Sunday); J1 to J365; 0 to 365.
  int week = 1;
  int month = 1;
  std::int64_t second = 7200;  ///< Of the day, by the clock before the change.
};

/// What holds after the last change that the file lists: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct Tail {
  int standard = 0;
  int summer = 0;
  bool has_summer = false;
  ChangeDay begin;
  ChangeDay end;
};

/// Reads such a rule from the left; each take_…() says no where it is wrong.
class TailReader {
 public:
  explicit TailReader(std::string_view text) : text_(text) {}

  std::optional<Tail> read() {
    Tail tail;
    std::int64_t offset = 0;
    if (!take_name() || !take_time(offset)) {
      return std::nullopt;
    }
    tail.standard = static_cast<int>(-offset);
    if (text_.empty()) {
      return tail;
    }
    tail.has_summer = true;
    tail.summer = tail.standard + 3600;
    if (!take_name()) {
      return std::nullopt;
    }
    if (!text_.empty() && text_.front() != ',') {
      if (!take_time(offset)) {
        return std::nullopt;
      }
      tail.summer = static_cast<int>(-offset);
    }
    if (!take_day(tail.begin) || !take_day(tail.end) || !text_.empty()) {
      return std::nullopt;
    }
    return tail;
  }

 private:
  bool take(char c) {
    const bool found = text_.starts_with(c);
    text_.remove_prefix(found ? 1 : 0);
    return found;
  }

  bool take_name() {
    std::size_t end = 0;
    if (text_.starts_with('<')) {
      end = text_.find('>');
      end = end == std::string_view::npos ? 0 : end + 1;
    } else {
      while (end < text_.size() && (text_[end] | 0x20) >= 'a' && (text_[end] | 0x20) <= 'z') {
        ++end;
      }
    }
    text_.remove_prefix(end);
    return end > 0;
  }

  bool take_number(int& number) {
    const std::from_chars_result read =
        std::from_chars(text_.data(), text_.data() + text_.size(), number);
    if (read.ec != std::errc() || number < 0 || number > 1000) {
      return false;
    }
    text_.remove_prefix(static_cast<std::size_t>(read.ptr - text_.data()));
    return true;
  }

  /// [+-]hours[:minutes[:seconds]]
  bool take_time(std::int64_t& seconds) {
    const bool negative = take('-');
    if (!negative) {
      take('+');
    }
    int part = 0;
    if (!take_number(part)) {
      return false;
    }
    seconds = std::int64_t{part} * 3600;
    for (const int unit : {60, 1}) {
      if (take(':')) {
        if (!take_number(part)) {
          return false;
        }
        seconds += std::int64_t{part} * unit;
      }
    }
    seconds = negative ? -seconds : seconds;
    return true;
  }

  bool take_day(ChangeDay& day) {
    if (!take(',')) {
      return false;
    }
    if (take('M')) {
      if (!take_number(day.month) || !take('.') || !take_number(day.week) || !take('.') ||
          !take_number(day.day) || day.month < 1 || day.month > 12 || day.week < 1 ||
          day.week > 5 || day.day > 6) {
        return false;
      }
    } else {
      day.kind = take('J') ? ChangeDay::Kind::kJulian : ChangeDay::Kind::kPlain;
      if (!take_number(day.day)) {
        return false;
      }
    }
    return !take('/') || take_time(day.second);
  }

  std::string_view text_;
};

/// Seconds from 1970 to the change, as the clocks before it show them.
std::int64_t local_change(const ChangeDay& rule, std::chrono::year year) {
  using std::chrono::day;
  using std::chrono::month;
  using std::chrono::sys_days;
  sys_days date = year / std::chrono::January / 1;
  if (rule.kind == ChangeDay::Kind::kWeekday) {
    const month in(static_cast<unsigned>(rule.month));
    const std::chrono::weekday on(static_cast<unsigned>(rule.day));
    date = rule.week == 5 ? sys_days(year / in / on[std::chrono::last])
                          : sys_days(year / in / on[static_cast<unsigned>(rule.week)]);
  } else {
    int days = rule.day;
    if (rule.kind == ChangeDay::Kind::kJulian) {
      days += year.is_leap() && rule.day >= 60 ? 0 : -1;
    }
    date += std::chrono::days(days);
  }
  return date.time_since_epoch().count() * kDay + rule.second;
}

/// A stretch of time in which the offset stays the same: from `begin` to before `end`.
struct Stretch {
  int offset = 0;
  std::int64_t begin = kEver;
  std::int64_t end = kForever;
};

Stretch stretch_of_tail(const Tail& tail, std::int64_t moment, std::int64_t since) {
  if (!tail.has_summer) {
    return {tail.standard, since, kForever};
  }
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(
      std::chrono::sys_seconds(std::chrono::seconds(moment + tail.standard))));
  // The changes around the moment: those of its year and of its neighbours.
  std::vector<Stretch> stretches;
  for (int each = static_cast<int>(date.year()) - 1; each <= static_cast<int>(date.year()) + 1;
       ++each) {
    const std::chrono::year year(each);
    stretches.push_back({tail.summer, local_change(tail.begin, year) - tail.standard, kForever});
    stretches.push_back({tail.standard, local_change(tail.end, year) - tail.summer, kForever});
  }
  std::sort(stretches.begin(), stretches.end(),
            [](const Stretch& left, const Stretch& right) { return left.begin < right.begin; });
  Stretch found = stretches.front();
  for (std::size_t i = 0; i < stretches.size() && stretches[i].begin <= moment; ++i) {
    found = stretches[i];
    found.end = i + 1 < stretches.size() ? stretches[i + 1].begin : kForever;
  }
  found.begin = std::max(found.begin, since);
  return found;
}

}  // namespace

struct TimeZone::Rules {
  std::vector<std::pair<std::int64_t, int>> changes;  ///< When, and the offset from then on.
  int first = 0;                                      ///< The offset before all changes.
  std::optional<Tail> tail;

  [[nodiscard]] Stretch at(std::int64_t moment) const {
    const std::vector<std::pair<std::int64_t, int>>::const_iterator next = std::partition_point(
        changes.begin(), changes.end(),
        [moment](const std::pair<std::int64_t, int>& change) { return change.first <= moment; });
    const bool is_last = next == changes.end();
    if (is_last && tail) {
      return stretch_of_tail(*tail, moment, changes.empty() ? kEver : changes.back().first);
    }
    const std::int64_t end = is_last ? kForever : next->first;
    if (next == changes.begin()) {
      return {first, kEver, end};
    }
    return {std::prev(next)->second, std::prev(next)->first, end};
  }
};

namespace {

/// RFC 8536: a header, the data in 32 bits, again in 64 bits, and the rule for what comes later.
class ZoneFileReader {
 public:
  explicit ZoneFileReader(std::string_view bytes) : bytes_(bytes) {}

  std::optional<TimeZone::Rules> read() {
    std::optional<Header> header = read_header();
    if (!header) {
      return std::nullopt;
    }
    std::size_t time_size = 4;
    if (header->version >= 2) {
      at_ += block_size(*header, 4);
      header = read_header();
      time_size = 8;
    }
    if (!header || at_ > bytes_.size() || bytes_.size() - at_ < block_size(*header, time_size) ||
        header->types == 0) {
      return std::nullopt;
    }
    return read_block(*header, time_size);
  }

 private:
  struct Header {
    int version = 1;
    std::size_t utc_flags = 0;
    std::size_t standard_flags = 0;
    std::size_t leaps = 0;
    std::size_t times = 0;
    std::size_t types = 0;
    std::size_t names = 0;
  };

  [[nodiscard]] std::int64_t number(std::size_t at, std::size_t size) const {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
      value = value << 8U | static_cast<unsigned char>(bytes_[at + i]);
    }
    return size == 4 ? static_cast<std::int32_t>(value) : static_cast<std::int64_t>(value);
  }

  std::optional<Header> read_header() {
    constexpr std::size_t kSize = 44;
    if (at_ > bytes_.size() || bytes_.size() - at_ < kSize ||
        !bytes_.substr(at_).starts_with("TZif")) {
      return std::nullopt;
    }
    std::array<std::size_t, 6> counts{};
    for (std::size_t i = 0; i < counts.size(); ++i) {
      // No count is beyond the file's own size, so that sums of them stay small.
      const std::int64_t count = number(at_ + 20 + i * 4, 4);
      if (count < 0 || count > static_cast<std::int64_t>(kMaxZoneBytes)) {
        return std::nullopt;
      }
      counts.at(i) = static_cast<std::size_t>(count);
    }
    const char version = bytes_[at_ + 4];
    at_ += kSize;
    return Header{version == '\0' ? 1 : version - '0',
                  counts[0],
                  counts[1],
                  counts[2],
                  counts[3],
                  counts[4],
                  counts[5]};
  }

  static std::size_t block_size(const Header& header, std::size_t time_size) {
    return header.times * (time_size + 1) + header.types * 6 + header.names +
           header.leaps * (time_size + 4) + header.standard_flags + header.utc_flags;
  }

  std::optional<TimeZone::Rules> read_block(const Header& header, std::size_t time_size) {
    const std::size_t kinds = at_ + header.times * time_size;
    const std::size_t types = kinds + header.times;
    TimeZone::Rules rules;
    for (std::size_t i = 0; i < header.times; ++i) {
      const auto type = static_cast<unsigned char>(bytes_[kinds + i]);
      if (type >= header.types) {
        return std::nullopt;
      }
      rules.changes.emplace_back(number(at_ + i * time_size, time_size),
                                 static_cast<int>(number(types + type * std::size_t{6}, 4)));
    }
    if (!std::is_sorted(rules.changes.begin(), rules.changes.end())) {
      return std::nullopt;
    }
    rules.first = static_cast<int>(number(types, 4));
    std::string_view footer = bytes_.substr(at_ + block_size(header, time_size));
    if (time_size == 8 && footer.size() > 2 && footer.front() == '\n') {
      footer.remove_prefix(1);
      rules.tail = TailReader(footer.substr(0, footer.find('\n'))).read();
    }
    return rules;
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
};

std::vector<fs::path> database_folders() {
  std::vector<fs::path> folders;
  for (const char* variable : {"ZONEINFO", "TZDIR"}) {
    if (const char* folder = std::getenv(variable); folder != nullptr && *folder != '\0') {
      folders.emplace_back(folder);
    }
  }
  folders.insert(folders.end(), {"/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/etc/zoneinfo"});
  return folders;
}

}  // namespace

Result<TimeZone> TimeZone::of_bytes(std::string_view bytes, std::string_view name) {
  std::optional<Rules> rules = ZoneFileReader(bytes).read();
  if (!rules) {
    return fail(ErrorCode::kInvalid,
                "found a file that is no time zone for '" + std::string(name) + "'");
  }
  TimeZone zone;
  zone.rules_ = std::make_shared<const Rules>(std::move(*rules));
  return zone;
}

Result<TimeZone> TimeZone::named(std::string_view name) {
  if (name.empty() || name == "UTC") {
    return TimeZone();
  }
  const bool is_path = name.find("..") != std::string_view::npos || name.starts_with('/') ||
                       name.find('\\') != std::string_view::npos;
  std::error_code code;
  bool has_database = false;
  for (const fs::path& folder : is_path ? std::vector<fs::path>() : database_folders()) {
    has_database = has_database || fs::is_directory(folder, code);
    if (fs::is_regular_file(folder / name, code)) {
      const Result<std::string> bytes = read_file(folder / name, kMaxZoneBytes);
      if (!bytes) {
        return tl::unexpected(bytes.error());
      }
      return of_bytes(*bytes, name);
    }
  }
  const bool is_missing = !is_path && !has_database;
  return fail(ErrorCode::kInvalid,
              "found timeZone '" + std::string(name) +
                  (is_missing ? "' and no time zone database (Debian package tzdata)"
                              : "', wanted a name such as UTC or Europe/Warsaw"));
}

int TimeZone::offset_at(std::int64_t unix_seconds) const {
  return rules_ == nullptr ? 0 : rules_->at(unix_seconds).offset;
}

int TimeZone::offset_of_local(std::int64_t local_seconds) const {
  if (rules_ == nullptr) {
    return 0;
  }
  // Read as UTC's at first; where that falls beyond a change, the other side of it counts.
  const Stretch guess = rules_->at(local_seconds);
  const std::int64_t moment = local_seconds - guess.offset;
  return moment < guess.begin || moment >= guess.end ? rules_->at(moment).offset : guess.offset;
}

}  // namespace likes::hugo
