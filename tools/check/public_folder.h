#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

#include "tools/check/page_facts.h"
#include "tools/support/result.h"

namespace likes::check {

/// Takes a page's path below the folder, its name for messages, and what it says.
using SeePage =
    std::function<void(const std::string& path, const std::string& name, const PageFacts& facts)>;

/// Reads every page (.html, .htm) and feed (.xml, .rss, .atom, .json) of a built site, sorted by
/// path; how many there are comes back. Links are not followed, names with a dot in front are left
/// out. A file that cannot be read is a problem in its facts.
[[nodiscard]] Result<std::size_t> read_public_folder(const std::filesystem::path& folder,
                                                     const SeePage& see);

}  // namespace likes::check
