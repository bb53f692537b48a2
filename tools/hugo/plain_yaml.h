#pragma once

#include <optional>
#include <string_view>

#include "tools/hugo/decoder.h"
#include "tools/hugo/value.h"

namespace likes::hugo {

/// Reads the YAML that nearly all front matter is made of: keys at the margin with a word, a text
/// in quotes, a list of such in brackets or on lines of their own. Nothing for any other text, also
/// for wrong ones: those are decode_yaml()'s, which takes ten times as long.
[[nodiscard]] std::optional<Value> read_plain_yaml(std::string_view text, std::size_t first_line);

/// What an unquoted word means in YAML as Hugo 0.152 and later read it.
[[nodiscard]] Value plain_scalar(std::string_view text);

/// Whether it is sure to mean itself, as nearly all words do.
[[nodiscard]] bool is_plain_text(std::string_view text);

}  // namespace likes::hugo
