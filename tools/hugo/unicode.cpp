#include "tools/hugo/unicode.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "tools/support/ascii.h"
#include "tools/support/utf8.h"

namespace likes::hugo {
namespace {

struct CodeRange {
  char32_t low;
  char32_t high;
};

/// Letters from low to high, every stride-th, whose lower case is delta away.
struct LowerRun {
  char32_t low;
  char32_t high;
  int stride;
  int delta;
};

struct BaseLetter {
  char32_t letter;
  char32_t base;
};

#include "tools/hugo/unicode_data.inc"

constexpr char32_t kReplacement = 0xFFFD;

template <class Range, std::size_t kCount>
const Range* find_range(const Range (&ranges)[kCount], char32_t character) {
  const Range* found =
      std::partition_point(std::begin(ranges), std::end(ranges),
                           [character](const Range& range) { return range.high < character; });
  return found != std::end(ranges) && found->low <= character ? found : nullptr;
}

char32_t lower(char32_t character) {
  if (character < 0x80) {
    return lower_ascii(character);
  }
  const LowerRun* run = find_range(kLower, character);
  if (run == nullptr || (character - run->low) % static_cast<char32_t>(run->stride) != 0) {
    return character;
  }
  return static_cast<char32_t>(static_cast<int>(character) + run->delta);
}

char32_t base_letter(char32_t character) {
  const BaseLetter* found =
      std::partition_point(std::begin(kBases), std::end(kBases),
                           [character](const BaseLetter& each) { return each.letter < character; });
  return found != std::end(kBases) && found->letter == character ? found->base : character;
}

}  // namespace

char32_t next_beyond_ascii(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  const std::size_t more = lead >= 0xF0 ? 3 : (lead >= 0xE0 ? 2 : 1);
  if (lead < 0xC2 || lead > 0xF4 || text.size() - at < more) {
    return kReplacement;
  }
  char32_t character = lead & (0x3FU >> more);
  for (std::size_t i = 0; i < more; ++i) {
    const auto byte = static_cast<unsigned char>(text[at + i]);
    if ((byte & 0xC0U) != 0x80) {
      return kReplacement;
    }
    character = character << 6 | (byte & 0x3FU);
  }
  constexpr char32_t kSmallest[] = {0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = character >= 0xD800 && character <= 0xDFFF;
  if (character < kSmallest[more] || character > 0x10FFFF || is_surrogate) {
    return kReplacement;
  }
  at += more;
  return character;
}

void append_utf8(std::string& text, char32_t character) {
  const auto tail = [character](int shift) {
    return static_cast<char>(0x80 | (character >> shift & 0x3F));
  };
  if (character < 0x80) {
    text += static_cast<char>(character);
  } else if (character < 0x800) {
    text += static_cast<char>(0xC0 | character >> 6);
    text += tail(0);
  } else if (character < 0x10000) {
    text += static_cast<char>(0xE0 | character >> 12);
    text += tail(6);
    text += tail(0);
  } else {
    text += static_cast<char>(0xF0 | character >> 18);
    text += tail(12);
    text += tail(6);
    text += tail(0);
  }
}

bool is_letter_digit_or_mark(char32_t character) {
  if (character < 0x80) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9');
  }
  return find_range(kLettersDigitsMarks, character) != nullptr;
}

bool is_space(char32_t character) {
  return (character >= '\t' && character <= '\r') || character == ' ' || character == 0x85 ||
         character == 0xA0 || character == 0x1680 || (character >= 0x2000 && character <= 0x200A) ||
         character == 0x2028 || character == 0x2029 || character == 0x202F || character == 0x205F ||
         character == 0x3000;
}

void make_lower(std::string& text) {
  if (is_ascii(text)) {
    for (char& c : text) {
      c = lower_ascii(c);
    }
    return;
  }
  std::string lowered;
  lowered.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    append_utf8(lowered, lower(next_character(text, at)));
  }
  text = std::move(lowered);
}

std::string to_lower(std::string_view text) {
  std::string lowered(text);
  make_lower(lowered);
  return lowered;
}

char32_t to_upper(char32_t character) {
  if (character < 0x80) {
    return character >= 'a' && character <= 'z' ? character - ('a' - 'A') : character;
  }
  for (const LowerRun& run : kLower) {
    const auto upper = static_cast<char32_t>(static_cast<int>(character) - run.delta);
    const bool is_inside = upper >= run.low && upper <= run.high;
    if (is_inside && (upper - run.low) % static_cast<char32_t>(run.stride) == 0) {
      return upper;
    }
  }
  return character;
}

std::string remove_accents(std::string_view text) {
  if (is_ascii(text)) {
    return std::string(text);
  }
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t character = next_character(text, at);
    if (character < 0x80 || find_range(kNonspacingMarks, character) == nullptr) {
      append_utf8(plain, base_letter(character));
    }
  }
  return plain;
}

}  // namespace likes::hugo
