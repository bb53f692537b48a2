#pragma once

#include <string>
#include <vector>

#include "tools/hugo/config.h"

namespace likes::hugo {

/// The files of a configuration merged into one map, before anything is made of it.
struct RawConfig {
  Value root;
  std::vector<std::string> files;  ///< By Value::source; the last stands for the environment.

  [[nodiscard]] Location place(const Value& value) const;
  [[nodiscard]] tl::unexpected<Error> wrong(const Value& value, const std::string& message) const;
};

/// Reads the files that the request names, or finds, and puts HUGO_… variables over them.
[[nodiscard]] Result<RawConfig> read_config_files(const ConfigRequest& request);

/// Reads one file by the format that its extension names.
[[nodiscard]] Result<Value> read_config_file(const std::filesystem::path& file);

/// hugo.toml, hugo.yaml …, config.json in `folder`, or nothing.
[[nodiscard]] std::optional<std::filesystem::path> find_config_file(
    const std::filesystem::path& folder);

}  // namespace likes::hugo
