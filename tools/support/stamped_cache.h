#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "tools/support/stamp.h"

namespace likes {

/// What earlier runs have made of the files of a site, kept in a cache file: where a file is as it
/// was then, it needs not be made again. Whatever else goes into it is the cache's world; in
/// another one, or for another program, it knows nothing. find() and keep() may be called by many
/// threads at a time.
class StampedCache {
 public:
  /// Takes up what `file` holds of the site, while others work.
  StampedCache(std::filesystem::path file, std::string_view magic, std::filesystem::path site);
  ~StampedCache();
  StampedCache(const StampedCache&) = delete;
  StampedCache& operator=(const StampedCache&) = delete;

  /// To be called before all below.
  void enter(std::string_view world);

  /// The state of a file, to be taken before it is read.
  [[nodiscard]] static Stamp stamp(const std::filesystem::path& file);

  /// What was made of a file in this state, or nothing.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view key, const Stamp& stamp);

  /// A file that has just been written is not kept: its next state may look the same.
  void keep(std::string key, const Stamp& stamp, std::string made);

  /// Writes the cache file anew where this run has met other things than it holds.
  void save() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace likes
