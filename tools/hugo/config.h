#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include "tools/hugo/cascade.h"
#include "tools/hugo/date.h"
#include "tools/hugo/link.h"
#include "tools/hugo/page_path.h"
#include "tools/hugo/permalink.h"
#include "tools/hugo/value.h"
#include "tools/support/result.h"

namespace likes::hugo {

inline constexpr std::size_t kMaxConfigBytes = std::size_t{4} << 20;

/// What is asked for on the command line and in the environment.
struct ConfigRequest {
  std::filesystem::path source = ".";
  std::vector<std::filesystem::path> files;  ///< `--config`; none: looked for in `source`.
  std::string environment = "production";
  bool build_drafts = false;
  bool build_future = false;
  bool build_expired = false;
  std::map<std::string, std::string> variables;  ///< The process's; HUGO_… ones count.
};

/// Which front matter fields a date is looked for in, in this order; ":filename" and
/// ":filemodtime" look elsewhere.
struct DateChains {
  std::vector<std::string> date;
  std::vector<std::string> lastmod;
  std::vector<std::string> publish_date;
  std::vector<std::string> expiry_date;
};

/// `[params.likes]`, as far as these programs read it.
struct LikesParams {
  std::string api;           ///< Where the server answers; "": on the site's own origin.
  bool inject = false;       ///< Whether `likes inject` is to place buttons,
  std::string inject_after;  ///< and where; "": by its own rule.
  std::optional<std::vector<std::string>> sections;  ///< Which take likes; not set: all.
};

/// A Hugo configuration as far as it bears on which pages there are and where they are. What bears
/// on that and is not supported yet is refused when the configuration is loaded.
struct Config {
  std::string base_url;   ///< With a slash at its end.
  std::string base_path;  ///< Its path, `/` or `/blog/`.
  Location base_url_place;
  std::filesystem::path content_dir;
  std::string content_name;  ///< The content folder as configured, for messages.
  std::string environment;
  std::string language;
  LanguageNames languages;
  bool build_drafts = false;
  bool build_future = false;
  bool build_expired = false;
  bool has_pages = true;  ///< False where `disableKinds` names pages.
  PathRules path_rules;
  bool ugly_urls = false;
  std::map<std::string, bool> ugly_sections;
  std::vector<PermalinkRule> permalinks;  ///< The first that matches counts.
  std::vector<std::regex> ignore_files;
  TimeZone time_zone;
  DateChains dates;
  std::vector<CascadeEntry> cascade;
  LikesParams likes;
  std::vector<Error> warnings;
};

/// Reads the configuration that `hugo` would read. Errors name file, line and column.
[[nodiscard]] Result<Config> load_config(const ConfigRequest& request);

}  // namespace likes::hugo
