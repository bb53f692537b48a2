#pragma once

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "tools/bake/site_files.h"
#include "tools/support/result.h"

namespace likes::bake {

/// A file that is written and waits for its place.
struct StagedFile {
  std::string name;
  Stamp stamp;
};

/// A folder for files that are written but not yet in their place. All of them are written before
/// the first is moved, so that a full disk is found out while the site is still as it was.
class Staging {
 public:
  /// Removes the folder that an earlier run left; it is made when the first file is added.
  [[nodiscard]] static Result<Staging> open(const std::filesystem::path& folder);
  Staging(Staging&& other) noexcept;
  Staging& operator=(Staging&& other) = delete;
  /// Removes the folder with all that was not moved.
  ~Staging();

  /// Writes a file that is to replace `target`: with its owner and permissions. `modified`, if any,
  /// is whose time of modification it gets. May be called by several threads.
  [[nodiscard]] Result<StagedFile> add(std::string_view bytes, const std::filesystem::path& target,
                                       const Stamp* modified = nullptr);

  /// Brings all to disk: after a crash of the machine, a file that has been moved is whole. With
  /// `whole_system`, all that is written to the same file system.
  [[nodiscard]] Result<void> flush(bool whole_system) const;

  [[nodiscard]] Result<void> move(const StagedFile& file,
                                  const std::filesystem::path& target) const;

 private:
  explicit Staging(std::filesystem::path folder) : folder_(std::move(folder)) {}

  std::filesystem::path folder_;
  std::atomic<std::size_t> next_{0};
};

}  // namespace likes::bake
