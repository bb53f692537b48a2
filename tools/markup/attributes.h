#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace likes::markup {

/// Attributes in the order in which they are written; classes make one.
using Attributes = std::vector<std::pair<std::string, std::string>>;

/// Reads `{#id .class key=value}`, as Goldmark has them behind headings; nothing where `text` is
/// not all of that.
[[nodiscard]] std::optional<Attributes> read_attributes(std::string_view text);

/// Takes attributes off the end of a heading's text.
[[nodiscard]] Attributes take_attributes(std::string& text);

}  // namespace likes::markup
