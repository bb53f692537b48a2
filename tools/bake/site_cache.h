#pragma once

#include <filesystem>

#include "tools/bake/site_files.h"

namespace likes::bake {

/// The file in `folder` that keeps what is known of `site`. It is only a cache: without it, or with
/// one that does not fit, a run reads every page.
[[nodiscard]] std::filesystem::path cache_file(const std::filesystem::path& folder,
                                               const std::filesystem::path& site);

/// What the file knows; nothing at all when it is missing, damaged or of another version.
[[nodiscard]] SiteRecord read_cache(const std::filesystem::path& file,
                                    const std::filesystem::path& site);

/// Where it cannot be written, it is not. A new file takes the place of those whose site is gone.
void write_cache(const std::filesystem::path& file, const std::filesystem::path& site,
                 const SiteRecord& record);

/// Where a user's caches are: in $CACHE_DIRECTORY (systemd), $XDG_CACHE_HOME or ~/.cache; "" where
/// none of these is known.
[[nodiscard]] std::filesystem::path default_cache_folder();

}  // namespace likes::bake
