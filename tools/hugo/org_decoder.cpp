#include <algorithm>
#include <string>

#include "tools/hugo/decoder.h"
#include "tools/hugo/unicode.h"

namespace likes::hugo {
namespace {

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  return begin == std::string_view::npos
             ? std::string_view()
             : text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

bool is_date_key(std::string_view key) {
  return key == "date" || key == "lastmod" || key == "publishdate" || key == "expirydate";
}

/// `<2020-01-02 Thu>` and `[2020-01-02 Thu 10:00]` name a day.
std::string day_of(const std::string& text) {
  constexpr std::size_t kDay = 10;
  const std::size_t open = text.find_first_of("<[");
  const bool is_closed =
      open != std::string::npos && text.find_first_of(">]", open) != std::string::npos;
  const bool has_day = is_closed && open + kDay + 1 < text.size() && text[open + kDay + 1] == ' ';
  return has_day ? text.substr(open + 1, kDay) : text;
}

Value list_of(std::string_view text, char separator) {
  Value::Array list;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    list.emplace_back(std::string(text.substr(at, end - at)));
    at = end + 1;
  }
  return Value(std::move(list));
}

Value list_of_words(const std::string& text) {
  Value::Array list;
  for (std::string& word : Value(text).to_words()) {
    list.emplace_back(std::move(word));
  }
  return Value(std::move(list));
}

/// `#+tags[]: a b` is a list of words, a key that stands twice one of its values.
Value value_of(const std::string& key, const std::string& text) {
  if (text.find('\n') != std::string::npos) {
    return list_of(text, '\n');
  }
  if (key == "filetags") {
    std::string_view tags = text;
    tags.remove_prefix(tags.starts_with(':') ? 1 : 0);
    tags.remove_suffix(tags.ends_with(':') ? 1 : 0);
    return list_of(tags, ':');
  }
  return Value(is_date_key(key) ? day_of(text) : text);
}

}  // namespace

Result<Value> decode_org(std::string_view text, const Location& start) {
  std::map<std::string, std::string> settings;
  std::map<std::string, std::size_t> lines;
  std::size_t line_number = start.line;
  for (std::size_t at = 0; at < text.size(); ++line_number) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = trim(text.substr(at, end - at));
    at = end + 1;
    const std::size_t colon = line.find(':');
    if (!line.starts_with("#+") || colon == std::string_view::npos) {
      continue;
    }
    const std::string key = to_lower(line.substr(2, colon - 2));
    const std::string value(trim(line.substr(colon + 1)));
    const auto [found, is_new] = settings.emplace(key, value);
    lines.emplace(key, line_number);
    if (!is_new) {
      found->second += "\n" + value;
    }
  }
  Value map = Value::map();
  for (const auto& [key, value] : settings) {
    const bool is_list = key.ends_with("[]");
    Value field = is_list ? list_of_words(value) : value_of(key, value);
    field.line = lines[key];
    field.column = 1;
    map.set(is_list ? key.substr(0, key.size() - 2) : key, std::move(field));
  }
  return map;
}

}  // namespace likes::hugo
