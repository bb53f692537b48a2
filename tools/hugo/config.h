#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include "tools/hugo/hugo_version.h"
#include "tools/hugo/language.h"
#include "tools/hugo/mount.h"
#include "tools/hugo/page_path.h"
#include "tools/support/result.h"

namespace likes::hugo {

/// `[params.likes]`, as far as these programs read it.
struct LikesParams {
  std::string api;           ///< Where the server answers; "": on the site's own origin.
  bool inject = false;       ///< Whether `likes inject` is to place buttons,
  std::string inject_after;  ///< and where; "": by its own rule.
  std::optional<std::vector<std::string>> sections;  ///< Which take likes; not set: all.
  bool share_translations = false;                   ///< One key for a page in all languages.
};

/// A Hugo configuration as far as it bears on which pages there are and where they are. What bears
/// on that and is not supported yet is refused when the configuration is loaded.
struct Config {
  /// Differs wherever anything below does, as it has been read, or a rule does.
  std::string identity;
  std::filesystem::path source;
  std::string environment;
  VersionRules rules;
  std::vector<Language> languages = std::vector<Language>(1);  ///< In Hugo's order; at least one.
  std::size_t default_language = 0;
  PathSyntax syntax;
  std::vector<Mount> mounts;  ///< Of content; the first that has a file counts.
  bool build_drafts = false;
  bool build_future = false;
  bool build_expired = false;
  std::optional<Location> git_info;  ///< Where Git is asked for; not set: it is not.
  std::vector<std::regex> ignore_files;
  LikesParams likes;
  std::vector<Error> warnings;

  [[nodiscard]] const Language& main_language() const { return languages[default_language]; }
};

/// Reads the configuration that `hugo` would read. Errors name file, line and column.
[[nodiscard]] Result<Config> load_config(const ConfigRequest& request);

}  // namespace likes::hugo
