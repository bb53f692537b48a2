#pragma once

#include <cstddef>
#include <string_view>

#include "tools/hugo/value.h"
#include "tools/support/result.h"

namespace likes::hugo {

enum class DataFormat { kToml, kYaml, kJson };

/// How deep lists and maps may lie in each other.
inline constexpr std::size_t kMaxNesting = 100;
/// How many values a YAML text may come to once its aliases are put in: a short text can ask for
/// billions.
inline constexpr std::size_t kMaxYamlValues = 100'000;

/// Reads a map as Hugo 0.169 does; an empty text is an empty map. `start` says where the text
/// begins: messages and the lines of values count from there.
[[nodiscard]] Result<Value> decode(DataFormat format, std::string_view text, const Location& start);

[[nodiscard]] Result<Value> decode_toml(std::string_view text, const Location& start);
[[nodiscard]] Result<Value> decode_yaml(std::string_view text, const Location& start);
[[nodiscard]] Result<Value> decode_json(std::string_view text, const Location& start);

}  // namespace likes::hugo
