#include "tools/hugo/plain_yaml.h"

#include <algorithm>
#include <string>
#include <utility>

#include "tools/hugo/plain_text.h"
#include "tools/hugo/unicode.h"
#include "tools/support/character_set.h"

namespace likes::hugo {
namespace {

/// What no word begins with.
constexpr CharacterSet kIndicators("-?:,[]{}#&*!|>%@`=<~.");
/// What is not in the plain items of a list.
constexpr CharacterSet kNeverInItem("[]{}:#\"'");

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  return begin == std::string_view::npos
             ? std::string_view()
             : text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

/// Reads one line after the other; a "no" of any part is a "no" of the whole.
class PlainReader {
 public:
  PlainReader(std::string_view text, std::size_t first_line) : text_(text), line_(first_line) {}

  std::optional<Value> read() {
    if (text_.find('\t') != std::string_view::npos || text_.find('\r') != std::string_view::npos) {
      return std::nullopt;
    }
    // What stands behind the delimiter, up to the first line's end.
    if (!trim(next_line()).empty()) {
      return std::nullopt;
    }
    Value map = Value::map();
    while (!text_.empty()) {
      const std::size_t line = line_;
      const std::string_view whole = next_line();
      if (trim(whole).empty() || whole.front() == '#') {
        continue;
      }
      const std::size_t end = kKeyCharacters.first_other(whole);
      const bool is_key = end > 0 && whole.front() != '-' && end < whole.size() &&
                          whole[end] == ':' && (end + 1 == whole.size() || whole[end + 1] == ' ');
      const std::string_view spelled = whole.substr(0, end);
      // `true`, `3` and `null` are no strings, not as keys either.
      if (!is_key || !is_plain_text(spelled)) {
        return std::nullopt;
      }
      std::optional<Value> value = read_value(whole, end + 1, line);
      if (!value || !map.add(to_lower(spelled), std::move(*value))) {
        return std::nullopt;
      }
    }
    return map;
  }

 private:
  std::string_view next_line() {
    const std::size_t end = std::min(text_.find('\n'), text_.size());
    const std::string_view line = text_.substr(0, end);
    text_.remove_prefix(std::min(end + 1, text_.size()));
    ++line_;
    return line;
  }

  std::optional<Value> read_value(std::string_view line, std::size_t from, std::size_t number) {
    const std::string_view text = trim(line.substr(from));
    std::optional<Value> value;
    if (text.empty()) {
      value = read_list();
    } else if (text.front() == '[') {
      value = read_flow(text);
    } else {
      value = read_scalar(text);
    }
    // A deeper line would go on with what this one began.
    if (!value || text_.starts_with(' ') || (!text.empty() && text_.starts_with('-'))) {
      return std::nullopt;
    }
    if (!text.empty()) {
      value->line = number;
      value->column = static_cast<std::size_t>(text.data() - line.data()) + 1;
    }
    return value;
  }

  static std::optional<Value> read_scalar(std::string_view text) {
    const char first = text.front();
    if (first == '"' || first == '\'') {
      std::optional<std::string> quoted = take_quoted(text);
      return quoted && text.empty() ? std::optional<Value>(std::move(*quoted)) : std::nullopt;
    }
    const bool is_simple = !kIndicators.has(first) && text.find(": ") == std::string_view::npos &&
                           text.back() != ':' && text.find(" #") == std::string_view::npos;
    return is_simple ? std::optional<Value>(plain_scalar(text)) : std::nullopt;
  }

  /// `[a, "b"]`, whole on its line.
  static std::optional<Value> read_flow(std::string_view text) {
    if (text.back() != ']') {
      return std::nullopt;
    }
    Value::Array list;
    std::string_view rest = trim(text.substr(1, text.size() - 2));
    constexpr std::size_t kUsualItems = 8;
    list.reserve(kUsualItems);
    for (bool has_more = !rest.empty(); has_more;) {
      std::optional<Value> value = take_item(rest);
      if (!value) {
        return std::nullopt;
      }
      list.push_back(std::move(*value));
      has_more = !rest.empty();
      rest = trim(rest.substr(has_more ? 1 : 0));  // The comma, behind which comes another.
    }
    return Value(std::move(list));
  }

  /// An item of a list off the front of `rest`, up to the comma behind it.
  static std::optional<Value> take_item(std::string_view& rest) {
    if (rest.starts_with('"') || rest.starts_with('\'')) {
      std::optional<std::string> quoted = take_quoted(rest);
      rest = trim(rest);
      const bool is_whole = quoted && (rest.empty() || rest.front() == ',');
      return is_whole ? std::optional<Value>(std::move(*quoted)) : std::nullopt;
    }
    const std::size_t end = std::min(rest.find(','), rest.size());
    const std::string_view item = trim(rest.substr(0, end));
    rest.remove_prefix(end);
    return item.empty() || kNeverInItem.first_in(item) < item.size() ? std::nullopt
                                                                     : read_scalar(item);
  }

  /// Lines of "- item", as deep as the first; none is nothing.
  std::optional<Value> read_list() {
    const std::size_t depth = std::min(text_.find_first_not_of(' '), text_.size());
    const std::string_view begin = text_.substr(depth, 1);
    if (begin != "-") {
      const bool is_key = depth == 0 && begin != "\n";
      return is_key || text_.empty() ? std::optional<Value>(Value()) : std::nullopt;
    }
    const std::string lead = std::string(depth, ' ') + "- ";
    const std::size_t first = line_;
    Value::Array list;
    while (text_.starts_with(lead)) {
      const std::string_view item = trim(next_line().substr(lead.size()));
      std::optional<Value> value = item.empty() ? std::nullopt : read_scalar(item);
      if (!value) {
        return std::nullopt;
      }
      list.push_back(std::move(*value));
    }
    if (text_.starts_with('-')) {
      return std::nullopt;
    }
    Value value(std::move(list));
    value.line = first;
    value.column = depth + 1;
    return value;
  }

  std::string_view text_;
  std::size_t line_;
};

}  // namespace

std::optional<Value> read_plain_yaml(std::string_view text, std::size_t first_line) {
  return PlainReader(text, first_line).read();
}

}  // namespace likes::hugo
