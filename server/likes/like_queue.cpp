#include "server/likes/like_queue.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace likes::domain {
namespace {

/// The longest that a transaction waits for likes to join it.
constexpr std::chrono::steady_clock::duration kMaxGathering = std::chrono::microseconds{500};

}  // namespace

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
  const std::size_t room = limits_.waiting / limits_.queues;
  if (waiting_.size() >= room) {
    return fail(ErrorCode::kUnavailable,
                std::to_string(room) + " likes wait already; try again later");
  }
  waiting_.push_back(std::move(like));
  if (waiting_.size() == 1 || waiting_.size() >= expected_) {
    arrived_.notify_one();
  }
  return {};
}

std::size_t LikeQueue::waiting() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

void LikeQueue::write_until_stopped() {
  SteadyClock::duration patience{0};
  for (std::vector<WaitingLike> batch = next_batch(patience); !batch.empty();
       batch = next_batch(patience)) {
    const SteadyClock::time_point begun = SteadyClock::now();
    write(batch);
    patience = std::min((SteadyClock::now() - begun) / 2, kMaxGathering);
  }
}

/// Waits for likes; empty once the queue stops and none is left. Many clients send their next like
/// as soon as they have the answer to their last one. The first of them would have a transaction to
/// itself, and all others would wait for the end of it: so `patience` is had with them, when there
/// were more before.
std::vector<WaitingLike> LikeQueue::next_batch(SteadyClock::duration patience) {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
  arrived_.wait_for(lock, patience, [this] { return stopping_ || waiting_.size() >= expected_; });
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
  {
    // The next likes of those who are answered now come to any of the queues.
    const std::lock_guard lock(mutex_);
    expected_ = std::min(batch.size() / limits_.queues + waiting_.size(), limits_.batch);
  }
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (results) {
      batch[i].done((*results)[i]);
    } else {
      batch[i].done(tl::unexpected<Error>(results.error()));
    }
  }
}

}  // namespace likes::domain
