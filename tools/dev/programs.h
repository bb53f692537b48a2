#pragma once

#include <filesystem>
#include <string>

#include "tools/support/result.h"

namespace likes::dev {

/// Hugo; where there is none, the error says how to get it.
[[nodiscard]] Result<std::filesystem::path> find_hugo();

/// What `hugo version` prints.
[[nodiscard]] Result<std::string> ask_hugo_version(const std::filesystem::path& hugo);

/// likes-server, beside this program or in PATH.
[[nodiscard]] Result<std::filesystem::path> find_likes_server();

}  // namespace likes::dev
