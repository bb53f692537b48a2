#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "tools/support/result.h"

namespace likes::formats {

/// Parses JSON that people or programs gave us; an error names file, line and column.
[[nodiscard]] Result<nlohmann::json> parse_json(std::string_view text, const std::string& name,
                                                std::size_t max_bytes);

/// The value on one line, as UTF-8; what is no valid UTF-8 in it becomes U+FFFD.
[[nodiscard]] std::string to_line(const nlohmann::ordered_json& value);

/// Appends a string as JSON, in the same bytes as to_line() would.
void append_string(std::string& json, std::string_view text);

/// What kind of value this is, in the words of a message: "a string", "null" …
[[nodiscard]] std::string kind_of(const nlohmann::json& value);

}  // namespace likes::formats
