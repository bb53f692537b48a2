#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "tools/hugo/value.h"

namespace likes::hugo {

/// Reads the TOML that nearly all front matter is made of: bare keys without tables, each with a
/// text in quotes, a whole number, true or false, a date, or a list of such. Nothing for any other
/// text, also for wrong ones: those are decode_toml()'s, which takes five times as long.
[[nodiscard]] std::optional<Value> read_plain_toml(std::string_view text, std::size_t first_line);

}  // namespace likes::hugo
