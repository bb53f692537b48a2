#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/support/temp_dir.h"
#include "tools/formats/like_counts.h"

namespace likes::testing {

/// A site with the theme component, in a folder of its own, that is written file by file and can be
/// built with any snapshot.
class SiteBuild {
 public:
  SiteBuild();

  void write(const std::string& file, const std::string& text);

  /// What Hugo builds with this snapshot (and these further words for Hugo), without a warning: the
  /// folder.
  std::filesystem::path build(const formats::LikeCounts& counts,
                              const std::vector<std::string>& words = {});

  /// What `likes index` says of it.
  [[nodiscard]] std::string posts_index() const;

 protected:
  [[nodiscard]] const std::filesystem::path& folder() const { return dir_.path(); }
  std::string data_ = "data";

 private:
  TempDir dir_;
  int builds_ = 0;
};

/// The demo site.
class DemoBuild : public SiteBuild {
 public:
  DemoBuild();
};

/// Every file below a folder: its path there, and its bytes.
[[nodiscard]] std::map<std::string, std::string> files_below(const std::filesystem::path& folder);

}  // namespace likes::testing
