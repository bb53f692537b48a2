#pragma once

#include <filesystem>
#include <string>

#include "tools/formats/like_counts.h"
#include "tools/support/result.h"

namespace likes::snapshot {

struct Snapshot {
  formats::LikeCounts counts;
  bool changed = false;  ///< Whether `file` was written.
};

/// Asks the likes server at `server` (`http://localhost:3000`, `https://example.org/api`) for all
/// counts and keeps them in `file`. Only what differs is transferred and written; whatever goes
/// wrong, a `file` that was there stays as it was.
[[nodiscard]] Result<Snapshot> take_snapshot(const std::string& server,
                                             const std::filesystem::path& file);

}  // namespace likes::snapshot
