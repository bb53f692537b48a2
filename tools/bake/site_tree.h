#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tools/support/result.h"

namespace likes::bake {

/// Makes the folder `to` hold what `from` holds. Files are the same files under a second name (hard
/// links) where `link` says so and the file systems allow it, copies otherwise; symbolic links stay
/// what they are. `wanted` is asked for each path below `from`. What is neither file, folder nor
/// link is left out and comes back as a problem.
[[nodiscard]] Result<std::vector<Error>> copy_tree(
    const std::filesystem::path& from, const std::filesystem::path& to, bool link,
    const std::function<bool(const std::string&)>& wanted);

}  // namespace likes::bake
