#include "tools/hugo/plain_toml.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <string>
#include <utility>

#include "tools/hugo/plain_text.h"
#include "tools/hugo/unicode.h"
#include "tools/support/character_set.h"
#include "tools/support/utf8.h"

namespace likes::hugo {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

constexpr CharacterSet kWordEnds(" ,]#\n");

/// Whether nothing in a text needs a closer look: neither wrong bytes nor control characters.
bool is_clean(std::string_view text) {
  const auto is_control = [](char c) { return (c >= '\0' && c < ' ' && c != '\n') || c == '\x7F'; };
  return std::none_of(text.begin(), text.end(), is_control) && is_utf8(text);
}

/// Takes the figures of a date one after the other; a wrong one makes all of it wrong.
class DateFigures {
 public:
  explicit DateFigures(std::string_view text) : rest_(text) {}

  int number(std::size_t digits, int low, int high) {
    int value = 0;
    const std::string_view text = rest_.substr(0, digits);
    is_wrong_ =
        is_wrong_ || text.size() < digits || !std::all_of(text.begin(), text.end(), is_digit);
    std::from_chars(text.data(), text.data() + text.size(), value);
    is_wrong_ = is_wrong_ || value < low || value > high;
    rest_.remove_prefix(text.size());
    return value;
  }
  /// Takes the character, where it comes next.
  bool take(char c) {
    const bool is_next = rest_.starts_with(c);
    rest_.remove_prefix(is_next ? 1 : 0);
    return is_next;
  }
  void want(char c) { is_wrong_ = !take(c) || is_wrong_; }

  [[nodiscard]] bool is_at_end() const { return rest_.empty(); }
  [[nodiscard]] bool is_wrong() const { return is_wrong_; }

 private:
  std::string_view rest_;
  bool is_wrong_ = false;
};

/// `2026-11-20`, or with `T08:30:00` and an offset.
std::optional<DateTime> read_date(std::string_view text) {
  DateFigures figures(text);
  DateTime date;
  date.year = figures.number(4, 1, 9999);
  figures.want('-');
  date.month = figures.number(2, 1, 12);
  figures.want('-');
  date.day = figures.number(2, 1, 31);
  date.has_time = !figures.is_at_end();
  if (date.has_time) {
    figures.want('T');
    date.hour = figures.number(2, 0, 23);
    figures.want(':');
    date.minute = figures.number(2, 0, 59);
    figures.want(':');
    date.second = figures.number(2, 0, 59);
    if (figures.take('Z')) {
      date.offset_seconds = 0;
    } else if (!figures.is_at_end()) {
      const int sign = figures.take('-') ? -1 : 1;
      if (sign > 0) {
        figures.want('+');
      }
      const int hours = figures.number(2, 0, 23);
      figures.want(':');
      date.offset_seconds = sign * (hours * 3600 + figures.number(2, 0, 59) * 60);
    }
  }
  const std::chrono::year_month_day day = std::chrono::year(date.year) / date.month / date.day;
  const bool is_right = !figures.is_wrong() && figures.is_at_end() && day.ok();
  return is_right ? std::optional(date) : std::nullopt;
}

/// A "no" of any part is a "no" of the whole.
class PlainReader {
 public:
  PlainReader(std::string_view text, std::size_t first_line)
      : rest_(text), line_(first_line), counted_(text.data()) {}

  std::optional<Value> read() {
    Value map = Value::map();
    map.line = line_;
    map.column = 1;
    if (!is_clean(rest_) || !end_line()) {
      return std::nullopt;
    }
    while (!rest_.empty()) {
      skip_blanks();
      if (end_line()) {
        continue;
      }
      std::string key = to_lower(take_front(kKeyCharacters.first_other(rest_)));
      skip_blanks();
      if (key.empty() || !take('=')) {
        return std::nullopt;
      }
      skip_blanks();
      std::optional<Value> value = rest_.starts_with('[') ? read_list() : read_scalar();
      skip_blanks();
      if (!value || !end_line() || !map.add(std::move(key), std::move(*value))) {
        return std::nullopt;
      }
    }
    return map;
  }

 private:
  void skip_blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size())); }

  /// Takes the character, where it comes next.
  bool take(char c) {
    const bool is_next = rest_.starts_with(c);
    rest_.remove_prefix(is_next ? 1 : 0);
    return is_next;
  }

  /// Goes to the next line, where nothing but blanks or a comment is left of this one.
  bool end_line() {
    skip_blanks();
    if (!rest_.empty() && rest_.front() != '#' && rest_.front() != '\n') {
      return false;
    }
    rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
    if (take('\n')) {
      ++line_;
      counted_ = rest_.data();
      column_ = 1;
    }
    return true;
  }

  std::string_view take_front(std::size_t count) {
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }

  /// The value with where it begins: columns are counted in characters.
  Value placed(Value value, const char* begin) {
    column_ += static_cast<std::size_t>(
        std::count_if(counted_, begin, [](char c) { return (c & 0xC0) != 0x80; }));
    counted_ = begin;
    value.line = line_;
    value.column = column_;
    return value;
  }

  std::optional<Value> read_scalar() {
    const char* const begin = rest_.data();
    if (std::optional<std::string> text = take_quoted(rest_)) {
      return placed(Value(std::move(*text)), begin);
    }
    const std::string_view word = take_front(kWordEnds.first_in(rest_));
    if (word == "true" || word == "false") {
      return placed(Value(word == "true"), begin);
    }
    // More figures than these might not fit.
    constexpr std::size_t kMostFigures = 18;
    const bool is_number = !word.empty() && word.size() <= kMostFigures &&
                           (word.front() != '0' || word.size() == 1) &&
                           std::all_of(word.begin(), word.end(), is_digit);
    if (is_number) {
      std::int64_t number = 0;
      std::from_chars(word.data(), word.data() + word.size(), number);
      return placed(Value(number), begin);
    }
    const std::optional<DateTime> date = read_date(word);
    return date ? std::optional(placed(Value(*date), begin)) : std::nullopt;
  }

  /// On one line or on several.
  std::optional<Value> read_list() {
    Value list = placed(Value(Value::Array()), rest_.data());
    take('[');
    for (bool has_comma = true;; has_comma = take(',')) {
      skip_lines();
      if (take(']')) {
        return list;
      }
      std::optional<Value> item = has_comma ? read_scalar() : std::nullopt;
      if (!item) {
        return std::nullopt;
      }
      list.array()->push_back(std::move(*item));
      skip_lines();
    }
  }

  void skip_lines() {
    do {
      skip_blanks();
    } while (!rest_.empty() && end_line());
  }

  std::string_view rest_;
  std::size_t line_;
  const char* counted_;     // As far as this, columns are counted.
  std::size_t column_ = 1;  // The one that is there.
};

}  // namespace

std::optional<Value> read_plain_toml(std::string_view text, std::size_t first_line) {
  return PlainReader(text, first_line).read();
}

}  // namespace likes::hugo
