#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "server/likes/store.h"
#include "server/store/open_store.h"
#include "tests/server/store/backends.h"
#include "tests/support/catch.h"
#include "tests/support/postgres.h"

// A server of their own for tests that stop it.
namespace likes::testing {
namespace {

using domain::Like;
using domain::LikeOutcome;
using domain::LikeResult;
using domain::Post;
using domain::Store;

const std::vector<Post> kPosts = {{"posts/a", "https://example.org/posts/a/", {}}};

std::vector<Like> like(int from) {
  Like made{"posts/a", {}, 3600, 3601};
  made.visitor.hash[0] = static_cast<unsigned char>(from);
  made.visitor.hash[1] = static_cast<unsigned char>(from >> 8);
  return {made};
}

std::int64_t total(Store& store) {
  return must(store.read({.everything = true}, 0)).totals.posts.at("posts/a").total;
}

}  // namespace

TEST_CASE("while PostgreSQL is away every call is kUnavailable, and afterwards all is well") {
  PostgresServer server;
  const std::string url = server.new_database();
  must(store::migrate(url));
  const std::unique_ptr<Store> store = must(store::open_store(url));
  must(store->list_posts(kPosts));
  must(store->record(like(1)));

  server.stop_immediately();
  const std::vector<std::string> keys = {"posts/a"};
  CHECK(store->ping().error().code == ErrorCode::kUnavailable);
  CHECK(store->list_posts(kPosts).error().code == ErrorCode::kUnavailable);
  CHECK(store->record(like(2)).error().code == ErrorCode::kUnavailable);
  CHECK(store->take_back(like(1)[0]).error().code == ErrorCode::kUnavailable);
  CHECK(store->liked(keys, {}, 0).error().code == ErrorCode::kUnavailable);
  CHECK(store->read({.everything = true}, 0).error().code == ErrorCode::kUnavailable);
  CHECK(store->visitor_key(0, 1).error().code == ErrorCode::kUnavailable);
  CHECK(store->forget_visitors(0).error().code == ErrorCode::kUnavailable);
  CHECK(store->verify().error().code == ErrorCode::kUnavailable);
  CHECK(store->ping().error().message.find('\n') == std::string::npos);

  server.start();
  must(store->ping());
  CHECK(must(store->record(like(1)))[0].outcome == LikeOutcome::kAlreadyLiked);
  CHECK(must(store->record(like(2)))[0].total == 2);
  CHECK(must(store->verify()).empty());
}

TEST_CASE("an attempt to connect that fails is counted as an error") {
  PostgresServer server;
  const std::string url = server.new_database();
  must(store::migrate(url));
  const store::StoreOptions options;
  const std::unique_ptr<Store> store = must(store::open_store(url, options));
  server.stop_immediately();
  // Afterwards no connection is left for a transaction to fail on.
  CHECK(store->ping().error().code == ErrorCode::kUnavailable);
  const std::uint64_t before = options.figures->errors;
  CHECK(store->ping().error().code == ErrorCode::kUnavailable);
  CHECK(options.figures->errors == before + 1);
}

TEST_CASE("a restart between two calls is not noticed") {
  PostgresServer server;
  const std::string url = server.new_database();
  must(store::migrate(url));
  const std::unique_ptr<Store> store = must(store::open_store(url));
  must(store->list_posts(kPosts));
  for (int i = 0; i < 3; ++i) {
    server.stop_immediately();
    server.start();
    CHECK(must(store->record(like(i)))[0].total == i + 1);
  }
}

TEST_CASE("a connection that the server ends is replaced") {
  const Opened<OnPostgres> opened;
  must(opened.store->list_posts(kPosts));
  opened.backend.execute(
      "select pg_terminate_backend(pid) from pg_stat_activity "
      "where datname = current_database() and pid <> pg_backend_pid()");
  CHECK(must(opened.store->record(like(1)))[0].total == 1);
}

TEST_CASE("a crash in the middle of many likes loses none that was answered and doubles none") {
  PostgresServer server;
  const std::string url = server.new_database();
  must(store::migrate(url));
  const std::unique_ptr<Store> store = must(store::open_store(url));
  must(store->list_posts(kPosts));

  constexpr int kThreads = 8;
  constexpr int kEach = 200;
  constexpr int kLikes = kThreads * kEach;
  std::atomic<int> answered = 0;
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < kEach; ++i) {
        // A client that is told to come back does so, until it is told that its like counts.
        while (!store->record(like(thread * kEach + i))) {
          std::this_thread::yield();
        }
        ++answered;
      }
    });
  }
  while (answered < kLikes / 4) {
    std::this_thread::yield();
  }
  server.stop_immediately();
  const int before = answered;
  server.start();
  CHECK(total(*store) >= before);
  for (std::thread& thread : threads) {
    thread.join();
  }
  CHECK(before < kLikes);
  CHECK(total(*store) == kLikes);
  CHECK(must(store->verify()).empty());
}

}  // namespace likes::testing
