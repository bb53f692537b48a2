#include "tools/support/duration.h"

#include <array>
#include <charconv>

namespace likes {
namespace {

struct Unit {
  char letter;
  std::int64_t seconds;
};
constexpr std::array kUnits{Unit{'d', 86400}, Unit{'h', 3600}, Unit{'m', 60}, Unit{'s', 1}};
/// Far above any setting, far below what multiplication could overflow with.
constexpr std::int64_t kMaxSeconds = 1'000'000'000;

}  // namespace

std::optional<std::int64_t> parse_whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) {
    return std::nullopt;
  }
  return number;
}

std::optional<std::int64_t> parse_duration(std::string_view text) {
  if (text.empty()) {
    return std::nullopt;
  }
  const std::optional<std::int64_t> number = parse_whole_number(text.substr(0, text.size() - 1));
  for (const Unit& unit : kUnits) {
    if (text.back() == unit.letter && number && *number <= kMaxSeconds / unit.seconds) {
      return *number * unit.seconds;
    }
  }
  return std::nullopt;
}

std::string duration_to_string(std::int64_t seconds) {
  for (const Unit& unit : kUnits) {
    if (seconds != 0 && seconds % unit.seconds == 0) {
      return std::to_string(seconds / unit.seconds) + unit.letter;
    }
  }
  return std::to_string(seconds) + "s";
}

}  // namespace likes
