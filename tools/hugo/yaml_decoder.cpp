#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>

#include "tools/hugo/decoder.h"
#include "tools/hugo/plain_yaml.h"
#include "tools/hugo/unicode.h"
#include "tools/support/character_set.h"

namespace likes::hugo {
namespace {

/// What words begin with that may be something else than a text: names, and others.
constexpr CharacterSet kFirstOfNames("nNtTfF");
constexpr CharacterSet kFirstOfOthers("~+-.0123456789");
constexpr std::array<std::string_view, 3> kNull = {"null", "Null", "NULL"};
constexpr std::array<std::string_view, 3> kTrue = {"true", "True", "TRUE"};
constexpr std::array<std::string_view, 3> kFalse = {"false", "False", "FALSE"};

bool is_one_of(std::string_view text, const std::array<std::string_view, 3>& names) {
  return std::find(names.begin(), names.end(), text) != names.end();
}

/// An integer as the YAML 1.2 of Hugo 0.152 and later reads it: 1_000, 0x1F, 0b11, 0o17, 0755.
Value integer_or_text(const std::string& text, std::string_view digits, bool negative) {
  int base = 10;
  if (digits.starts_with("0x")) {
    base = 16;
  } else if (digits.starts_with("0o")) {
    base = 8;
  } else if (digits.starts_with("0b")) {
    base = 2;
  }
  if (base != 10) {
    digits.remove_prefix(2);
  } else if (digits.starts_with('0') && digits.size() > 1) {
    base = 8;
  }
  std::int64_t number = 0;
  const char* end = digits.data() + digits.size();
  const std::from_chars_result read = std::from_chars(digits.data(), end, number, base);
  if (read.ec != std::errc() || read.ptr != end || digits.starts_with('-')) {
    return Value(text);
  }
  return Value(negative ? -number : number);
}

Value number_or_text(const std::string& text) {
  constexpr std::string_view kFirst = "+-.0123456789";
  if (text.empty() || kFirst.find(text.front()) == std::string_view::npos) {
    return Value(text);
  }
  std::string digits;
  for (const char c : text) {
    if (c != '_') {
      digits += c;
    }
  }
  const bool negative = digits.starts_with('-');
  if (negative || digits.starts_with('+')) {
    digits.erase(0, 1);
  }
  const bool begins_right =
      !digits.empty() && ((digits[0] >= '0' && digits[0] <= '9') || digits[0] == '.');
  if (!begins_right) {
    return Value(text);
  }
  if (digits.find('.') == std::string::npos) {
    return integer_or_text(text, digits, negative);
  }
  double number = 0;
  const char* end = digits.data() + digits.size();
  const std::from_chars_result read = std::from_chars(digits.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) {
    return Value(text);
  }
  return Value(negative ? -number : number);
}

/// The same as YAML 1.1 has it.
Value plain_scalar_of_old(const std::string& text) {
  constexpr std::array<std::string_view, 10> kOn = {"y",  "Y",  "yes", "Yes",  "YES",
                                                    "on", "On", "ON",  "true", "True"};
  constexpr std::array<std::string_view, 10> kOff = {"n",   "N",   "no",  "No",    "NO",
                                                     "off", "Off", "OFF", "false", "False"};
  if (std::find(kOn.begin(), kOn.end(), text) != kOn.end()) {
    return Value(true);
  }
  if (std::find(kOff.begin(), kOff.end(), text) != kOff.end()) {
    return Value(false);
  }
  return plain_scalar(text);
}

/// What Hugo's reader loses count by: a tab within a line of a quoted text.
bool is_miscounted(std::string_view line, std::size_t tab) {
  constexpr std::string_view kBlanks = " \t";
  return line.find_first_not_of(kBlanks) < tab &&
         line.find_first_not_of(kBlanks, tab) != std::string_view::npos &&
         !line.substr(tab + 1).starts_with('"');
}

/// Why Hugo does not read a text in double quotes that begins at `rest`, or "". For each tab that
/// it miscounts it skips a character behind the text, and then takes what follows for the same
/// line.
std::string complaint_about_quoted(std::string_view rest) {
  constexpr std::string_view kEscapes = "0abtnvfre \"/\\N_LPxuU\r\n\t";
  std::size_t skipped = 0;
  std::size_t line_begin = 1;
  std::size_t at = 1;
  for (; rest.starts_with('"') && at < rest.size() && rest[at] != '"'; ++at) {
    if (rest[at] == '\\' && at + 1 < rest.size()) {
      if (kEscapes.find(rest[++at]) == std::string_view::npos) {
        return std::string("found the escape '\\") + rest[at] +
               "' in double quotes, wanted one of YAML's";
      }
    } else if (rest[at] == '\n') {
      line_begin = at + 1;
    } else if (rest[at] == '\t') {
      const std::string_view line = rest.substr(line_begin, rest.find('\n', at) - line_begin);
      skipped += is_miscounted(line, at - line_begin) ? 1 : 0;
    }
  }
  const std::size_t behind = std::min(at + 1 + skipped, rest.size());
  const std::string_view line = rest.substr(behind, rest.find('\n', behind) - behind);
  const std::size_t next = line.find_first_not_of(" \t\r");
  const bool is_bare = next == std::string_view::npos || line[next] == '#';
  return skipped == 0 || is_bare ? ""
                                 : "found a tab in double quotes, which Hugo stops at, wanted \\t";
}

std::size_t count_values(const Value& value) {
  std::size_t count = 1;
  if (value.array() != nullptr) {
    for (const Value& each : *value.array()) {
      count += count_values(each);
    }
  } else if (value.members() != nullptr) {
    for (const auto& [key, each] : *value.members()) {
      count += count_values(each);
    }
  }
  return count;
}

/// Builds a Value out of what the library's parser reports, and stops it by the library's own
/// exception, which decode_yaml() catches, where a limit or a rule is broken.
class YamlReader : public YAML::EventHandler {
 public:
  YamlReader(std::string_view text, std::size_t first_line, YamlDialect dialect)
      : text_(text), first_line_(first_line), dialect_(dialect) {}

  void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add(mark, anchor, Value(), "");
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const std::map<YAML::anchor_t, Anchored>::const_iterator found = anchors_.find(anchor);
    if (found == anchors_.end()) {
      throw YAML::ParserException(mark, "found an alias of a value that it lies in");
    }
    count(mark, found->second.values);
    if (open_.size() + depth_of(found->second.value) > kMaxNesting) {
      refuse_depth(mark);
    }
    add(mark, 0, found->second.value, found->second.value.to_text());
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    const bool plain = tag == "?" || (tag.ends_with(":int") || tag.ends_with(":float") ||
                                      tag.ends_with(":bool") || tag.ends_with(":null"));
    const bool is_key = wants_key();
    if (!plain && dialect_ == YamlDialect::kNew) {
      check_quoted(mark);
    }
    // The library reports an empty unquoted scalar with the tag of a quoted one in no case.
    const bool is_old = dialect_ == YamlDialect::kOld;
    Value value = !plain ? Value(text) : (is_old ? plain_scalar_of_old(text) : plain_scalar(text));
    if (is_key && is_old &&
        (std::holds_alternative<bool>(value.data()) ||
         std::holds_alternative<double>(value.data()))) {
      add(mark, anchor, value, value.to_text(), plain);
      return;
    }
    if (is_key && (std::holds_alternative<bool>(value.data()) ||
                   std::holds_alternative<double>(value.data()))) {
      throw YAML::ParserException(mark, "found the key " + text + ", wanted a string: quote it");
    }
    count(mark, 1);
    add(mark, anchor, std::move(value), text, plain);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(mark, anchor, Value(Value::Array()));
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(mark, anchor, Value::map());
  }
  void OnMapEnd() override {
    // Members that "<<" brings in come under the map's own.
    for (const Value& base : open_.back().bases) {
      for (const auto& [key, value] : *base.members()) {
        if (open_.back().value.find(key) == nullptr) {
          open_.back().value.set(key, value);
        }
      }
    }
    close();
  }

  Value result;

 private:
  struct Open {
    Value value;
    YAML::anchor_t anchor = 0;
    YAML::Mark mark;
    bool has_key = false;
    bool is_merge = false;
    std::string key;
    std::set<std::string> keys;  // As written, to find one that is there twice.
    std::vector<Value> bases;
  };
  struct Anchored {
    Value value;
    std::size_t values = 0;
  };

  [[noreturn]] static void refuse_depth(const YAML::Mark& mark) {
    throw YAML::ParserException(
        mark, "found values nested deeper than the limit of " + std::to_string(kMaxNesting));
  }

  static std::size_t depth_of(const Value& value) {
    std::size_t depth = 0;
    if (value.array() != nullptr) {
      for (const Value& each : *value.array()) {
        depth = std::max(depth, 1 + depth_of(each));
      }
    } else if (value.members() != nullptr) {
      for (const auto& [key, each] : *value.members()) {
        depth = std::max(depth, 1 + depth_of(each));
      }
    }
    return depth;
  }

  [[nodiscard]] bool wants_key() const {
    return !open_.empty() && open_.back().value.members() != nullptr && !open_.back().has_key;
  }

  void count(const YAML::Mark& mark, std::size_t values) {
    values_ += values;
    if (values_ > kMaxYamlValues) {
      throw YAML::ParserException(mark, "found more than the limit of " +
                                            std::to_string(kMaxYamlValues) +
                                            " values, aliases put in");
    }
  }

  void open(const YAML::Mark& mark, YAML::anchor_t anchor, Value value) {
    if (wants_key()) {
      throw YAML::ParserException(mark, "found a list or map as a key, wanted a string");
    }
    count(mark, 1);
    Open opened;
    opened.value = std::move(value);
    opened.anchor = anchor;
    opened.mark = mark;
    open_.push_back(std::move(opened));
    if (open_.size() > kMaxNesting) {
      refuse_depth(mark);
    }
  }

  void close() {
    Open closed = std::move(open_.back());
    open_.pop_back();
    add(closed.mark, closed.anchor, std::move(closed.value), "");
  }

  void take_key(const YAML::Mark& mark, const std::string& text, bool plain) {
    Open& parent = open_.back();
    if (!parent.keys.insert(text).second && dialect_ == YamlDialect::kNew) {
      throw YAML::ParserException(mark, "found the key '" + text + "' a second time");
    }
    parent.key = to_lower(text);
    parent.is_merge = plain && text == "<<";
    parent.has_key = true;
  }

  void merge(const YAML::Mark& mark, const Value& value) {
    if (value.members() != nullptr) {
      open_.back().bases.push_back(value);
      return;
    }
    if (value.array() == nullptr) {
      throw YAML::ParserException(mark, "found '<<' with " + value.type_name() + ", wanted a map");
    }
    for (const Value& each : *value.array()) {
      if (each.members() == nullptr) {
        throw YAML::ParserException(mark, "found '<<' with " + each.type_name() + ", wanted a map");
      }
      open_.back().bases.push_back(each);
    }
  }

  void add(const YAML::Mark& mark, YAML::anchor_t anchor, Value value, const std::string& text,
           bool plain = false) {
    value.line = first_line_ + static_cast<std::size_t>(mark.line);
    value.column = static_cast<std::size_t>(mark.column) + 1;
    if (anchor != 0) {
      const std::size_t values = count_values(value);
      anchors_[anchor] = {value, values};
    }
    if (open_.empty()) {
      result = std::move(value);
    } else if (wants_key()) {
      take_key(mark, value.is_null() && text.empty() ? "null" : text, plain);
    } else if (Open& parent = open_.back(); parent.value.array() != nullptr) {
      parent.value.array()->push_back(std::move(value));
    } else {
      parent.has_key = false;
      if (parent.is_merge) {
        merge(mark, value);
      } else {
        parent.value.set(parent.key, std::move(value));
      }
    }
  }

  /// Where a quoted scalar stands as it is written; the library takes more than Hugo's.
  void check_quoted(const YAML::Mark& mark) const {
    const std::string_view rest =
        text_.substr(std::min(static_cast<std::size_t>(mark.pos), text_.size()));
    if (const std::string complaint = complaint_about_quoted(rest); !complaint.empty()) {
      throw YAML::ParserException(mark, complaint);
    }
  }

  std::string_view text_;
  std::size_t first_line_;
  YamlDialect dialect_;
  std::size_t values_ = 0;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, Anchored> anchors_;
};

}  // namespace

bool is_plain_text(std::string_view text) {
  if (text.empty() || kFirstOfOthers.has(text.front())) {
    return false;
  }
  return !kFirstOfNames.has(text.front()) ||
         (!is_one_of(text, kNull) && !is_one_of(text, kTrue) && !is_one_of(text, kFalse));
}

// `yes` and `on` are words, dates stay text.
Value plain_scalar(std::string_view text) {
  if (is_plain_text(text)) {
    return Value(std::string(text));
  }
  if (text.empty() || text == "~" || is_one_of(text, kNull)) {
    return Value();
  }
  if (is_one_of(text, kTrue) || is_one_of(text, kFalse)) {
    return Value(is_one_of(text, kTrue));
  }
  if (text == ".inf" || text == ".Inf" || text == ".INF" || text == "-.inf") {
    const double infinity = std::numeric_limits<double>::infinity();
    return Value(text.front() == '-' ? -infinity : infinity);
  }
  return number_or_text(std::string(text));
}

Result<Value> decode_yaml(std::string_view text, const Location& start, YamlDialect dialect) {
  if (dialect == YamlDialect::kNew) {
    if (std::optional<Value> plain = read_plain_yaml(text, start.line)) {
      return std::move(*plain);
    }
  }
  YamlReader reader(text, start.line, dialect);
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(reader)) {
      return Value::map();
    }
  } catch (const YAML::Exception& error) {
    Location where = start;
    if (!error.mark.is_null()) {
      where.line = start.line + static_cast<std::size_t>(error.mark.line);
      where.column = static_cast<std::size_t>(error.mark.column) + 1;
    }
    return fail(ErrorCode::kInvalid, "wrong YAML: " + error.msg, where);
  }
  if (reader.result.is_null()) {
    return Value::map();
  }
  if (reader.result.members() == nullptr) {
    return fail(ErrorCode::kInvalid, "found " + reader.result.type_name() + ", wanted a map",
                start);
  }
  return std::move(reader.result);
}

}  // namespace likes::hugo
