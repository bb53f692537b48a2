#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace likes::html {

struct CharacterReference {
  char32_t character;
  std::size_t length;  ///< With "&" and ";".
};

/// The reference that `text` begins with, as template engines and minifiers write them: `&amp;`,
/// `&#39;`, `&#x27;`. Of the named ones these are the five that XML knows.
[[nodiscard]] std::optional<CharacterReference> character_reference(std::string_view text);

/// An attribute's value with its character references replaced.
[[nodiscard]] std::string decode_attribute(std::string_view value);

}  // namespace likes::html
