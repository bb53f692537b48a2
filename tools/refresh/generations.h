#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tools/support/descriptor.h"
#include "tools/support/result.h"

namespace likes::refresh {

/// One whole site, baked from one build of Hugo's.
struct Generation {
  std::string name;
  std::string build;  ///< Which state of the built site it was made of.
};

/// The sites that a published link has pointed to and may point to next, beside the link:
///
///     site -> site.likes/2
///     site.likes/1, 2, 3      whole sites
///     site.likes/state.json   their builds; the live one first, then those that were live last
///
/// Whoever holds this object is the only one to change any of it.
class Generations {
 public:
  /// Makes the folder when there is none, and clears away what a killed run has left. Nothing when
  /// another run holds it.
  [[nodiscard]] static Result<std::optional<Generations>> open(const std::filesystem::path& link);

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] std::filesystem::path path_of(const std::string& name) const {
    return folder_ / name;
  }

  /// What the link points to, if that is one of ours.
  [[nodiscard]] std::optional<Generation> live() const;

  /// The one that has been out of sight the longest, when it is of this build and there are enough
  /// others for readers who have not noticed the last switches.
  [[nodiscard]] std::optional<std::string> spare(const std::string& build, std::size_t keep) const;

  [[nodiscard]] std::string new_name() const;

  /// Notes one that is complete, though not yet published.
  [[nodiscard]] Result<void> add(const Generation& generation);

  /// Points the link to it, in one step: a reader finds the old site or the new one.
  [[nodiscard]] Result<void> publish(const std::string& name);

  /// Removes all but the live one and the `keep` that were live last.
  [[nodiscard]] Result<void> prune(std::size_t keep);

  /// When the site was built anew for its lists' sake, Unix seconds; 0 for never.
  [[nodiscard]] std::int64_t rebuilt() const { return rebuilt_; }
  [[nodiscard]] Result<void> set_rebuilt(std::int64_t now);

 private:
  Generations(std::filesystem::path link, std::filesystem::path folder, Descriptor lock)
      : link_(std::move(link)), folder_(std::move(folder)), lock_(std::move(lock)) {}

  void load();
  [[nodiscard]] bool move_to_front(const std::string& name);
  [[nodiscard]] Result<void> save() const;
  void clear_away() const;
  [[nodiscard]] std::string live_name() const;

  std::filesystem::path link_;
  std::filesystem::path folder_;
  Descriptor lock_;
  std::vector<Generation> known_;
  std::int64_t rebuilt_ = 0;
};

}  // namespace likes::refresh
