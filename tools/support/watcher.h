#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tools/support/descriptor.h"
#include "tools/support/result.h"

namespace likes {

inline constexpr std::size_t kMaxWatchedFolders = 500'000;

/// Notices changes of files. A folder that is new since it was made is not looked into: after a
/// change make another one, and only then read the files; so nothing is missed.
class Watcher {
 public:
  /// Watches folders with all below them, and single files; none of them needs to be there yet.
  [[nodiscard]] static Result<Watcher> over(const std::vector<std::filesystem::path>& trees,
                                            const std::vector<std::filesystem::path>& files);

  /// Is readable when something may have changed.
  [[nodiscard]] int descriptor() const { return inotify_.get(); }

  /// Takes what there is to read; whether it was a change of what is watched.
  [[nodiscard]] bool take_changes();

 private:
  /// The names that matter in a folder; nothing: all do.
  using Names = std::optional<std::set<std::string>>;

  Result<void> add_tree(const std::filesystem::path& tree);
  Result<void> add_name(const std::filesystem::path& file);
  Result<int> add_folder(const std::filesystem::path& folder);

  Descriptor inotify_;
  std::map<int, Names> folders_;
};

}  // namespace likes
