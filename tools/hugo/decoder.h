#pragma once

#include <cstddef>
#include <string_view>

#include "tools/hugo/value.h"
#include "tools/support/result.h"

namespace likes::hugo {

enum class DataFormat { kToml, kYaml, kJson, kOrg };

/// YAML as Hugo 0.152 and later read it, or as they did before: `yes` is true, of a key that stands
/// twice the later one counts.
enum class YamlDialect { kNew, kOld };

/// How deep lists and maps may lie in each other.
inline constexpr std::size_t kMaxNesting = 100;
/// How many values a YAML text may come to once its aliases are put in: a short text can ask for
/// billions.
inline constexpr std::size_t kMaxYamlValues = 100'000;

/// Reads a map as Hugo does; an empty text is an empty map. `start` says where the text begins:
/// messages and the lines of values count from there.
[[nodiscard]] Result<Value> decode(DataFormat format, std::string_view text, const Location& start,
                                   YamlDialect dialect = YamlDialect::kNew);

[[nodiscard]] Result<Value> decode_toml(std::string_view text, const Location& start);
[[nodiscard]] Result<Value> decode_yaml(std::string_view text, const Location& start,
                                        YamlDialect dialect = YamlDialect::kNew);
[[nodiscard]] Result<Value> decode_json(std::string_view text, const Location& start);
/// The keywords at the top of an Org file: `#+title: Hello`.
[[nodiscard]] Result<Value> decode_org(std::string_view text, const Location& start);

}  // namespace likes::hugo
