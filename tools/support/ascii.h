#pragma once

namespace likes {

/// A letter of ASCII in lower case; any other character as it is.
template <class Character>
[[nodiscard]] constexpr Character lower_ascii(Character c) {
  return c >= 'A' && c <= 'Z' ? static_cast<Character>(c + ('a' - 'A')) : c;
}

}  // namespace likes
