#include "server/store/reserved_ids.h"

#include <algorithm>

namespace likes::store {

Result<std::vector<std::int64_t>> ReservedIds::take(std::size_t count) {
  const std::lock_guard lock(mutex_);
  if (ids_.size() < count) {
    // What is left over is not used: others may have had thousands since.
    ids_.clear();
    Result<std::vector<std::int64_t>> more = reserve_(std::max(count, kAtOnce));
    if (!more) {
      return more;
    }
    ids_.assign(more->begin(), more->end());
  }
  const auto end = ids_.begin() + static_cast<std::ptrdiff_t>(count);
  std::vector<std::int64_t> taken(ids_.begin(), end);
  ids_.erase(ids_.begin(), end);
  return taken;
}

void ReservedIds::drop() {
  const std::lock_guard lock(mutex_);
  ids_.clear();
}

}  // namespace likes::store
