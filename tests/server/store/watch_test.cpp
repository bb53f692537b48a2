#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "server/likes/like_service.h"
#include "server/likes/store.h"
#include "server/store/open_store.h"
#include "tests/server/store/backends.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"

// How a server hears of what others do to its database.
namespace likes::testing {
namespace {

using domain::Changes;
using domain::LikeService;
using domain::Post;
using domain::Visitor;
using domain::Watch;

constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kNoon = 498'636 * kHour;
constexpr std::chrono::milliseconds kMoment{20};
constexpr std::chrono::seconds kPatience{20};

const std::vector<Post> kPosts = {{"posts/a", "https://example.org/posts/a/", {}},
                                  {"posts/b", "https://example.org/posts/b/", {}}};

Visitor visitor(int number) {
  Visitor made;
  made.hash[15] = static_cast<unsigned char>(number);
  return made;
}

/// Whether the condition comes to hold before patience ends.
bool holds_soon(const std::function<bool()>& condition) {
  const auto give_up = std::chrono::steady_clock::now() + kPatience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > give_up) {
      return false;
    }
    std::this_thread::yield();
  }
  return true;
}

/// Whether the watch tells of something `wanted` before patience ends.
bool tells(Watch& watch, const std::function<bool(const Changes&)>& wanted) {
  return holds_soon([&] { return wanted(must(watch.wait(kMoment))); });
}

bool is_any(const Changes& changes) {
  return !changes.empty();
}

std::int64_t total(LikeService& service, const std::string& key) {
  const std::vector<domain::PostCount> counts =
      service.counts(std::vector<std::string>{key}, std::nullopt);
  return counts.empty() ? -1 : counts[0].total;
}

bool likes_now(LikeService& service, const std::string& key, int from) {
  const std::vector<domain::PostCount> counts =
      service.counts(std::vector<std::string>{key}, visitor(from));
  return !counts.empty() && counts[0].liked == true;
}

/// Two servers on one database.
template <class Backend>
struct TwoServers {
  TwoServers() {
    must(first.list_posts(kPosts));
    must(second.list_posts(kPosts));
  }

  Opened<Backend> opened;
  std::unique_ptr<domain::Store> other = must(store::open_store(opened.backend.url()));
  FakeClock clock{kNoon};
  LikeService first{*opened.store, clock, std::chrono::hours(1)};
  LikeService second{*other, clock, std::chrono::hours(1)};
};

}  // namespace

TEMPLATE_TEST_CASE("a watch says at first that everything may have changed, then nothing",
                   "[watch]", OnSqlite, OnPostgres) {
  Opened<TestType> opened;
  must(opened.store->list_posts(kPosts));
  const std::unique_ptr<Watch> watch = opened.store->watch();
  CHECK(must(watch->wait(kMoment)).everything);
  CHECK(must(watch->wait(kMoment)).empty());
}

TEMPLATE_TEST_CASE("a watch tells of every kind of change, whoever makes it", "[watch]", OnSqlite,
                   OnPostgres) {
  struct Case {
    const char* name;
    const char* sql;
  };
  const Case cases[] = {
      {"a total", "update posts set total = 7 where key = 'posts/b'"},
      {"a new post", "insert into posts (id, key, listed) values (9, 'posts/c', true)"},
      {"a post that is gone", "delete from posts where key = 'posts/b'"},
      {"a post that is unlisted", "update posts set listed = false where key = 'posts/b'"},
      {"a like",
       "insert into likes (post_id, visitor, window_start, liked_at) "
       "select id, null, 0, 0 from posts; update posts set total = total + 1"},
      {"a like that is gone", "delete from likes where visitor is not null"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      Opened<TestType> opened;
      must(opened.store->list_posts(kPosts));
      must(opened.store->record(
          std::vector<domain::Like>{{"posts/a", visitor(1), kNoon, kNoon + 1}}));
      const std::unique_ptr<Watch> watch = opened.store->watch();
      REQUIRE(must(watch->wait(kMoment)).everything);
      opened.backend.execute(c.sql);
      CHECK(tells(*watch, is_any));
    }
  }
}

TEST_CASE("PostgreSQL tells exactly what has changed") {
  Opened<OnPostgres> opened;
  must(opened.store->list_posts(kPosts));
  const std::unique_ptr<Watch> watch = opened.store->watch();
  REQUIRE(must(watch->wait(kMoment)).everything);
  const domain::Like like{"posts/b", visitor(1), kNoon, kNoon + 1};

  must(opened.store->record(std::vector<domain::Like>{like}));
  Changes heard;
  const auto gather = [&heard](const Changes& changes) {
    REQUIRE_FALSE(changes.everything);
    heard.posts.insert(heard.posts.end(), changes.posts.begin(), changes.posts.end());
    heard.given.insert(heard.given.end(), changes.given.begin(), changes.given.end());
    heard.taken.insert(heard.taken.end(), changes.taken.begin(), changes.taken.end());
    return !heard.given.empty() || (!heard.posts.empty() && !heard.taken.empty());
  };
  // Our own likes come in one message, and the triggers are silent.
  CHECK(tells(*watch, gather));
  CHECK(heard.posts.empty());
  CHECK(heard.given[0].first == 1);
  CHECK(heard.given[0].last == 1);
  CHECK(heard.given[0].posts == std::vector<std::int64_t>{2});

  heard = {};
  must(opened.store->take_back(like));
  CHECK(tells(*watch, gather));
  CHECK(heard.posts == std::vector<std::int64_t>{2});
  CHECK(heard.taken[0].post == 2);
  CHECK(heard.taken[0].visitor == visitor(1));
  CHECK(heard.taken[0].window == kNoon);

  // Whoever does not tell is told of, row by row.
  heard = {};
  opened.backend.execute(
      "insert into likes (post_id, visitor, window_start, liked_at) "
      "select id, decode(repeat('07', 16), 'hex'), 3600, 3601 from posts; "
      "insert into likes (post_id, window_start, liked_at) values (1, 0, 0); "
      "update posts set total = total + 1 where id = 1");
  CHECK(tells(*watch, [&](const Changes& changes) {
    gather(changes);
    return !heard.posts.empty() && heard.given.size() == 2;
  }));
  CHECK(heard.posts == std::vector<std::int64_t>{1});
  CHECK(heard.given[0].posts.empty());
}

TEST_CASE("to the one who gave them, likes are no news") {
  Opened<OnPostgres> opened;
  must(opened.store->list_posts(kPosts));
  const std::unique_ptr<domain::Store> other = must(store::open_store(opened.backend.url()));
  const std::unique_ptr<Watch> watch = other->watch();
  REQUIRE(must(watch->wait(kMoment)).everything);
  must(opened.store->record(std::vector<domain::Like>{{"posts/a", visitor(1), kNoon, kNoon + 1},
                                                      {"posts/b", visitor(1), kNoon, kNoon + 1}}));
  Changes heard;
  REQUIRE(tells(*watch, [&heard](const Changes& changes) {
    heard = changes;
    return is_any(changes);
  }));
  CHECK(heard.given[0].posts == std::vector<std::int64_t>{1, 2});
  other->leave_out_own(heard);
  CHECK_FALSE(heard.empty());
  opened.store->leave_out_own(heard);
  CHECK(heard.empty());
}

TEST_CASE("a watch whose connection is ended gets another, and says that it has missed something") {
  Opened<OnPostgres> opened;
  must(opened.store->list_posts(kPosts));
  const std::unique_ptr<Watch> watch = opened.store->watch();
  REQUIRE(must(watch->wait(kMoment)).everything);
  opened.backend.execute(
      "select pg_terminate_backend(pid) from pg_stat_activity "
      "where datname = current_database() and pid <> pg_backend_pid()");
  CHECK(tells(*watch, [](const Changes& changes) { return changes.everything; }));
  CHECK(must(watch->wait(kMoment)).empty());
}

TEMPLATE_TEST_CASE("what one server does the other reads, and both agree with the database",
                   "[watch]", OnSqlite, OnPostgres) {
  TwoServers<TestType> servers;
  CHECK(must(servers.first.like("posts/a", visitor(1))).total == 1);
  CHECK(holds_soon([&] { return total(servers.second, "posts/a") == 1; }));
  CHECK(holds_soon([&] { return likes_now(servers.second, "posts/a", 1); }));
  CHECK_FALSE(likes_now(servers.second, "posts/a", 2));

  // The other way round, and back.
  CHECK(must(servers.second.take_back("posts/a", visitor(1))).total == 0);
  CHECK(holds_soon([&] { return total(servers.first, "posts/a") == 0; }));
  CHECK(holds_soon([&] { return !likes_now(servers.first, "posts/a", 1); }));
  CHECK(must(servers.second.like("posts/b", visitor(2))).total == 1);
  CHECK(holds_soon([&] { return total(servers.first, "posts/b") == 1; }));

  // An operator's own change.
  servers.opened.backend.execute("update posts set total = 40 where key = 'posts/b'");
  CHECK(holds_soon([&] {
    return total(servers.first, "posts/b") == 40 && total(servers.second, "posts/b") == 40;
  }));

  // A server that was started with a newer posts.json.
  must(servers.second.list_posts({{"posts/a", "", {}}, {"posts/new", "", {"posts/b"}}}));
  CHECK(total(servers.second, "posts/new") == 40);
  CHECK(holds_soon([&] { return total(servers.first, "posts/b") == -1; }));
}

TEMPLATE_TEST_CASE("of two servers that race the same like one counts it", "[watch]", OnSqlite,
                   OnPostgres) {
  TwoServers<TestType> servers;
  constexpr int kRaces = 50;
  for (int race = 0; race < kRaces; ++race) {
    std::vector<Result<domain::LikeAnswer>> answers(2, domain::LikeAnswer{});
    in_threads(2, [&](std::size_t i) {
      answers[i] = (i == 0 ? servers.first : servers.second).like("posts/a", visitor(race));
    });
    const auto counted = std::count_if(answers.begin(), answers.end(), [](const auto& answer) {
      return must(answer).outcome == domain::LikeOutcome::kRecorded;
    });
    CHECK(counted == 1);
    CHECK(must(answers[0]).total == race + 1);
    CHECK(must(answers[1]).total == race + 1);
  }
  CHECK(must(servers.other->verify()).empty());
  CHECK(holds_soon([&] {
    return total(servers.first, "posts/a") == kRaces && total(servers.second, "posts/a") == kRaces;
  }));
}

}  // namespace likes::testing
