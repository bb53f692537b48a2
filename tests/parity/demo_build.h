#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/support/temp_dir.h"
#include "tools/formats/like_counts.h"

namespace likes::testing {

/// The demo site in a folder of its own, where it can be built with any snapshot.
class DemoBuild {
 public:
  DemoBuild();

  /// What Hugo builds with this snapshot (and these further words for Hugo): the folder.
  std::filesystem::path build(const formats::LikeCounts& counts,
                              const std::vector<std::string>& words = {});

  /// What `likes index` says of it.
  [[nodiscard]] std::string posts_index() const;

 private:
  TempDir dir_;
  int builds_ = 0;
};

/// Every file below a folder: its path there, and its bytes.
[[nodiscard]] std::map<std::string, std::string> files_below(const std::filesystem::path& folder);

}  // namespace likes::testing
