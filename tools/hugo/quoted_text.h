#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace likes::hugo {

/// Takes a text in quotes off the front of `rest`, where TOML and YAML say the same: on one line,
/// in '…' as it stands, in "…" with no escapes but \" and \\. Nothing for any other text.
[[nodiscard]] std::optional<std::string> take_quoted(std::string_view& rest);

}  // namespace likes::hugo
