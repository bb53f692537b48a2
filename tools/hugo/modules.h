#pragma once

#include <filesystem>
#include <vector>

#include "tools/hugo/config_files.h"
#include "tools/hugo/value.h"
#include "tools/support/result.h"

namespace likes::hugo {

/// Themes and modules that a site may use, those that they use included.
inline constexpr std::size_t kMaxModules = 1000;

/// A theme or module whose folder is there.
struct Module {
  std::filesystem::path folder;
  Value mounts;  ///< What is configured of it as `module.mounts`, a list; null for none.
};

struct Modules {
  std::vector<Module> found;  ///< The first counts most.
  std::vector<Error> warnings;
};

/// Finds what `theme` and `module.imports` name, in `themesDir` or `_vendor`, and puts their
/// configurations under the site's.
[[nodiscard]] Result<Modules> load_modules(RawConfig& raw, const ConfigRequest& request);

}  // namespace likes::hugo
