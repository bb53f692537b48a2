#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tools/hugo/hugo_version.h"
#include "tools/hugo/value.h"
#include "tools/support/result.h"

namespace likes::hugo {

inline constexpr std::size_t kMaxConfigBytes = std::size_t{4} << 20;
inline constexpr std::size_t kMaxConfigFiles = 10'000;

/// What is asked for on the command line and in the environment.
struct ConfigRequest {
  std::filesystem::path source = ".";
  std::vector<std::filesystem::path> files;  ///< `--config`; none: looked for in `source`.
  std::string environment = "production";
  /// Whose rules count; not set: those of `[params.likes] hugoVersion`, or the newest known.
  std::optional<HugoVersion> hugo_version;
  bool build_drafts = false;
  bool build_future = false;
  bool build_expired = false;
  std::map<std::string, std::string> variables;  ///< The process's; HUGO_… ones count.
};

/// The files of a configuration merged into one map, before anything is made of it.
struct RawConfig {
  Value root;
  std::vector<std::string> files;  ///< By Value::source; the last stands for the environment.

  [[nodiscard]] Location place(const Value& value) const;
  [[nodiscard]] tl::unexpected<Error> wrong(const Value& value, const std::string& message) const;
};

/// Reads the files that the request names, or finds, with the folder `config/` over them and
/// HUGO_… variables over all.
[[nodiscard]] Result<RawConfig> read_config_files(const ConfigRequest& request);

/// Adds the configuration of a theme or module in `folder`, files and folder `config/` alike, to
/// `raw.files`, and gives its map; an empty one where it has none.
[[nodiscard]] Result<Value> read_module_config(RawConfig& raw, const std::filesystem::path& folder,
                                               const std::string& environment);

}  // namespace likes::hugo
