#include <toml++/toml.h>
#include <algorithm>
#include <cstdio>
#include <string>

#include "tools/hugo/decoder.h"
#include "tools/hugo/plain_toml.h"
#include "tools/hugo/unicode.h"

namespace likes::hugo {
namespace {

/// Keys in one dotted key, `a.b.c`: the library follows them without a limit of its own.
constexpr std::size_t kMaxDots = 1000;

bool may_stand_in_dotted_key(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '"' || c == '\'' || c == ' ' || c == '\t';
}

/// The line of a dotted key that would nest the tables too deep, or 0.
std::size_t line_with_too_many_dots(std::string_view text) {
  std::size_t dots = 0;
  std::size_t line = 1;
  for (const char c : text) {
    if (c == '.') {
      if (++dots > kMaxDots) {
        return line;
      }
    } else if (!may_stand_in_dotted_key(c)) {
      dots = 0;
    }
    if (c == '\n') {
      ++line;
    }
  }
  return 0;
}

class TomlReader {
 public:
  explicit TomlReader(const Location& start) : start_(start) {}

  Result<Value> read(const toml::node& node, std::size_t depth) {
    if (depth > kMaxNesting) {
      return fail(ErrorCode::kInvalid,
                  "found values nested deeper than the limit of " + std::to_string(kMaxNesting),
                  place(node.source().begin));
    }
    Result<Value> value = node.is_table()   ? read_table(*node.as_table(), depth)
                          : node.is_array() ? read_array(*node.as_array(), depth)
                                            : Result<Value>(read_scalar(node));
    if (value) {
      const Location where = place(node.source().begin);
      value->line = where.line;
      value->column = where.column;
    }
    return value;
  }

  [[nodiscard]] Location place(const toml::source_position& position) const {
    return {start_.file, start_.line + position.line - 1, position.column};
  }

 private:
  Result<Value> read_table(const toml::table& table, std::size_t depth) {
    // The library sorts keys; where keys differ in their case only, the later one counts.
    std::vector<std::pair<std::string, const toml::node*>> members;
    for (auto&& [key, node] : table) {
      members.emplace_back(to_lower(key.str()), &node);
    }
    std::stable_sort(members.begin(), members.end(), [](const auto& left, const auto& right) {
      return left.second->source().begin < right.second->source().begin;
    });
    Value map = Value::map();
    for (auto& [key, node] : members) {
      Result<Value> value = read(*node, depth + 1);
      if (!value) {
        return value;
      }
      map.set(std::move(key), std::move(*value));
    }
    return map;
  }

  Result<Value> read_array(const toml::array& array, std::size_t depth) {
    Value::Array values;
    for (const toml::node& node : array) {
      Result<Value> value = read(node, depth + 1);
      if (!value) {
        return value;
      }
      values.push_back(std::move(*value));
    }
    return Value(std::move(values));
  }

  static DateTime local(const toml::date& date, const toml::time& time) {
    return {date.year,
            date.month,
            date.day,
            time.hour,
            time.minute,
            time.second,
            static_cast<int>(time.nanosecond),
            std::nullopt};
  }

  static Value read_scalar(const toml::node& node) {
    if (node.is_string()) {
      return Value(node.as_string()->get());
    }
    if (node.is_integer()) {
      return Value(node.as_integer()->get());
    }
    if (node.is_floating_point()) {
      return Value(node.as_floating_point()->get());
    }
    if (node.is_boolean()) {
      return Value(node.as_boolean()->get());
    }
    if (node.is_date()) {
      DateTime day = local(node.as_date()->get(), {});
      day.has_time = false;
      return Value(day);
    }
    if (node.is_date_time()) {
      const toml::date_time& found = node.as_date_time()->get();
      DateTime date = local(found.date, found.time);
      if (found.offset) {
        date.offset_seconds = found.offset->minutes * 60;
      }
      return Value(date);
    }
    // A time without a day: no field of a page reads one, so its text serves as well.
    const toml::time& time = node.as_time()->get();
    char text[32];
    std::snprintf(text, sizeof text, "%02d:%02d:%02d", static_cast<int>(time.hour),
                  static_cast<int>(time.minute), static_cast<int>(time.second));
    return Value(std::string(text));
  }

  Location start_;
};

}  // namespace

Result<Value> decode_toml(std::string_view text, const Location& start) {
  if (std::optional<Value> plain = read_plain_toml(text, start.line)) {
    return std::move(*plain);
  }
  if (const std::size_t line = line_with_too_many_dots(text); line > 0) {
    return fail(ErrorCode::kInvalid,
                "found a key of more than " + std::to_string(kMaxDots) + " dots",
                {start.file, start.line + line - 1, 0});
  }
  TomlReader reader(start);
  try {
    const toml::table table = toml::parse(text);
    return reader.read(table, 0);
  } catch (const toml::parse_error& error) {
    return fail(ErrorCode::kInvalid, "wrong TOML: " + std::string(error.description()),
                reader.place(error.source().begin));
  }
}

}  // namespace likes::hugo
