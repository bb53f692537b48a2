#include "tools/markup/heading_ids.h"

#include <unicode/uchar.h>

#include "tools/hugo/unicode.h"

namespace likes::markup {
namespace {

std::string_view trim(std::string_view text) {
  while (!text.empty() && hugo::is_space(static_cast<unsigned char>(text.front()))) {
    text.remove_prefix(1);
  }
  while (!text.empty() && static_cast<unsigned char>(text.back()) < 0x80 &&
         hugo::is_space(static_cast<unsigned char>(text.back()))) {
    text.remove_suffix(1);
  }
  return text;
}

bool is_letter_or_digit(char32_t c) {
  return u_isalpha(static_cast<UChar32>(c)) != 0 || u_isdigit(static_cast<UChar32>(c)) != 0;
}

/// GitHub's way: a hyphen for each blank, nothing for what is no letter.
std::string keep_letters(std::string_view text, bool is_ascii) {
  const std::string plain = is_ascii ? hugo::remove_accents(text) : std::string(text);
  const std::string_view trimmed = trim(plain);
  std::string id;
  for (std::size_t at = 0; at < trimmed.size();) {
    const char32_t c = hugo::next_character(trimmed, at);
    if (c == '-' || c == ' ') {
      id += '-';
    } else if ((!is_ascii || c < 0x80) && (c == '_' || is_letter_or_digit(c))) {
      hugo::append_utf8(id, c);
    }
  }
  return id;
}

/// Blackfriday's way: one hyphen between words.
std::string join_words(std::string_view text) {
  std::string id;
  bool is_between = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = hugo::next_character(text, at);
    if (!is_letter_or_digit(c)) {
      is_between = true;
      continue;
    }
    id += is_between && !id.empty() ? "-" : "";
    is_between = false;
    hugo::append_utf8(id, c);
  }
  return id;
}

}  // namespace

std::string HeadingIds::make(std::string_view text) {
  std::string id =
      hugo::to_lower(style_ == hugo::HeadingIds::kBlackfriday
                         ? join_words(text)
                         : keep_letters(text, style_ == hugo::HeadingIds::kGitHubAscii));
  if (id.empty()) {
    id = "heading";
  }
  if (taken_.insert(id).second) {
    return id;
  }
  for (std::size_t& number = last_[id];;) {
    std::string numbered = id + "-" + std::to_string(++number);
    if (taken_.insert(numbered).second) {
      return numbered;
    }
  }
}

}  // namespace likes::markup
