#pragma once

#include <sched.h>
#include <sys/stat.h>

#include <filesystem>

#include "tools/support/stamp.h"

namespace likes::testing {

/// Returns once every stamp at and below the folder is old enough to be trusted by a cache.
inline void settle(const std::filesystem::path& folder) {
  const auto wait_for = [](const std::filesystem::path& path) {
    struct stat status = {};
    while (::lstat(path.c_str(), &status) == 0 && !stamp_of(status).is_settled()) {
      ::sched_yield();
    }
  };
  wait_for(folder);
  for (const std::filesystem::directory_entry& entry :
       std::filesystem::recursive_directory_iterator(folder)) {
    wait_for(entry.path());
  }
}

}  // namespace likes::testing
