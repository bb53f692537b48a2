#pragma once

#include <string>
#include <string_view>

namespace likes {

[[nodiscard]] bool is_ascii(std::string_view bytes);

/// Whether these bytes are well-formed UTF-8 (no overlong forms, no surrogates).
[[nodiscard]] bool is_utf8(std::string_view bytes);

/// Appends one character; what is no Unicode scalar value becomes U+FFFD.
void append_utf8(std::string& text, char32_t character);

}  // namespace likes
