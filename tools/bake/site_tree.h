#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <system_error>
#include <vector>

#include "tools/support/result.h"

namespace likes::bake {

/// Makes `folder` with the permissions of `like`, and writable for its owner: a site that is built
/// once and for all, such as one in a Nix store, has folders that nobody may write to.
void make_folder(const std::filesystem::path& folder, const std::filesystem::path& like,
                 std::error_code& code);

/// Makes the folder `to` hold what `from` holds. Files are the same files under a second name (hard
/// links) where `link` says so and the file systems allow it, copies otherwise; symbolic links stay
/// what they are. `wanted` is asked for each path below `from`. What is neither file, folder nor
/// link is left out and comes back as a problem.
[[nodiscard]] Result<std::vector<Error>> copy_tree(
    const std::filesystem::path& from, const std::filesystem::path& to, bool link,
    const std::function<bool(const std::string&)>& wanted);

}  // namespace likes::bake
