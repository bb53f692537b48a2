#include "tools/formats/json_text.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "tools/support/character_set.h"
#include "tools/support/utf8.h"

namespace likes::formats {
namespace {

Location location_of(std::string_view text, std::size_t offset, const std::string& name) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto lines = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  const std::size_t line_start =
      before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  return {name, lines + 1, before.size() - line_start + 1};
}

/// nlohmann's message without its own id and position, which we print our way.
std::string reason_of(const nlohmann::json::parse_error& error) {
  const std::string what = error.what();
  const std::size_t reason = what.find(": ");
  return reason == std::string::npos ? what : what.substr(reason + 2);
}

/// Whether all of it is ASCII that stands in JSON as it is, eight bytes at a time.
bool is_plain(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  constexpr std::uint64_t kHighBits = 0x80 * kOnes;
  // Sets the high bit of each byte that is 0, and perhaps of bytes above such a one.
  const auto zeros = [](std::uint64_t word) { return (word - kOnes) & ~word; };
  const auto odd_in = [&zeros](std::uint64_t word) {
    return word | zeros(word ^ '"' * kOnes) | zeros(word ^ '\\' * kOnes) |
           ((word - 0x20 * kOnes) & ~word);
  };
  std::uint64_t odd = 0;
  std::uint64_t word = 0;
  for (; text.size() >= sizeof word; text.remove_prefix(sizeof word)) {
    std::memcpy(&word, text.data(), sizeof word);
    odd |= odd_in(word);
  }
  word = 'x' * kOnes;
  for (const char c : text) {
    word = word << 8U | static_cast<unsigned char>(c);
  }
  return ((odd | odd_in(word)) & kHighBits) == 0;
}

constexpr CharacterSet kEscaped = CharacterSet("\"\\").and_range('\0', '\x1F');

}  // namespace

Result<nlohmann::json> parse_json(std::string_view text, const std::string& name,
                                  std::size_t max_bytes) {
  if (text.size() > max_bytes) {
    return fail(ErrorCode::kInvalid,
                "is larger than the limit of " + std::to_string(max_bytes) + " bytes", {name});
  }
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return fail(ErrorCode::kInvalid, "is empty, wanted JSON", {name});
  }
  try {
    return nlohmann::json::parse(text);
  } catch (const nlohmann::json::parse_error& error) {
    const std::size_t offset = error.byte > 0 ? error.byte - 1 : 0;
    return fail(ErrorCode::kInvalid, "is no valid JSON: " + reason_of(error),
                location_of(text, offset, name));
  }
}

std::string to_line(const nlohmann::ordered_json& value) {
  return value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

void append_string(std::string& json, std::string_view text) {
  if (!is_plain(text) && (kEscaped.first_in(text) < text.size() || !is_utf8(text))) {
    json += to_line(nlohmann::ordered_json(text));
    return;
  }
  json += '"';
  json += text;
  json += '"';
}

std::string kind_of(const nlohmann::json& value) {
  switch (value.type()) {
    case nlohmann::json::value_t::null:
      return "null";
    case nlohmann::json::value_t::object:
      return "an object";
    case nlohmann::json::value_t::array:
      return "an array";
    case nlohmann::json::value_t::string:
      return "a string";
    case nlohmann::json::value_t::boolean:
      return "true or false";
    case nlohmann::json::value_t::number_integer:
    case nlohmann::json::value_t::number_unsigned:
      return "a whole number";
    case nlohmann::json::value_t::number_float:
      return "a number with a fraction";
    case nlohmann::json::value_t::binary:
    case nlohmann::json::value_t::discarded:
      break;
  }
  return "something that is no JSON";
}

}  // namespace likes::formats
