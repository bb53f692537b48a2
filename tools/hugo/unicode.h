#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// The part of Unicode that Hugo's path rules rest on. Text is UTF-8; a byte that is no UTF-8 reads
/// as U+FFFD, as in Go.
namespace likes::hugo {

[[nodiscard]] char32_t next_beyond_ascii(std::string_view text, std::size_t& at);

/// The character at `at`, which then stands behind it.
[[nodiscard]] inline char32_t next_character(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  return lead < 0x80 ? static_cast<unsigned char>(text[at++]) : next_beyond_ascii(text, at);
}

void append_utf8(std::string& text, char32_t character);

/// Letters, decimal digits and marks: what a path may hold besides a few signs.
[[nodiscard]] bool is_letter_digit_or_mark(char32_t character);

[[nodiscard]] bool is_space(char32_t character);

/// The simple lower case, letter by letter, whatever the language.
[[nodiscard]] std::string to_lower(std::string_view text);
void make_lower(std::string& text);

/// The simple upper case of one character.
[[nodiscard]] char32_t to_upper(char32_t character);

/// `żółć` becomes `zołc`: accents go, letters that are letters of their own stay.
[[nodiscard]] std::string remove_accents(std::string_view text);

}  // namespace likes::hugo
