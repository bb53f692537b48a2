#include "tools/hugo/go_layout.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>

namespace likes::hugo {

enum class GoLayout::Part {
  kText,
  kLongMonth,
  kShortMonth,
  kMonth,
  kZeroMonth,
  kLongWeekday,
  kShortWeekday,
  kDay,
  kPaddedDay,
  kZeroDay,
  kZeroYearDay,
  kHour,
  kHour12,
  kZeroHour12,
  kMinute,
  kZeroMinute,
  kSecond,
  kZeroSecond,
  kLongYear,
  kShortYear,
  kPm,
  kZoneName,
  kOffset,       // -0700
  kColonOffset,  // -07:00
  kSignOffset,   // Z0700
  kSignColonOffset,
  kFraction,  // .999999999: as many digits as there are
};

namespace {

constexpr std::array<std::string_view, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 7> kWeekdays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                       "Thursday", "Friday", "Saturday"};

using Part = GoLayout::Part;
using Piece = GoLayout::Piece;

struct Spelling {
  std::string_view text;
  Part part;
};

/// Longer spellings before those that they start with.
constexpr Spelling kSpellings[] = {{"January", Part::kLongMonth},
                                   {"Jan", Part::kShortMonth},
                                   {"Monday", Part::kLongWeekday},
                                   {"Mon", Part::kShortWeekday},
                                   {"MST", Part::kZoneName},
                                   {"002", Part::kZeroYearDay},
                                   {"01", Part::kZeroMonth},
                                   {"02", Part::kZeroDay},
                                   {"03", Part::kZeroHour12},
                                   {"04", Part::kZeroMinute},
                                   {"05", Part::kZeroSecond},
                                   {"06", Part::kShortYear},
                                   {"15", Part::kHour},
                                   {"1", Part::kMonth},
                                   {"2006", Part::kLongYear},
                                   {"_2006", Part::kText},
                                   {"_2", Part::kPaddedDay},
                                   {"2", Part::kDay},
                                   {"3", Part::kHour12},
                                   {"4", Part::kMinute},
                                   {"5", Part::kSecond},
                                   {"PM", Part::kPm},
                                   {"-07:00", Part::kColonOffset},
                                   {"-0700", Part::kOffset},
                                   {"Z07:00", Part::kSignColonOffset},
                                   {"Z0700", Part::kSignOffset},
                                   {".999999999", Part::kFraction}};

/// The next part of a layout that stands for something, and the plain text before it.
struct Chunk {
  std::string_view before;
  Part part = Part::kText;
  std::string_view rest;
};

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

Chunk next_chunk(std::string_view layout) {
  for (std::size_t at = 0; at < layout.size(); ++at) {
    const std::string_view here = layout.substr(at);
    for (const Spelling& each : kSpellings) {
      if (!here.starts_with(each.text)) {
        continue;
      }
      // "Jan" within "Janet" is a word.
      const bool is_short_name = each.part == Part::kShortMonth || each.part == Part::kShortWeekday;
      if (is_short_name && here.size() > each.text.size() && is_lower(here[each.text.size()])) {
        continue;
      }
      if (each.part == Part::kText) {  // "_2006" is an underscore before a year.
        return {layout.substr(0, at + 1), Part::kLongYear, layout.substr(at + 5)};
      }
      return {layout.substr(0, at), each.part, here.substr(each.text.size())};
    }
  }
  return {layout, Part::kText, ""};
}

bool is_digit(std::string_view text, std::size_t at) {
  return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

/// Reads a date part by part; each take_…() eats from the text or says no.
class LayoutReader {
 public:
  explicit LayoutReader(std::string_view text) : text_(text) {}

  std::optional<LayoutDate> read(const std::vector<Piece>& pieces) {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const bool fraction_comes = i + 1 < pieces.size() && pieces[i + 1].before.empty() &&
                                  pieces[i + 1].part == Part::kFraction;
      if (!take_text(pieces[i].before) || !take(pieces[i].part, fraction_comes)) {
        return std::nullopt;
      }
    }
    if (!text_.empty() || !finish()) {
      return std::nullopt;
    }
    return found_;
  }

 private:
  bool take_text(std::string_view wanted) {
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (wanted[i] == ' ') {
        // A blank of the layout stands for any number of them, also for none at the end.
        if (!text_.empty() && text_.front() != ' ') {
          return false;
        }
        const std::size_t word = text_.find_first_not_of(' ');
        text_.remove_prefix(word == std::string_view::npos ? text_.size() : word);
      } else if (!text_.empty() && text_.front() == wanted[i]) {
        text_.remove_prefix(1);
      } else {
        return false;
      }
    }
    return true;
  }

  /// One or two digits, `exact` for two.
  bool take_number(int& number, bool exact, int low, int high) {
    if (!is_digit(text_, 0) || (exact && !is_digit(text_, 1))) {
      return false;
    }
    const std::size_t width = is_digit(text_, 1) ? 2 : 1;
    std::from_chars(text_.data(), text_.data() + width, number);
    text_.remove_prefix(width);
    return number >= low && number <= high;
  }

  template <std::size_t kCount>
  bool take_name(const std::array<std::string_view, kCount>& names, bool is_short, int& index) {
    for (std::size_t i = 0; i < kCount; ++i) {
      const std::string_view name = is_short ? names[i].substr(0, 3) : names[i];
      if (text_.size() < name.size()) {
        continue;
      }
      bool same = true;
      for (std::size_t at = 0; at < name.size(); ++at) {
        same = same && (text_[at] | 0x20) == (name[at] | 0x20);
      }
      if (same) {
        text_.remove_prefix(name.size());
        index = static_cast<int>(i);
        return true;
      }
    }
    return false;
  }

  bool take_year(std::size_t width) {
    for (std::size_t i = 0; i < width; ++i) {
      if (!is_digit(text_, i)) {
        return false;
      }
    }
    std::from_chars(text_.data(), text_.data() + width, date().year);
    text_.remove_prefix(width);
    if (width == 2) {
      date().year += date().year >= 69 ? 1900 : 2000;
    }
    return true;
  }

  bool take_fraction() {
    std::size_t digits = 0;
    while (is_digit(text_, 1 + digits)) {
      ++digits;
    }
    if (digits == 0 || (text_[0] != '.' && text_[0] != ',')) {
      return false;
    }
    int scale = 100'000'000;
    for (std::size_t i = 0; i < digits; ++i, scale /= 10) {
      date().nanosecond += (text_[1 + i] - '0') * scale;
    }
    text_.remove_prefix(1 + digits);
    return true;
  }

  bool take_second(bool fraction_comes) {
    if (!take_number(date().second, true, 0, 59)) {
      return false;
    }
    if (!fraction_comes && text_.size() >= 2 && (text_[0] == '.' || text_[0] == ',') &&
        is_digit(text_, 1)) {
      return take_fraction();
    }
    return true;
  }

  bool take_offset(bool colon) {
    if (text_.empty() || (text_[0] != '+' && text_[0] != '-')) {
      return false;
    }
    const bool west = text_[0] == '-';
    text_.remove_prefix(1);
    int hours = 0;
    int minutes = 0;
    if (!take_number(hours, true, 0, 24)) {
      return false;
    }
    if (colon) {
      if (text_.empty() || text_[0] != ':') {
        return false;
      }
      text_.remove_prefix(1);
    }
    if (!take_number(minutes, true, 0, 60)) {
      return false;
    }
    const int seconds = (hours * 60 + minutes) * 60;
    date().offset_seconds = west ? -seconds : seconds;
    return true;
  }

  bool take_sign_offset(bool colon) {
    if (!text_.empty() && text_[0] == 'Z') {
      text_.remove_prefix(1);
      date().offset_seconds = 0;
      found_.is_utc_sign = true;
      return true;
    }
    return take_offset(colon);
  }

  /// "UTC", "CEST", "GMT+2": three or four capitals, five where the last is a T.
  bool take_zone_name() {
    std::size_t letters = 0;
    while (letters < text_.size() && letters < 6 && text_[letters] >= 'A' &&
           text_[letters] <= 'Z') {
      ++letters;
    }
    if (letters == 0 && text_.size() >= 3 && (text_[0] == '+' || text_[0] == '-')) {
      // A zone without a name of its own is called by its offset, "+03".
      text_.remove_prefix(3);
      return true;
    }
    const bool right = letters == 3 ||
                       (letters == 4 && (text_[3] == 'T' || text_.starts_with("WITA"))) ||
                       (letters == 5 && text_[4] == 'T');
    if (!right) {
      return false;
    }
    const bool is_gmt = text_.starts_with("GMT");
    text_.remove_prefix(letters);
    if (is_gmt && text_.size() >= 2 && (text_[0] == '+' || text_[0] == '-') && is_digit(text_, 1)) {
      text_.remove_prefix(is_digit(text_, 2) ? 3 : 2);
    }
    return true;
  }

  bool take_pm() {
    if (text_.starts_with("PM") || text_.starts_with("AM")) {
      is_pm_ = text_[0] == 'P';
      is_am_ = !is_pm_;
      text_.remove_prefix(2);
      return true;
    }
    return false;
  }

  bool take(Part part, bool fraction_comes) {
    int index = 0;
    switch (part) {
      case Part::kText:
        return true;
      case Part::kLongMonth:
      case Part::kShortMonth:
        if (!take_name(kMonths, part == Part::kShortMonth, index)) {
          return false;
        }
        date().month = index + 1;
        return true;
      case Part::kMonth:
      case Part::kZeroMonth:
        return take_number(date().month, part == Part::kZeroMonth, 1, 12);
      case Part::kLongWeekday:
      case Part::kShortWeekday:
        return take_name(kWeekdays, part == Part::kShortWeekday, index);
      case Part::kPaddedDay:
      case Part::kDay:
      case Part::kZeroDay:
        if (part == Part::kPaddedDay && text_.starts_with(' ')) {
          text_.remove_prefix(1);
        }
        return take_number(date().day, part == Part::kZeroDay, 1, 31);
      case Part::kHour:
        return take_number(date().hour, false, 0, 23);
      case Part::kHour12:
      case Part::kZeroHour12:
        return take_number(date().hour, part == Part::kZeroHour12, 0, 12);
      case Part::kMinute:
      case Part::kZeroMinute:
        return take_number(date().minute, part == Part::kZeroMinute, 0, 59);
      case Part::kSecond:
      case Part::kZeroSecond:
        return take_second(fraction_comes);
      case Part::kLongYear:
        return take_year(4);
      case Part::kShortYear:
        return take_year(2);
      case Part::kPm:
        return take_pm();
      case Part::kZoneName:
        return take_zone_name();
      case Part::kOffset:
        return take_offset(false);
      case Part::kColonOffset:
        return take_offset(true);
      case Part::kSignOffset:
        return take_sign_offset(false);
      case Part::kSignColonOffset:
        return take_sign_offset(true);
      case Part::kFraction:
        // Without digits it stands for nothing.
        return take_fraction() || true;
      case Part::kZeroYearDay:
        return false;  // No layout that Hugo reads has it.
    }
    return false;
  }

  bool finish() {
    if (is_pm_ && date().hour < 12) {
      date().hour += 12;
    } else if (is_am_ && date().hour == 12) {
      date().hour = 0;
    }
    return std::chrono::year_month_day(std::chrono::year(date().year),
                                       std::chrono::month(static_cast<unsigned>(date().month)),
                                       std::chrono::day(static_cast<unsigned>(date().day)))
        .ok();
  }

  DateTime& date() { return found_.date; }

  std::string_view text_;
  LayoutDate found_{DateTime{0, 1, 1, 0, 0, 0, 0, std::nullopt}, false};
  bool is_pm_ = false;
  bool is_am_ = false;
};

std::string padded(int number, int width) {
  char text[24];
  std::snprintf(text, sizeof text, "%0*d", width, number);
  return text;
}

std::string offset_text(const DateTime& date, bool colon) {
  const int minutes = date.offset_seconds.value_or(0) / 60;
  const int size = minutes < 0 ? -minutes : minutes;
  return (minutes < 0 ? "-" : "+") + padded(size / 60, 2) + (colon ? ":" : "") +
         padded(size % 60, 2);
}

int hour12(const DateTime& date) {
  return date.hour % 12 == 0 ? 12 : date.hour % 12;
}

std::string format_part(Part part, const DateTime& date) {
  switch (part) {
    case Part::kLongMonth:
      return std::string(month_name(date.month));
    case Part::kShortMonth:
      return std::string(month_name(date.month).substr(0, 3));
    case Part::kMonth:
      return std::to_string(date.month);
    case Part::kZeroMonth:
      return padded(date.month, 2);
    case Part::kLongWeekday:
      return std::string(weekday_name(weekday_of(date)));
    case Part::kShortWeekday:
      return std::string(weekday_name(weekday_of(date)).substr(0, 3));
    case Part::kDay:
      return std::to_string(date.day);
    case Part::kPaddedDay:
      return (date.day < 10 ? " " : "") + std::to_string(date.day);
    case Part::kZeroDay:
      return padded(date.day, 2);
    case Part::kZeroYearDay:
      return padded(day_of_year(date), 3);
    case Part::kHour:
      return padded(date.hour, 2);
    case Part::kHour12:
      return std::to_string(hour12(date));
    case Part::kZeroHour12:
      return padded(hour12(date), 2);
    case Part::kMinute:
      return std::to_string(date.minute);
    case Part::kZeroMinute:
      return padded(date.minute, 2);
    case Part::kSecond:
      return std::to_string(date.second);
    case Part::kZeroSecond:
      return padded(date.second, 2);
    case Part::kLongYear:
      return padded(date.year, 4);
    case Part::kShortYear:
      return padded(date.year % 100, 2);
    case Part::kPm:
      return date.hour >= 12 ? "PM" : "AM";
    case Part::kOffset:
      return offset_text(date, false);
    case Part::kColonOffset:
      return offset_text(date, true);
    case Part::kSignOffset:
      return date.offset_seconds.value_or(0) == 0 ? "Z" : offset_text(date, false);
    case Part::kSignColonOffset:
      return date.offset_seconds.value_or(0) == 0 ? "Z" : offset_text(date, true);
    case Part::kZoneName:
      return date.offset_seconds.value_or(0) == 0 ? "UTC" : offset_text(date, false);
    case Part::kText:
    case Part::kFraction:
      return "";
  }
  return "";
}

std::chrono::sys_days days_of(const DateTime& date) {
  return std::chrono::year(date.year) / date.month / date.day;
}

}  // namespace

GoLayout::GoLayout(std::string_view layout) {
  while (pieces_.empty() || pieces_.back().part != Part::kText) {
    const Chunk chunk = next_chunk(layout);
    pieces_.push_back({std::string(chunk.before), chunk.part});
    layout = chunk.rest;
  }
}

std::optional<LayoutDate> GoLayout::parse(std::string_view text) const {
  return LayoutReader(text).read(pieces_);
}

std::string GoLayout::format(const DateTime& date) const {
  std::string text;
  for (const Piece& piece : pieces_) {
    text += piece.before + format_part(piece.part, date);
  }
  return text;
}

int weekday_of(const DateTime& date) {
  return static_cast<int>(std::chrono::weekday(days_of(date)).c_encoding());
}

int day_of_year(const DateTime& date) {
  const std::chrono::sys_days first = std::chrono::year(date.year) / 1 / 1;
  return static_cast<int>((days_of(date) - first).count()) + 1;
}

std::string_view month_name(int month) {
  return kMonths.at(static_cast<std::size_t>(month - 1));
}

std::string_view weekday_name(int weekday) {
  return kWeekdays.at(static_cast<std::size_t>(weekday));
}

}  // namespace likes::hugo
