#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "tools/hugo/decoder.h"
#include "tools/hugo/unicode.h"

namespace likes::hugo {
namespace {

/// Builds a Value out of what the library's parser reports. It gives no places of values.
class JsonReader : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return add(Value()); }
  bool boolean(bool truth) override { return add(Value(truth)); }
  // Go knows one kind of JSON number.
  bool number_integer(number_integer_t number) override {
    return add(Value(static_cast<double>(number)));
  }
  bool number_unsigned(number_unsigned_t number) override {
    return add(Value(static_cast<double>(number)));
  }
  bool number_float(number_float_t number, const string_t& /*text*/) override {
    return add(Value(number));
  }
  bool string(string_t& text) override { return add(Value(std::move(text))); }
  bool binary(binary_t& /*bytes*/) override { return false; }
  bool start_object(std::size_t /*count*/) override { return open(Value::map()); }
  bool start_array(std::size_t /*count*/) override { return open(Value(Value::Array())); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& text) override {
    open_.back().key = to_lower(text);
    return true;
  }
  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::detail::exception& error) override {
    position_ = position;
    message_ = error.what();
    // "[json.exception.parse_error.101] parse error at line 1, column 2: …": our own place is
    // better.
    if (const std::size_t colon = message_.find(": "); colon != std::string::npos) {
      message_.erase(0, colon + 2);
    }
    return false;
  }

  Value result;
  [[nodiscard]] bool too_deep() const { return open_.size() > kMaxNesting; }
  [[nodiscard]] std::size_t position() const { return position_; }
  [[nodiscard]] const std::string& message() const { return message_; }

 private:
  struct Open {
    Value value;
    std::string key;
  };

  bool open(Value value) {
    open_.push_back({std::move(value), ""});
    return !too_deep();
  }
  bool close() {
    Value value = std::move(open_.back().value);
    open_.pop_back();
    return add(std::move(value));
  }
  bool add(Value value) {
    if (open_.empty()) {
      result = std::move(value);
    } else if (Value& parent = open_.back().value; parent.array() != nullptr) {
      parent.array()->push_back(std::move(value));
    } else {
      parent.set(open_.back().key, std::move(value));
    }
    return true;
  }

  std::vector<Open> open_;
  std::size_t position_ = 0;
  std::string message_;
};

Location place_of(std::string_view text, std::size_t position, const Location& start) {
  const std::string_view before = text.substr(0, position > 0 ? position - 1 : 0);
  const std::size_t newline = before.rfind('\n');
  Location where = start;
  where.line += static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  where.column = newline == std::string_view::npos ? before.size() + 1 : before.size() - newline;
  return where;
}

}  // namespace

Result<Value> decode_json(std::string_view text, const Location& start) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return Value::map();
  }
  JsonReader reader;
  if (!nlohmann::json::sax_parse(text, &reader)) {
    if (reader.too_deep()) {
      return fail(ErrorCode::kInvalid,
                  "found values nested deeper than the limit of " + std::to_string(kMaxNesting),
                  start);
    }
    return fail(ErrorCode::kInvalid, "wrong JSON: " + reader.message(),
                place_of(text, reader.position(), start));
  }
  if (reader.result.members() == nullptr) {
    return fail(ErrorCode::kInvalid, "found " + reader.result.type_name() + ", wanted a map",
                start);
  }
  return std::move(reader.result);
}

}  // namespace likes::hugo
