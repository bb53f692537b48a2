#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace likes::hugo {

/// A date and time as TOML writes them: with its own offset, or to be read in the site's time zone.
struct DateTime {
  int year = 1;
  int month = 1;
  int day = 1;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int nanosecond = 0;
  std::optional<int> offset_seconds;  ///< East of UTC.
  bool has_time = true;               ///< False for a day alone.
};

/// The order of bytes. Nearly all keys differ in the first one, which spares comparing the rest.
struct KeyOrder {
  using is_transparent = void;
  bool operator()(std::string_view left, std::string_view right) const {
    const bool is_decided = !left.empty() && !right.empty() && left.front() != right.front();
    return is_decided ? static_cast<unsigned char>(left.front()) <
                            static_cast<unsigned char>(right.front())
                      : left < right;
  }
};

/// What a configuration or front matter holds, whichever of TOML, YAML and JSON it is written in.
/// Keys of maps are lower case, since Hugo does not tell `baseURL` from `baseurl`.
///
/// The to_… functions read a value the way Hugo does where it wants another type than is written:
/// `weight: "3"` is 3, `title: 2020` is "2020", and what cannot be read is nothing ("", 0, false).
class Value {
 public:
  using Array = std::vector<Value>;
  using Map = std::map<std::string, Value, KeyOrder>;
  using Data =
      std::variant<std::monostate, bool, std::int64_t, double, std::string, DateTime, Array, Map>;

  Value() = default;
  explicit Value(bool truth) : data_(truth) {}
  explicit Value(std::int64_t number) : data_(number) {}
  explicit Value(double number) : data_(number) {}
  explicit Value(std::string text) : data_(std::move(text)) {}
  explicit Value(const char*) = delete;  // It would be a bool.
  explicit Value(const DateTime& date) : data_(date) {}
  explicit Value(Array array) : data_(std::move(array)) {}
  explicit Value(Map map) : data_(std::move(map)) {}
  [[nodiscard]] static Value map();

  [[nodiscard]] const Data& data() const { return data_; }
  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(data_); }
  [[nodiscard]] const Array* array() const { return std::get_if<Array>(&data_); }
  [[nodiscard]] Array* array() { return std::get_if<Array>(&data_); }
  [[nodiscard]] const Map* members() const { return std::get_if<Map>(&data_); }
  [[nodiscard]] Map* members() { return std::get_if<Map>(&data_); }
  [[nodiscard]] const std::string* text() const { return std::get_if<std::string>(&data_); }

  /// The member of a map, or nullptr: also when this is no map. `key` is lower case.
  [[nodiscard]] const Value* find(std::string_view key) const;
  [[nodiscard]] Value* find(std::string_view key);
  /// The value at a path of keys, as far as there are maps on the way.
  [[nodiscard]] const Value* find_path(std::initializer_list<std::string_view> keys) const;
  /// Sets a member, in the place of one of the same key. Makes a map of what was none.
  void set(std::string key, Value value);
  /// Sets a member that is not there yet; false where it is.
  bool add(std::string key, Value&& value);
  void erase(std::string_view key);

  [[nodiscard]] std::string to_text() const;
  [[nodiscard]] std::int64_t to_integer() const;
  [[nodiscard]] bool to_bool() const;
  /// A string is cut at white space: Hugo's reading of `aliases` and `keywords`.
  [[nodiscard]] std::vector<std::string> to_words() const;
  /// A string is one term: Hugo's reading of `tags`. Empty terms are left out;
  /// a list with lists or maps in it has none, or those that are beside them.
  [[nodiscard]] std::vector<std::string> to_terms(bool skips_lists = false) const;

  /// "a string", "a list": what was found, for messages.
  [[nodiscard]] std::string type_name() const;

  /// Where it was read, counted from 1; 0 where that is not known. `source` tells the files of a
  /// configuration apart (Config::files).
  std::size_t line = 0;
  std::size_t column = 0;
  std::size_t source = 0;

 private:
  Data data_;
};

/// Gives a member of a map another name; one that has it already goes.
void rename_key(Value& map, std::string_view old, const std::string& name);

/// Puts the members of `over` into the map `under`, maps within maps likewise.
void merge_deep(Value& under, const Value& over);

}  // namespace likes::hugo
