#include "server/likes/like_service.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "server/likes/limits.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"

using likes::ErrorCode;
using likes::Result;
using likes::testing::FakeClock;

namespace likes::domain {
namespace {

/// Keeps likes in memory, and can be held up or made to fail.
class FakeStore : public Store {
 public:
  Result<void> list_posts(std::span<const Post> posts) override {
    if (away) {
      return fail(ErrorCode::kUnavailable, "away");
    }
    listed = posts.size();
    keys_.clear();
    for (const Post& post : posts) {
      keys_.push_back(post.key);
    }
    return {};
  }

  Result<std::vector<LikeResult>> record(std::span<const Like> likes) override {
    std::unique_lock lock(mutex_);
    ++calls;
    called_.notify_all();
    opened_.wait(lock, [this] { return is_open_; });
    if (away) {
      return fail(ErrorCode::kUnavailable, "away");
    }
    std::vector<LikeResult> results;
    for (const Like& like : likes) {
      last = like;
      const bool is_new = given_.insert({like.key, like.visitor, like.window}).second;
      total_ += is_new ? 1 : 0;
      results.push_back({is_new ? LikeOutcome::kRecorded : LikeOutcome::kAlreadyLiked, total_});
    }
    return results;
  }

  Result<std::optional<TakenBack>> take_back(const Like& like) override {
    last = like;
    const bool was_there = given_.erase({like.key, like.visitor, like.window}) > 0;
    total_ -= was_there ? 1 : 0;
    return TakenBack{total_, was_there ? std::optional(like.at) : std::nullopt, 0};
  }

  Result<std::set<std::string>> liked(std::span<const std::string> keys, const Visitor& /*visitor*/,
                                      std::int64_t window) override {
    asked_window = window;
    ++liked_calls;
    return std::set<std::string>(keys.begin(), keys.end());
  }

  Result<News> read(const Changes& /*changes*/, std::int64_t /*from_window*/) override {
    if (away) {
      return fail(ErrorCode::kUnavailable, "away");
    }
    News news;
    news.whole = true;
    news.all_given = all_given;
    for (const std::string& key : keys_) {
      news.totals.posts[key].total = total_;
    }
    return news;
  }

  std::unique_ptr<Watch> watch() override { return std::make_unique<FakeWatch>(*this); }

  Result<VisitorKey> visitor_key(std::int64_t window, std::int64_t lifetime_seconds) override {
    if (away) {
      return fail(ErrorCode::kUnavailable, "away");
    }
    ++key_calls;
    asked_window = window;
    asked_lifetime = lifetime_seconds;
    VisitorKey key{};
    key[0] = static_cast<unsigned char>(key_calls);
    return key;
  }

  Result<void> forget_visitors(std::int64_t before_window) override {
    asked_window = before_window;
    return {};
  }

  Result<Contradictions> verify() override { return Contradictions{}; }
  Result<void> ping() override { return {}; }

  void close() {
    const std::lock_guard lock(mutex_);
    is_open_ = false;
  }
  void open() {
    {
      const std::lock_guard lock(mutex_);
      is_open_ = true;
    }
    opened_.notify_all();
  }
  /// Returns once record() has been called so many times.
  void wait_for_calls(int count) {
    std::unique_lock lock(mutex_);
    called_.wait(lock, [&] { return calls >= count; });
  }

  std::atomic<bool> away = false;
  std::atomic<bool> unreachable = false;  ///< As the watch finds.
  std::atomic<bool> all_given = true;
  std::atomic<int> liked_calls = 0;
  std::size_t listed = 0;
  int calls = 0;
  int key_calls = 0;
  Like last;
  std::int64_t asked_window = -1;
  std::int64_t asked_lifetime = -1;

 private:
  class FakeWatch : public Watch {
   public:
    explicit FakeWatch(FakeStore& store) : store_(store) {}
    Result<Changes> wait(std::chrono::milliseconds /*at_most*/) override {
      if (store_.unreachable) {
        return fail(ErrorCode::kUnavailable, "unreachable");
      }
      return Changes{};
    }

   private:
    FakeStore& store_;
  };

  std::mutex mutex_;
  std::vector<std::string> keys_;
  std::condition_variable opened_;
  std::condition_variable called_;
  bool is_open_ = true;
  std::int64_t total_ = 0;
  std::set<std::tuple<std::string, Visitor, std::int64_t>> given_;
};

constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kNow = 500'000 * kHour;  // 2027-01-15T08:00:00Z

Visitor visitor(int number) {
  Visitor made;
  made.hash[0] = static_cast<unsigned char>(number);
  made.hash[1] = static_cast<unsigned char>(number >> 8);
  return made;
}

std::vector<Post> two_posts() {
  return {{"posts/a", "https://example.org/posts/a/", {"old/a"}},
          {"posts/b", "https://example.org/posts/b/", {}}};
}

/// A like that is sent from a thread of its own.
std::future<Result<LikeAnswer>> send(LikeService& service, int from, const std::string& key) {
  return std::async(std::launch::async,
                    [&service, from, key] { return service.like(key, visitor(from)); });
}

}  // namespace

TEST_CASE("windows are fixed: one begins at every multiple of its length") {
  struct Case {
    const char* name;
    std::int64_t now;
    std::chrono::seconds window;
    std::int64_t start;
    std::int64_t to_next;
  };
  const Case cases[] = {
      {"first second", kNow, std::chrono::hours(1), kNow, kHour},
      {"in the middle", kNow + 1800, std::chrono::hours(1), kNow, 1800},
      {"last second", kNow + kHour - 1, std::chrono::hours(1), kNow, 1},
      {"shortest window", kNow + 7, kMinWindow, kNow + 7, 1},
      {"shorter than the shortest", kNow + 7, std::chrono::seconds(-1), kNow + 7, 1},
      {"longest window", 3 * kMaxWindow.count() + 5, kMaxWindow, 3 * kMaxWindow.count(),
       kMaxWindow.count() - 5},
      {"longer than the longest", 3 * kMaxWindow.count() + 5, kMaxWindow + kMinWindow,
       3 * kMaxWindow.count(), kMaxWindow.count() - 5},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      FakeStore store;
      const FakeClock clock(c.now);
      LikeService service(store, clock, c.window);
      REQUIRE(service.list_posts(two_posts()).has_value());
      const Result<LikeAnswer> answer = service.like("posts/a", visitor(1));
      REQUIRE(answer.has_value());
      CHECK(answer->outcome == LikeOutcome::kRecorded);
      CHECK(answer->total == 1);
      CHECK(answer->seconds_to_next == c.to_next);
      CHECK(store.last.window == c.start);
      CHECK(store.last.at == c.now);
      REQUIRE(service.forget_visitors().has_value());
      CHECK(store.asked_window == c.start);
    }
  }
}

TEST_CASE("a like counts once in a window and again in the next") {
  FakeStore store;
  FakeClock clock(kNow + 100);
  LikeService service(store, clock, std::chrono::hours(1));
  REQUIRE(service.list_posts(two_posts()).has_value());
  CHECK(service.like("posts/a", visitor(1))->outcome == LikeOutcome::kRecorded);
  const Result<LikeAnswer> again = service.like("posts/a", visitor(1));
  CHECK(again->outcome == LikeOutcome::kAlreadyLiked);
  CHECK(again->total == 1);
  CHECK(again->seconds_to_next == kHour - 100);
  clock.set(kNow + kHour);
  CHECK(service.like("posts/a", visitor(1))->outcome == LikeOutcome::kRecorded);
}

TEST_CASE("a like that is taken back can be given again at once") {
  FakeStore store;
  const FakeClock clock(kNow + 100);
  LikeService service(store, clock, std::chrono::hours(1));
  REQUIRE(service.list_posts(two_posts()).has_value());
  REQUIRE(service.like("posts/a", visitor(1)).has_value());
  const Result<LikeAnswer> back = service.take_back("posts/a", visitor(1));
  REQUIRE(back.has_value());
  CHECK(back->outcome == LikeOutcome::kRecorded);
  CHECK(back->total == 0);
  CHECK(back->seconds_to_next == 0);
  CHECK(store.last.window == kNow);
  CHECK(service.like("posts/a", visitor(1))->outcome == LikeOutcome::kRecorded);
}

TEST_CASE("the store is asked about listed keys only") {
  FakeStore store;
  const FakeClock clock(kNow);
  LikeService service(store, clock, std::chrono::hours(1));
  REQUIRE(service.list_posts(two_posts()).has_value());
  for (const std::string key : {"posts/c", "a", "old/a", ""}) {
    DYNAMIC_SECTION("'" << key << "'") {
      CHECK(service.like(key, visitor(1))->outcome == LikeOutcome::kUnknownPost);
      CHECK(service.take_back(key, visitor(1))->outcome == LikeOutcome::kUnknownPost);
      CHECK(service.counts(std::vector<std::string>{key, "posts/b"}, visitor(1)).size() == 1);
      CHECK(store.calls == 0);
    }
  }
}

TEST_CASE("a list of posts is taken whole or not at all") {
  struct Case {
    const char* name;
    std::vector<Post> posts;
    std::string message;  ///< "" when the list is right.
  };
  const std::string longest(kMaxKeyBytes, 'k');
  const Case cases[] = {
      {"no post", {}, ""},
      {"longest key", {{longest, "", {}}}, ""},
      {"key too long",
       {{longest + "k", "", {}}},
       "found a post key of 513 bytes ('" + std::string(40, 'k') + "'), wanted 1 to 512"},
      {"empty key", {{"", "", {}}}, "found a post key of 0 bytes (''), wanted 1 to 512"},
      {"key twice", {{"x", "", {}}, {"y", "", {}}, {"x", "", {}}}, "found the post key 'x' twice"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      FakeStore store;
      const FakeClock clock(kNow);
      LikeService service(store, clock, std::chrono::hours(1));
      REQUIRE(service.list_posts(two_posts()).has_value());
      const Result<void> listed = service.list_posts(c.posts);
      const bool is_right = c.message.empty();
      REQUIRE(listed.has_value() == is_right);
      CHECK((is_right || listed.error().message == c.message));
      CHECK(store.listed == (is_right ? c.posts.size() : 2));
      CHECK(service.find_post("posts/a").has_value() == !is_right);
    }
  }
}

TEST_CASE("a list that the store did not take is not in memory either") {
  FakeStore store;
  const FakeClock clock(kNow);
  LikeService service(store, clock, std::chrono::hours(1));
  store.away = true;
  CHECK(service.list_posts(two_posts()).error().code == ErrorCode::kUnavailable);
  CHECK(service.find_post("posts/a").error().code == ErrorCode::kNotFound);
}

TEST_CASE(
    "the store is given one batch at a time: those who come meanwhile go together in the next") {
  FakeStore store;
  const FakeClock clock(kNow);
  LikeService service(store, clock, std::chrono::hours(1));
  REQUIRE(service.list_posts(two_posts()).has_value());
  store.close();
  std::vector<std::future<Result<LikeAnswer>>> answers;
  answers.push_back(send(service, 0, "posts/a"));
  store.wait_for_calls(1);
  for (int from = 1; from < 10; ++from) {
    answers.push_back(send(service, from, from % 2 == 0 ? "posts/a" : "posts/b"));
  }
  while (service.waiting() < 9) {
    std::this_thread::yield();
  }
  CHECK(store.calls == 1);
  store.open();
  for (std::future<Result<LikeAnswer>>& answer : answers) {
    CHECK(answer.get()->outcome == LikeOutcome::kRecorded);
  }
  CHECK(store.calls == 2);
}

TEST_CASE("likes are followed from whoever sent them into their transaction") {
  FakeStore store;
  const FakeClock clock(kNow);
  LikeService service(store, clock, std::chrono::hours(1), {.batch = 4, .waiting = 100});
  REQUIRE(service.list_posts(two_posts()).has_value());
  thread_local std::string sender;
  std::vector<std::string> told;
  service.follow_batches(
      {[] { return sender.empty() ? nullptr : std::make_shared<const std::string>(sender); },
       [&](std::span<const Origin> likes) -> std::function<void(bool)> {
         std::string names;
         for (const Origin& like : likes) {
           names += like ? *static_cast<const std::string*>(like.get()) : "nobody";
         }
         told.push_back("begins: " + names);
         if (names == "nobody") {
           return nullptr;
         }
         return [&](bool recorded) { told.emplace_back(recorded ? "recorded" : "failed"); };
       }});
  sender = "ada";
  CHECK(service.like("posts/a", visitor(0)).has_value());
  store.away = true;
  CHECK_FALSE(service.like("posts/a", visitor(1)).has_value());
  sender = "";
  CHECK_FALSE(service.like("posts/a", visitor(1)).has_value());
  CHECK(told == std::vector<std::string>{"begins: ada", "recorded", "begins: ada", "failed",
                                         "begins: nobody"});
}

TEST_CASE("what this service changes is read at once") {
  FakeStore store;
  const FakeClock clock(kNow);
  LikeService service(store, clock, std::chrono::hours(1));
  REQUIRE(service.list_posts(two_posts()).has_value());
  const std::vector<std::string> keys = {"posts/a"};
  const auto days = [&service] {
    std::vector<DayLikes> found;
    service.look_at_totals([&](const Totals& totals) { found = totals.posts.at("posts/a").days; });
    return found;
  };
  CHECK(service.counts(keys, visitor(1))[0].liked == false);
  const std::uint64_t before = service.revision();

  REQUIRE(service.like("posts/a", visitor(1)).has_value());
  CHECK(service.counts(keys, visitor(1))[0].total == 1);
  CHECK(service.counts(keys, visitor(1))[0].liked == true);
  CHECK(service.counts(keys, visitor(2))[0].liked == false);
  CHECK(service.counts(keys, std::nullopt)[0].liked == std::nullopt);
  CHECK(days() == std::vector<DayLikes>{{static_cast<std::int32_t>(kNow / 86400), 1}});
  const std::uint64_t liked = service.revision();
  CHECK(liked != before);

  REQUIRE(service.like("posts/a", visitor(1)).has_value());
  CHECK(service.revision() == liked);

  REQUIRE(service.take_back("posts/a", visitor(1)).has_value());
  CHECK(service.counts(keys, visitor(1))[0].total == 0);
  CHECK(service.counts(keys, visitor(1))[0].liked == false);
  CHECK(days().empty());
  CHECK(store.liked_calls == 0);
}

TEST_CASE("with more likes in a window than are kept in memory, the store is asked") {
  FakeStore store;
  const FakeClock clock(kNow);
  LikeService service(store, clock, std::chrono::hours(1));
  store.all_given = false;
  REQUIRE(service.list_posts(two_posts()).has_value());
  const std::vector<std::string> keys = {"posts/a", "posts/b"};
  REQUIRE(service.like("posts/a", visitor(1)).has_value());
  const std::vector<PostCount> counts = service.counts(keys, visitor(1));
  CHECK(store.liked_calls == 1);
  CHECK(store.asked_window == kNow);
  CHECK(counts[1].liked == true);  // As this store says of every post.
  CHECK(service.counts(std::vector<std::string>{"posts/a"}, visitor(1))[0].liked == true);
  CHECK(store.liked_calls == 1);
}

TEST_CASE("while the store is away counts are read and likes are refused at once") {
  FakeStore store;
  FakeClock clock(kNow);
  LikeService service(store, clock, std::chrono::hours(1));
  REQUIRE(service.list_posts(two_posts()).has_value());
  REQUIRE(service.like("posts/a", visitor(1)).has_value());
  REQUIRE(service.visitor_key().has_value());
  CHECK_FALSE(service.is_stale());

  store.unreachable = true;
  while (!service.is_stale()) {
    std::this_thread::yield();
  }
  const int calls = store.calls;
  CHECK(service.counts(std::vector<std::string>{"posts/a"}, visitor(1))[0].total == 1);
  CHECK(service.counts(std::vector<std::string>{"posts/a"}, visitor(1))[0].liked == true);
  CHECK(service.like("posts/a", visitor(2)).error().message == "unreachable");
  CHECK(service.take_back("posts/a", visitor(1)).error().code == ErrorCode::kUnavailable);
  CHECK(store.calls == calls);
  CHECK(service.visitor_key().has_value());
  clock.set(kNow + kHour);
  CHECK(service.visitor_key().error().code == ErrorCode::kUnavailable);

  store.unreachable = false;
  while (service.is_stale()) {
    std::this_thread::yield();
  }
  CHECK(service.like("posts/a", visitor(2))->outcome == LikeOutcome::kRecorded);
}

TEST_CASE("trouble with the store is told once when it begins and once when it is over") {
  FakeStore store;
  FakeClock clock(kNow);
  std::mutex mutex;
  std::vector<std::string> told;
  LikeService service(store, clock, std::chrono::hours(1));
  service.follow_trouble([&](const std::optional<Error>& trouble) {
    const std::lock_guard lock(mutex);
    told.push_back(trouble ? trouble->message : "over");
  });
  const auto told_so_far = [&] {
    const std::lock_guard lock(mutex);
    return told;
  };
  REQUIRE(service.list_posts(two_posts()).has_value());
  REQUIRE(service.like("posts/a", visitor(1)).has_value());
  CHECK(told_so_far().empty());

  SECTION("nobody likes anything meanwhile") {
    store.unreachable = true;
    while (told_so_far().empty()) {
      std::this_thread::yield();
    }
    CHECK(service.is_stale());
    store.unreachable = false;
    while (told_so_far().size() < 2) {
      std::this_thread::yield();
    }
    CHECK(told_so_far() == std::vector<std::string>{"unreachable", "over"});
  }
  SECTION("a like finds it out first") {
    store.away = true;
    CHECK_FALSE(service.like("posts/a", visitor(2)).has_value());
    store.unreachable = true;
    while (!service.is_stale()) {
      std::this_thread::yield();
    }
    CHECK_FALSE(service.like("posts/a", visitor(2)).has_value());
    CHECK_FALSE(service.take_back("posts/a", visitor(2)).has_value());
    CHECK(told_so_far() == std::vector<std::string>{"away"});
    store.away = false;
    store.unreachable = false;
    while (service.is_stale()) {
      std::this_thread::yield();
    }
    CHECK(told_so_far() == std::vector<std::string>{"away", "over"});
    CHECK(service.like("posts/a", visitor(2)).has_value());
    CHECK(told_so_far().size() == 2);
  }
  SECTION("it can be read, but takes no likes") {
    store.away = true;
    CHECK_FALSE(service.like("posts/a", visitor(2)).has_value());
    CHECK_FALSE(service.like("posts/a", visitor(3)).has_value());
    CHECK_FALSE(service.visitor_key().has_value());
    CHECK_FALSE(service.is_stale());
    store.away = false;
    CHECK(service.like("posts/a", visitor(2)).has_value());
    CHECK(service.like("posts/a", visitor(3)).has_value());
    CHECK(told_so_far() == std::vector<std::string>{"away", "over"});
  }
}

TEST_CASE("the visitor key is asked for once a window, and again after a failure") {
  FakeStore store;
  FakeClock clock(kNow + 5);
  LikeService service(store, clock, std::chrono::hours(1));
  store.away = true;
  CHECK(service.visitor_key().error().code == ErrorCode::kUnavailable);
  store.away = false;
  CHECK((*service.visitor_key())[0] == 1);
  clock.set(kNow + kHour - 1);
  CHECK((*service.visitor_key())[0] == 1);
  CHECK(store.asked_window == kNow);
  CHECK(store.asked_lifetime == kVisitorKeyLifetime.count());
  clock.set(kNow + kHour);
  CHECK((*service.visitor_key())[0] == 2);
  CHECK(store.asked_window == kNow + kHour);
}

TEST_CASE("without a window every like counts, and one is the visitor's own") {
  FakeStore store;
  const FakeClock clock(kNow);
  LikeService service(store, clock, std::chrono::seconds{0});
  REQUIRE(service.list_posts({{"posts/hello", "", {}}}));
  const Visitor visitor{{1}};
  for (const std::int64_t total : {1, 2, 3}) {
    const Result<LikeAnswer> answer = service.like("posts/hello", visitor);
    REQUIRE(answer);
    CHECK(answer->outcome == LikeOutcome::kRecorded);
    CHECK(answer->total == total);
  }
  for (int twice = 0; twice < 2; ++twice) {
    const Result<LikeAnswer> taken = service.take_back("posts/hello", visitor);
    REQUIRE(taken);
    CHECK(taken->total == 2);
  }
}

TEST_CASE("posts are adopted up to a limit and stay when others are listed") {
  FakeStore store;
  const FakeClock clock(kNow);
  LikeService service(store, clock, std::chrono::hours{1});
  REQUIRE(service.list_posts({{"posts/hello", "", {}}}));
  for (std::size_t i = 0; i < kMaxAdopted; ++i) {
    const Result<Post> adopted = service.adopt_post("drafts/" + std::to_string(i));
    REQUIRE(adopted);
    CHECK(adopted->is_unlisted);
  }
  const Result<Post> beyond = service.adopt_post("one/more");
  REQUIRE_FALSE(beyond);
  CHECK(beyond.error().message == "found more than 1000 posts that are not in the index");
  CHECK_FALSE(service.adopt_post("posts/hello")->is_unlisted);

  REQUIRE(service.list_posts({{"drafts/7", "", {}}}));
  CHECK_FALSE(service.find_post("drafts/7")->is_unlisted);
  CHECK(service.find_post("drafts/8")->is_unlisted);
  CHECK(service.adopt_post("one/more"));
}

}  // namespace likes::domain
