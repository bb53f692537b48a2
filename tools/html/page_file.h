#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "tools/html/marker.h"

namespace likes::html {

/// A larger file of a built site is told and left alone.
inline constexpr std::size_t kMaxPageBytes = std::size_t{64} << 20;

/// What a file of a built site is by its name; nothing for one that is neither page nor feed.
[[nodiscard]] std::optional<Syntax> syntax_of(std::string_view file_name);

}  // namespace likes::html
