#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tools/support/result.h"

namespace likes::refresh {

inline constexpr std::size_t kMinKeep = 1;
inline constexpr std::size_t kMaxKeep = 100;

struct RefreshOptions {
  std::string server;
  std::filesystem::path site;         ///< What hugo has built.
  std::filesystem::path link;         ///< What is published.
  std::filesystem::path counts = {};  ///< The snapshot; "": beside the generations.
  std::filesystem::path posts = {};   ///< posts.json, where lists are to be judged by it; or "".
  std::string rebuild = {};           ///< Builds the site anew; "" for nobody does.
  std::int64_t rebuild_every = 600;   ///< Seconds from one such build to the next, at least.
  std::string before = {};            ///< Run before the switch; when it fails, there is none.
  std::string after = {};
  std::size_t keep = 2;  ///< Former generations that stay for readers in flight.
  bool stale_ok = false;
};

enum class Outcome {
  kNothingNew,
  kPublished,
  kBusy,     ///< Another run is at work; nothing was done.
  kStopped,  ///< A signal came while a command ran. The link points to a whole site.
};

struct Refreshed {
  Outcome outcome = Outcome::kNothingNew;
  std::string summary;                ///< One line, for the log of a timer.
  std::vector<std::string> redraws;   ///< Pages that wait for hugo.
  std::vector<std::string> warnings;  ///< What is worth a line, and no failure.
  std::vector<std::string> failures;  ///< What went wrong although readers have a whole site.
};

/// Brings the server's counts, and what hugo has built since, before the readers: snapshot, bake
/// into a new generation, switch of the link. Nothing is written when no number that readers see
/// has changed. Killed at any moment, readers have the old site or the new one, and the next run
/// does the rest. `now` is Unix seconds.
[[nodiscard]] Result<Refreshed> refresh(const RefreshOptions& options, std::int64_t now);

}  // namespace likes::refresh
