#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "tools/support/result.h"

namespace likes::store {

/// At most `capacity` connections in use or kept for the next caller. Safe to call from many
/// threads.
template <class Connection>
class Pool {
 public:
  Pool(std::size_t capacity, std::chrono::milliseconds patience)
      : capacity_(capacity), patience_(patience) {}

  /// A kept connection, or null: then there is room for one more, and the caller makes it. Either
  /// must come back through give_back.
  [[nodiscard]] Result<std::unique_ptr<Connection>> take() {
    std::unique_lock lock(mutex_);
    const bool free = returned_.wait_for(lock, patience_,
                                         [this] { return !kept_.empty() || in_use_ < capacity_; });
    if (!free) {
      return fail(ErrorCode::kUnavailable,
                  "all " + std::to_string(capacity_) + " database connections are busy");
    }
    ++in_use_;
    if (kept_.empty()) {
      return nullptr;
    }
    std::unique_ptr<Connection> connection = std::move(kept_.back());
    kept_.pop_back();
    return connection;
  }

  /// Null for a connection that was not made or is not to be kept.
  void give_back(std::unique_ptr<Connection> connection) {
    {
      const std::lock_guard lock(mutex_);
      --in_use_;
      if (connection) {
        kept_.push_back(std::move(connection));
      }
    }
    returned_.notify_one();
  }

  /// Closes all that are kept.
  void clear() {
    std::vector<std::unique_ptr<Connection>> closing;
    const std::lock_guard lock(mutex_);
    closing.swap(kept_);
  }

 private:
  const std::size_t capacity_;
  const std::chrono::milliseconds patience_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::size_t in_use_ = 0;
  std::vector<std::unique_ptr<Connection>> kept_;
};

}  // namespace likes::store
