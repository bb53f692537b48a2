#include "tools/hugo/value.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "tools/hugo/unicode.h"

namespace likes::hugo {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

std::string number_text(double number) {
  // Go prints floats without an exponent here, as short as they can be read back.
  std::array<char, 400> text{};
  const std::to_chars_result end =
      std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  return std::string(text.data(), end.ptr);
}

std::string date_text(const DateTime& date) {
  char text[80];
  if (!date.has_time) {
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", date.year, date.month, date.day);
    return text;
  }
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d", date.year, date.month, date.day,
                date.hour, date.minute, date.second);
  return text;
}

std::int64_t parse_integer(std::string_view text) {
  // "007" is 7 and "2.9" is 2, but "2.9.1" is nothing.
  std::int64_t number = 0;
  if (text.starts_with('+')) {
    text.remove_prefix(1);
  }
  const char* end = text.data() + text.size();
  const std::from_chars_result read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc()) {
    return 0;
  }
  if (read.ptr == end) {
    return number;
  }
  const bool only_zeros =
      *read.ptr == '.' && std::all_of(read.ptr + 1, end, [](char c) { return c == '0'; });
  return only_zeros ? number : 0;
}

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t character = next_character(text, at);
    if (!is_space(character)) {
      append_utf8(word, character);
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) {
    words.push_back(std::move(word));
  }
  return words;
}

}  // namespace

Value Value::map() {
  return Value(Map());
}

const Value* Value::find(std::string_view key) const {
  const Map* all = members();
  if (all == nullptr) {
    return nullptr;
  }
  const Map::const_iterator found = all->find(key);
  return found == all->end() ? nullptr : &found->second;
}

Value* Value::find(std::string_view key) {
  return const_cast<Value*>(static_cast<const Value*>(this)->find(key));
}

const Value* Value::find_path(std::initializer_list<std::string_view> keys) const {
  const Value* found = this;
  for (const std::string_view key : keys) {
    found = found == nullptr ? nullptr : found->find(key);
  }
  return found;
}

void Value::set(std::string key, Value value) {
  if (members() == nullptr) {
    data_ = Map();
  }
  members()->insert_or_assign(std::move(key), std::move(value));
}

bool Value::add(std::string key, Value&& value) {
  if (members() == nullptr) {
    data_ = Map();
  }
  return members()->try_emplace(std::move(key), std::move(value)).second;
}

void Value::erase(std::string_view key) {
  if (Map* all = members(); all != nullptr) {
    if (const Map::const_iterator found = all->find(key); found != all->end()) {
      all->erase(found);
    }
  }
}

std::string Value::to_text() const {
  return std::visit(Overloaded{
                        [](std::monostate) { return std::string(); },
                        [](bool truth) { return std::string(truth ? "true" : "false"); },
                        [](std::int64_t number) { return std::to_string(number); },
                        [](double number) { return number_text(number); },
                        [](const std::string& string) { return string; },
                        [](const DateTime& date) { return date_text(date); },
                        [](const Array&) { return std::string(); },
                        [](const Map&) { return std::string(); },
                    },
                    data_);
}

std::int64_t Value::to_integer() const {
  if (const bool* truth = std::get_if<bool>(&data_)) {
    return *truth ? 1 : 0;
  }
  if (const std::int64_t* number = std::get_if<std::int64_t>(&data_)) {
    return *number;
  }
  if (const double* number = std::get_if<double>(&data_)) {
    // 2^62: beyond it the conversion would not be defined.
    constexpr double kLargest = 4611686018427387904.0;
    return std::abs(*number) < kLargest ? static_cast<std::int64_t>(*number) : 0;
  }
  return text() != nullptr ? parse_integer(*text()) : 0;
}

bool Value::to_bool() const {
  if (const bool* truth = std::get_if<bool>(&data_)) {
    return *truth;
  }
  if (text() != nullptr) {
    constexpr std::array<std::string_view, 6> kTrue = {"1", "t", "T", "TRUE", "true", "True"};
    return std::find(kTrue.begin(), kTrue.end(), *text()) != kTrue.end();
  }
  if (const double* number = std::get_if<double>(&data_)) {
    return *number != 0;
  }
  return to_integer() != 0;
}

std::vector<std::string> Value::to_words() const {
  if (text() != nullptr) {
    return split_words(*text());
  }
  if (array() == nullptr) {
    const std::string single = to_text();
    return single.empty() ? std::vector<std::string>() : std::vector<std::string>{single};
  }
  std::vector<std::string> words;
  for (const Value& each : *array()) {
    words.push_back(each.to_text());
  }
  return words;
}

std::vector<std::string> Value::to_terms(bool skips_lists) const {
  std::vector<std::string> terms;
  if (array() == nullptr) {
    terms.push_back(to_text());
  } else {
    terms.reserve(array()->size());
    for (const Value& each : *array()) {
      const bool is_term = each.array() == nullptr && each.members() == nullptr;
      if (is_term) {
        terms.push_back(each.to_text());
      } else if (!skips_lists) {
        return {};
      }
    }
  }
  std::erase(terms, "");
  return terms;
}

std::string Value::type_name() const {
  return std::visit(Overloaded{
                        [](std::monostate) { return "nothing"; },
                        [](bool truth) { return truth ? "true" : "false"; },
                        [](std::int64_t) { return "a number"; },
                        [](double) { return "a number"; },
                        [](const std::string&) { return "a string"; },
                        [](const DateTime&) { return "a date"; },
                        [](const Array&) { return "a list"; },
                        [](const Map&) { return "a map"; },
                    },
                    data_);
}

void rename_key(Value& map, std::string_view old, const std::string& name) {
  if (Value* value = map.find(old)) {
    Value kept = std::move(*value);
    map.erase(old);
    map.set(name, std::move(kept));
  }
}

void merge_deep(Value& under, const Value& over) {
  if (over.members() == nullptr) {
    return;
  }
  for (const auto& [key, value] : *over.members()) {
    Value* old = under.find(key);
    if (old != nullptr && old->members() != nullptr && value.members() != nullptr) {
      merge_deep(*old, value);
    } else {
      under.set(key, value);
    }
  }
}

}  // namespace likes::hugo
