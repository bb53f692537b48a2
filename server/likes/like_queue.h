#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "server/likes/limits.h"
#include "server/likes/store.h"
#include "tools/support/result.h"

namespace likes::domain {

/// What a like is part of, for those who follow it; the queue only hands it on.
using Origin = std::shared_ptr<const void>;

/// A like whose sender waits for the answer.
struct WaitingLike {
  Like like;
  std::function<void(const Result<LikeResult>&)> done;
  Origin origin = {};
};

/// Smaller ones make the limits testable.
struct QueueLimits {
  std::size_t batch = kMaxBatch;
  std::size_t waiting = kMaxWaiting;
};

/// Likes on their way to the store, and the one thread that takes them there: those that came while
/// it was away go together, and each is answered after its commit. A second writer would halve
/// these batches, whose cost is mostly their own and not their likes', and would wait where both
/// have likes of one post, as they mostly have.
class LikeQueue {
 public:
  /// Writes likes that go together; `origins` are theirs. Called from the queue's own thread.
  using Write = std::function<Result<std::vector<LikeResult>>(std::span<const Like> likes,
                                                              std::span<const Origin> origins)>;

  LikeQueue(QueueLimits limits, Write write);
  /// Answers the likes that still wait.
  ~LikeQueue();
  LikeQueue(const LikeQueue&) = delete;
  LikeQueue& operator=(const LikeQueue&) = delete;

  /// Whether it is taken on; then its `done` is called, once. kUnavailable when as many as may wait
  /// do so already.
  [[nodiscard]] Result<void> add(WaitingLike like);

  /// Likes that wait for their transaction to begin.
  [[nodiscard]] std::size_t waiting() const;

 private:
  void write_until_stopped();
  [[nodiscard]] std::vector<WaitingLike> next_batch();
  void write(std::vector<WaitingLike>& batch);

  const QueueLimits limits_;
  const Write write_;
  mutable std::mutex mutex_;  ///< Guards what follows.
  std::condition_variable arrived_;
  std::deque<WaitingLike> waiting_;
  bool stopping_ = false;
  std::thread writer_;
};

}  // namespace likes::domain
