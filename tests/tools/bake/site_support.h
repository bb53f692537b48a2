#pragma once

#include <sched.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "tests/support/golden.h"
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

/// Returns once every stamp below the folder is old enough to be trusted by the cache.
inline void settle(const std::filesystem::path& folder) {
  const Result<bake::OpenFolder> root = bake::OpenFolder::open(folder);
  const auto wait_for = [](const std::optional<bake::Stamp>& stamp) {
    while (stamp && !stamp->is_settled()) {
      ::sched_yield();
    }
  };
  wait_for(root->folder_stamp(""));
  for (const std::filesystem::directory_entry& entry :
       std::filesystem::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().lexically_relative(folder).string();
    wait_for(entry.is_directory() ? root->folder_stamp(name) : root->file_stamp(name));
  }
}

}  // namespace likes::testing
