#include "server/likes/like_queue.h"

#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/catch.h"

namespace likes::domain {
namespace {

/// Takes likes where a queue brings them, and can be shut for a while or made to fail.
class Desk {
 public:
  LikeQueue::Write write() {
    return [this](std::span<const Like> likes, std::span<const Origin> origins) {
      return take(likes, origins);
    };
  }

  void shut() {
    const std::lock_guard lock(mutex_);
    is_open_ = false;
  }
  void open() {
    {
      const std::lock_guard lock(mutex_);
      is_open_ = true;
    }
    changed_.notify_all();
  }
  void set_away(bool away) {
    const std::lock_guard lock(mutex_);
    is_away_ = away;
  }
  /// Returns once so many batches have arrived, whether taken or not.
  void wait_for_batches(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return batches_.size() >= count; });
  }
  /// For each batch the keys of its likes.
  std::vector<std::string> batches() {
    const std::lock_guard lock(mutex_);
    return batches_;
  }

 private:
  Result<std::vector<LikeResult>> take(std::span<const Like> likes,
                                       std::span<const Origin> origins) {
    std::unique_lock lock(mutex_);
    std::string keys;
    for (std::size_t i = 0; i < likes.size(); ++i) {
      keys += likes[i].key;
      keys += origins[i] ? *static_cast<const std::string*>(origins[i].get()) : "";
    }
    batches_.push_back(keys);
    changed_.notify_all();
    changed_.wait(lock, [this] { return is_open_; });
    if (is_away_) {
      return fail(ErrorCode::kUnavailable, "away");
    }
    std::vector<LikeResult> results;
    for (std::size_t i = 0; i < likes.size(); ++i) {
      results.push_back({LikeOutcome::kRecorded, ++total_});
    }
    return results;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_open_ = true;
  bool is_away_ = false;
  std::int64_t total_ = 0;
  std::vector<std::string> batches_;
};

using Answer = std::future<Result<LikeResult>>;

/// The answer comes when it comes; a like that is not taken on has it at once.
Answer send(LikeQueue& queue, const std::string& key, Origin origin = nullptr) {
  const auto promise = std::make_shared<std::promise<Result<LikeResult>>>();
  Answer answer = promise->get_future();
  const Result<void> taken =
      queue.add({{key, {}, 0, 0},
                 [promise](const Result<LikeResult>& result) { promise->set_value(result); },
                 std::move(origin)});
  if (!taken) {
    promise->set_value(tl::unexpected<Error>(taken.error()));
  }
  return answer;
}

/// A first like that has reached the desk, which is shut, and others that wait behind it.
std::vector<Answer> send_to_shut(Desk& desk, LikeQueue& queue,
                                 const std::vector<std::string>& keys) {
  desk.shut();
  std::vector<Answer> answers;
  answers.reserve(keys.size());
  for (const std::string& key : keys) {
    answers.push_back(send(queue, key));
    desk.wait_for_batches(1);
  }
  return answers;
}

}  // namespace

TEST_CASE("likes that wait at the same time go together, as many as may") {
  Desk desk;
  LikeQueue queue({.batch = 4, .waiting = 100}, desk.write());
  std::vector<Answer> answers = send_to_shut(desk, queue, {"a", "b", "c", "d", "e", "f"});
  CHECK(queue.waiting() == 5);
  desk.open();
  for (std::size_t i = 0; i < answers.size(); ++i) {
    CHECK(answers[i].get()->total == static_cast<std::int64_t>(i) + 1);
  }
  CHECK(desk.batches() == std::vector<std::string>{"a", "bcde", "f"});
  CHECK(queue.waiting() == 0);
}

TEST_CASE("a like keeps its origin") {
  Desk desk;
  LikeQueue queue({}, desk.write());
  CHECK(send(queue, "a", std::make_shared<const std::string>(" of ada")).get().has_value());
  CHECK(send(queue, "b").get().has_value());
  CHECK(desk.batches() == std::vector<std::string>{"a of ada", "b"});
}

TEST_CASE("a like that finds no place to wait is turned away") {
  Desk desk;
  LikeQueue queue({.batch = 4, .waiting = 2}, desk.write());
  std::vector<Answer> answers = send_to_shut(desk, queue, {"a", "b", "c"});
  const Result<LikeResult> refused = send(queue, "d").get();
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == ErrorCode::kUnavailable);
  CHECK(refused.error().message == "2 likes wait already; try again later");
  desk.open();
  for (Answer& answer : answers) {
    CHECK(answer.get()->outcome == LikeOutcome::kRecorded);
  }
  CHECK(send(queue, "d").get()->outcome == LikeOutcome::kRecorded);
}

TEST_CASE("when likes cannot be written all of their senders are told, and the next are tried") {
  Desk desk;
  LikeQueue queue({}, desk.write());
  desk.set_away(true);
  std::vector<Answer> answers = send_to_shut(desk, queue, {"a", "b", "c"});
  desk.open();
  for (Answer& answer : answers) {
    const Result<LikeResult> told = answer.get();
    REQUIRE_FALSE(told.has_value());
    CHECK(told.error().code == ErrorCode::kUnavailable);
    CHECK(told.error().message == "away");
  }
  CHECK(desk.batches() == std::vector<std::string>{"a", "bc"});
  desk.set_away(false);
  CHECK(send(queue, "a").get()->outcome == LikeOutcome::kRecorded);
}

TEST_CASE("the destructor finishes what waits") {
  Desk desk;
  auto queue = std::make_unique<LikeQueue>(QueueLimits{}, desk.write());
  std::vector<Answer> answers = send_to_shut(desk, *queue, {"a", "b", "c"});
  std::thread stop([&] { queue.reset(); });
  desk.open();
  stop.join();
  for (Answer& answer : answers) {
    CHECK(answer.get()->outcome == LikeOutcome::kRecorded);
  }
}

}  // namespace likes::domain
