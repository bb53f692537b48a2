#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "tools/hugo/config.h"
#include "tools/index/site_options.h"
#include "tools/support/result.h"

namespace likes::dev {

/// What `likes index` would write for the site as `hugo server` shows it.
struct DevIndex {
  std::string json;
  std::size_t posts = 0;
  std::vector<Error> errors;  ///< Where there are any, the index lacks the posts that they name.
  std::vector<Error> warnings;
};

/// The site's configuration, with its address moved to `http://localhost:PORT`, path and all.
[[nodiscard]] Result<hugo::Config> load_dev_config(const index::SiteOptions& options, int port);

/// The files that load_dev_config reads, or would read if they were there.
[[nodiscard]] std::vector<std::filesystem::path> config_files(const index::SiteOptions& options);

[[nodiscard]] DevIndex make_dev_index(const index::SiteOptions& options,
                                      const hugo::Config& config);

}  // namespace likes::dev
