#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>

#include "tools/formats/like_counts.h"
#include "tools/support/result.h"

namespace likes::snapshot {

/// How long and how much a server may keep us.
struct SnapshotLimits {
  std::chrono::milliseconds connect{10'000};
  std::chrono::milliseconds silence{30'000};     ///< Between two pieces of an answer.
  std::chrono::milliseconds answer{300'000};     ///< All of one, however steadily it drips.
  std::size_t bytes = formats::kMaxCountsBytes;  ///< Of an answer, once it is unpacked.
};

struct Snapshot {
  formats::LikeCounts counts;
  bool changed = false;  ///< Whether `file` was written.
};

/// Asks the likes server at `server` (`http://localhost:3000`, `https://example.org/api`) for all
/// counts and keeps them in `file`. Only what differs is transferred and written; whatever goes
/// wrong, a `file` that was there stays as it was.
[[nodiscard]] Result<Snapshot> take_snapshot(const std::string& server,
                                             const std::filesystem::path& file,
                                             const SnapshotLimits& limits = {});

}  // namespace likes::snapshot
