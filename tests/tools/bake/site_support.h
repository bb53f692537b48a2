#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "tests/support/golden.h"
#include "tests/support/settle.h"
#include "tools/bake/site_files.h"
#include "tools/formats/like_counts.h"

namespace likes::testing {

/// What stands below a folder: files with their bytes, folders with none, links with their targets.
inline std::map<std::string, std::string> tree_bytes(const std::filesystem::path& folder) {
  std::map<std::string, std::string> tree;
  for (const std::filesystem::directory_entry& entry :
       std::filesystem::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().lexically_relative(folder).string();
    if (entry.is_symlink()) {
      tree[name] = "-> " + std::filesystem::read_symlink(entry.path()).string();
    } else {
      tree[name] = entry.is_directory() ? "" : file_bytes(entry.path());
    }
  }
  return tree;
}

inline formats::LikeCounts likes_of(const std::map<std::string, std::int64_t>& totals) {
  formats::LikeCounts counts;
  for (const auto& [key, total] : totals) {
    counts.likes[key].total = total;
  }
  return counts;
}

}  // namespace likes::testing
