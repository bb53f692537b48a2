#include "server/store/doubts.h"

#include <algorithm>

namespace likes::store {

void Doubts::remember(const std::vector<domain::Like>& likes, const std::string& transaction) {
  const std::lock_guard lock(mutex_);
  for (const domain::Like& like : likes) {
    const Name name{like.window, like.key, like.visitor};
    // A like that could be added was not there, so an earlier transaction of its is settled.
    if (transactions_.size() < kMost || transactions_.contains(name)) {
      transactions_[name] = transaction;
    }
  }
}

std::optional<std::string> Doubts::transaction_of(const domain::Like& like) const {
  const std::lock_guard lock(mutex_);
  const auto found = transactions_.find({like.window, like.key, like.visitor});
  return found == transactions_.end() ? std::nullopt : std::optional(found->second);
}

void Doubts::settle(std::span<const domain::Like> likes) {
  const std::lock_guard lock(mutex_);
  if (transactions_.empty() || likes.empty()) {
    return;
  }
  std::int64_t first_window = likes.front().window;
  for (const domain::Like& like : likes) {
    transactions_.erase({like.window, like.key, like.visitor});
    first_window = std::min(first_window, like.window);
  }
  while (!transactions_.empty() && std::get<0>(transactions_.begin()->first) < first_window) {
    transactions_.erase(transactions_.begin());
  }
}

}  // namespace likes::store
