#include "server/likes/like_queue.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace likes::domain {

LikeQueue::LikeQueue(QueueLimits limits, Write write)
    : limits_(limits), write_(std::move(write)), writer_([this] { write_until_stopped(); }) {}

LikeQueue::~LikeQueue() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_one();
  writer_.join();
}

Result<void> LikeQueue::add(WaitingLike like) {
  const std::lock_guard lock(mutex_);
  if (stopping_) {
    return fail(ErrorCode::kUnavailable, "the server is stopping");
  }
  if (waiting_.size() >= limits_.waiting) {
    return fail(ErrorCode::kUnavailable,
                std::to_string(limits_.waiting) + " likes wait already; try again later");
  }
  waiting_.push_back(std::move(like));
  if (waiting_.size() == 1) {
    arrived_.notify_one();
  }
  return {};
}

std::size_t LikeQueue::waiting() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

void LikeQueue::write_until_stopped() {
  for (std::vector<WaitingLike> batch = next_batch(); !batch.empty(); batch = next_batch()) {
    write(batch);
  }
}

/// Waits for likes; empty once the queue stops and none is left.
std::vector<WaitingLike> LikeQueue::next_batch() {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
  const auto size = static_cast<std::ptrdiff_t>(std::min(waiting_.size(), limits_.batch));
  std::vector<WaitingLike> batch(std::make_move_iterator(waiting_.begin()),
                                 std::make_move_iterator(waiting_.begin() + size));
  waiting_.erase(waiting_.begin(), waiting_.begin() + size);
  return batch;
}

void LikeQueue::write(std::vector<WaitingLike>& batch) {
  std::vector<Like> likes;
  std::vector<Origin> origins;
  likes.reserve(batch.size());
  origins.reserve(batch.size());
  for (WaitingLike& waiting : batch) {
    likes.push_back(std::move(waiting.like));
    origins.push_back(std::move(waiting.origin));
  }
  const Result<std::vector<LikeResult>> results = write_(likes, origins);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (results) {
      batch[i].done((*results)[i]);
    } else {
      batch[i].done(tl::unexpected<Error>(results.error()));
    }
  }
}

}  // namespace likes::domain
