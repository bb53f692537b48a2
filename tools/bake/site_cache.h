#pragma once

#include <filesystem>

#include "tools/bake/site_files.h"

namespace likes::bake {

/// The file in `folder` that keeps what is known of `site`. It is only a cache: without it, or with
/// one that does not fit, a run reads every page.
[[nodiscard]] std::filesystem::path site_cache_file(const std::filesystem::path& folder,
                                                    const std::filesystem::path& site);

/// What the file knows; nothing at all when it is missing, damaged or of another version.
[[nodiscard]] SiteRecord read_cache(const std::filesystem::path& file,
                                    const std::filesystem::path& site);

/// Where it cannot be written, it is not.
void write_cache(const std::filesystem::path& file, const std::filesystem::path& site,
                 const SiteRecord& record);

}  // namespace likes::bake
