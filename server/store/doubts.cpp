#include "server/store/doubts.h"

#include <algorithm>

namespace likes::store {

void Doubts::remember(std::span<const domain::Like> likes, std::span<const std::int64_t> ids) {
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < likes.size() && count_ < kMost; ++i, ++count_) {
    ids_[{likes[i].window, likes[i].key, likes[i].visitor}].push_back(ids[i]);
  }
}

std::vector<std::int64_t> Doubts::ids_of(const domain::Like& like) const {
  const std::lock_guard lock(mutex_);
  const auto found = ids_.find({like.window, like.key, like.visitor});
  return found == ids_.end() ? std::vector<std::int64_t>{} : found->second;
}

void Doubts::settle(std::span<const domain::Like> likes) {
  const std::lock_guard lock(mutex_);
  if (ids_.empty() || likes.empty()) {
    return;
  }
  std::int64_t first_window = likes.front().window;
  for (const domain::Like& like : likes) {
    forget(ids_.find({like.window, like.key, like.visitor}));
    first_window = std::min(first_window, like.window);
  }
  while (!ids_.empty() && std::get<0>(ids_.begin()->first) < first_window) {
    forget(ids_.begin());
  }
}

void Doubts::forget(Ids::const_iterator doubt) {
  if (doubt != ids_.end()) {
    count_ -= doubt->second.size();
    ids_.erase(doubt);
  }
}

}  // namespace likes::store
