#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tools/support/character_set.h"

namespace likes::hugo {

// What plain TOML and plain YAML have in common.

/// What keys without quotes are made of.
inline constexpr CharacterSet kKeyCharacters =
    CharacterSet("_-").and_range('a', 'z').and_range('A', 'Z').and_range('0', '9');

/// Takes a text in quotes off the front of `rest`, where both read the same: on one line,
/// in '…' as it stands, in "…" with no escapes but \" and \\. Nothing for any other text.
[[nodiscard]] std::optional<std::string> take_quoted(std::string_view& rest);

}  // namespace likes::hugo
