#include "tools/bake/number.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace likes::bake {
namespace {

struct Style {
  std::string_view locale;
  std::string_view separator;
  std::size_t group = 3;         ///< Digits between separators; the last three are always together.
  std::size_t least_digits = 4;  ///< Shorter numbers have no separator.
};

constexpr std::string_view kNoBreakSpace = "\u00a0";

constexpr std::array<Style, 11> kStyles = {{{"ar", ","},
                                            {"de", "."},
                                            {"en", ","},
                                            {"es", ".", 3, 5},
                                            {"fr", "\u202f"},
                                            {"hi", ",", 2},
                                            {"ja", ","},
                                            {"pl", kNoBreakSpace, 3, 5},
                                            {"pt", "."},
                                            {"ru", kNoBreakSpace},
                                            {"zh", ","}}};

}  // namespace

std::string write_number(std::int64_t number, std::string_view locale) {
  std::string digits = std::to_string(number);
  const auto* const style =
      std::find_if(kStyles.begin(), kStyles.end(),
                   [locale](const Style& candidate) { return candidate.locale == locale; });
  if (style == kStyles.end() || digits.size() < style->least_digits) {
    return digits;
  }
  std::string written = digits.substr(digits.size() - 3);
  for (std::size_t left = digits.size() - 3; left > 0;) {
    const std::size_t size = std::min(left, style->group);
    left -= size;
    written.insert(0, style->separator).insert(0, digits, left, size);
  }
  return written;
}

}  // namespace likes::bake
