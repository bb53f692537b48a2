#include "tools/html/character_reference.h"

#include <array>
#include <charconv>
#include <utility>

#include "tools/support/utf8.h"

namespace likes::html {
namespace {

constexpr std::array<std::pair<std::string_view, char>, 5> kNamed = {
    {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}};

/// The character that `name` stands for, as between "&" and ";".
std::optional<char32_t> referenced(std::string_view name) {
  if (name.size() > 1 && name.front() == '#') {
    const bool hex = name[1] == 'x' || name[1] == 'X';
    const std::string_view digits = name.substr(hex ? 2 : 1);
    unsigned long code = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
    if (error == std::errc() && end == digits.data() + digits.size() && code <= 0x10FFFF) {
      return static_cast<char32_t>(code);
    }
    return std::nullopt;
  }
  for (const auto& [known, character] : kNamed) {
    if (name == known) {
      return static_cast<char32_t>(character);
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<CharacterReference> character_reference(std::string_view text) {
  constexpr std::size_t kLongest = 10;  // "#x0010FFFF"
  if (!text.starts_with('&')) {
    return std::nullopt;
  }
  const std::size_t semicolon = text.substr(1, kLongest + 1).find(';');
  if (semicolon == std::string_view::npos) {
    return std::nullopt;
  }
  const std::optional<char32_t> character = referenced(text.substr(1, semicolon));
  if (!character) {
    return std::nullopt;
  }
  return CharacterReference{*character, semicolon + 2};
}

std::string decode_attribute(std::string_view value) {
  std::string decoded;
  while (!value.empty()) {
    const std::size_t ampersand = value.find('&');
    decoded += value.substr(0, ampersand);
    if (ampersand == std::string_view::npos) {
      break;
    }
    value.remove_prefix(ampersand);
    if (const std::optional<CharacterReference> reference = character_reference(value)) {
      append_utf8(decoded, reference->character);
      value.remove_prefix(reference->length);
    } else {
      decoded += '&';
      value.remove_prefix(1);
    }
  }
  return decoded;
}

}  // namespace likes::html
