#include "tools/hugo/page_order.h"

#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "tools/hugo/unicode.h"

namespace likes::hugo {
namespace {

/// Blanks, then punctuation, signs, digits and letters, as in the Unicode collation's root.
int character_class(char32_t character) {
  if (is_space(character)) {
    return 0;
  }
  if (character < 0x80) {
    const char c = static_cast<char>(character);
    if (c >= '0' && c <= '9') {
      return 3;
    }
    constexpr std::string_view kPunctuation = "_-,;:!?.'\"()[]{}@*/\\&#%";
    if (!is_letter_digit_or_mark(character)) {
      return kPunctuation.find(c) != std::string_view::npos ? 1 : 2;
    }
    return 4;
  }
  return is_letter_digit_or_mark(character) ? 4 : 2;
}

/// Letters with a stroke count as those without at first, like letters with accents.
char32_t without_stroke(char32_t character) {
  constexpr std::pair<char32_t, char32_t> kStrokes[] = {
      {0xF8, 'o'}, {0x111, 'd'}, {0x127, 'h'}, {0x142, 'l'}, {0x167, 't'}};
  for (const auto& [letter, base] : kStrokes) {
    if (letter == character) {
      return base;
    }
  }
  return character;
}

/// Where a character stands among its class.
std::size_t rank(char32_t character) {
  constexpr std::string_view kOrder = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";
  const std::size_t found =
      character < 0x80 ? kOrder.find(static_cast<char>(character)) : std::string_view::npos;
  if (found != std::string_view::npos) {
    return found;
  }
  return without_stroke(character);
}

std::vector<std::tuple<int, std::size_t>> base_weights(std::string_view text) {
  const std::string folded = to_lower(remove_accents(text));
  std::vector<std::tuple<int, std::size_t>> weights;
  for (std::size_t at = 0; at < folded.size();) {
    const char32_t character = next_character(folded, at);
    weights.emplace_back(character_class(character), rank(character));
  }
  return weights;
}

template <class T>
int three_way(const T& left, const T& right) {
  return left < right ? -1 : (right < left ? 1 : 0);
}

}  // namespace

int compare_titles(std::string_view left, std::string_view right) {
  if (left == right) {
    return 0;
  }
  if (const int base = three_way(base_weights(left), base_weights(right)); base != 0) {
    return base;
  }
  if (const int accents = three_way(to_lower(left), to_lower(right)); accents != 0) {
    return accents;
  }
  // Small letters before capitals, which have the lower numbers.
  return three_way(right, left);
}

bool is_before(const Page& left, const Page& right) {
  if (left.weight != right.weight) {
    return right.weight == 0 || (left.weight != 0 && left.weight < right.weight);
  }
  if (left.date.unix_seconds() != right.date.unix_seconds()) {
    return left.date.unix_seconds() > right.date.unix_seconds();
  }
  if (const int titles = compare_titles(left.link_title, right.link_title); titles != 0) {
    return titles < 0;
  }
  const std::string left_file = normalize_path(left.source.file);
  const std::string right_file = normalize_path(right.source.file);
  return std::tie(left_file, left.source.file) < std::tie(right_file, right.source.file);
}

}  // namespace likes::hugo
