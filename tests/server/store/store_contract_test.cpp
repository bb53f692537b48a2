#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "server/likes/like_service.h"
#include "server/likes/store.h"
#include "server/store/open_store.h"
#include "tests/server/store/backends.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tools/support/utc_time.h"

// What store.h promises, held against every kind of database.
namespace likes::testing {
namespace {

using domain::Contradictions;
using domain::Like;
using domain::LikeAnswer;
using domain::LikeOutcome;
using domain::LikeResult;
using domain::LikeService;
using domain::Post;
using domain::Store;
using domain::Totals;
using domain::Visitor;
using domain::VisitorKey;

constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::int64_t kMidnight = 20'777 * kDay;  // 2026-11-20T00:00:00Z
constexpr std::int64_t kNoon = kMidnight + 12 * kHour;

Visitor visitor(int number) {
  Visitor made;
  // Bytes that need escaping in a text are among them.
  made.hash = {0, 0xff, '"', '\\', '\'', '{', ',', '}'};
  made.hash[14] = static_cast<unsigned char>(number >> 8);
  made.hash[15] = static_cast<unsigned char>(number);
  return made;
}

Like like(const std::string& key, int from, std::int64_t at = kNoon) {
  return {key, visitor(from), at - at % kHour, at};
}

Post post(const std::string& key, std::vector<std::string> aliases = {}) {
  return {key, "https://example.org/" + key + "/", std::move(aliases)};
}

void list(Store& store, const std::vector<Post>& posts) {
  must(store.list_posts(posts));
}

std::vector<LikeResult> record(Store& store, const std::vector<Like>& likes) {
  return must(store.record(likes));
}

/// `post 2` for each, in words that are easy to compare.
std::vector<std::string> words(const std::vector<LikeResult>& results) {
  std::vector<std::string> said;
  for (const LikeResult& result : results) {
    const char* word = result.outcome == LikeOutcome::kRecorded       ? "recorded "
                       : result.outcome == LikeOutcome::kAlreadyLiked ? "already "
                                                                      : "unknown ";
    said.push_back(word + std::to_string(result.total));
  }
  return said;
}

using Words = std::vector<std::string>;

Totals totals(Store& store) {
  domain::Changes everything;
  everything.everything = true;
  return must(store.read(everything, 0)).totals;
}

std::int64_t total(Store& store, const std::string& key) {
  const Totals all = totals(store);
  const auto post = all.posts.find(key);
  return post == all.posts.end() ? -1 : post->second.total;
}

bool likes_now(Store& store, const std::string& key, int from, std::int64_t window) {
  return !must(store.liked(std::vector<std::string>{key}, visitor(from), window)).empty();
}

/// What taking this like back leaves; -1 for a post that is not listed.
std::int64_t take_back(Store& store, const Like& like) {
  const std::optional<domain::TakenBack> taken = must(store.take_back(like));
  return taken ? taken->total : -1;
}

/// Every post's days, `2026-11-20=3`.
std::map<std::string, Words> days(Store& store) {
  std::map<std::string, Words> all;
  for (const auto& [key, entry] : totals(store).posts) {
    Words& said = all[key];
    for (const domain::DayLikes& day : entry.days) {
      said.push_back(utc_day(day.day * kDay) + "=" + std::to_string(day.likes));
    }
  }
  return all;
}

void check_sound(Store& store) {
  CHECK(must(store.verify()) == Contradictions{});
}

}  // namespace

TEMPLATE_TEST_CASE("a like is recorded once per post, visitor and window", "[store]", OnSqlite,
                   OnPostgres) {
  Opened<TestType> opened;
  Store& store = *opened.store;
  list(store, {post("posts/a"), post("posts/b")});

  CHECK(words(record(store, {like("posts/a", 1)})) == Words{"recorded 1"});
  CHECK(words(record(store, {like("posts/a", 1)})) == Words{"already 1"});
  CHECK(words(record(store, {like("posts/a", 1, kNoon + kHour - 1)})) == Words{"already 1"});
  CHECK(words(record(store, {like("posts/a", 1, kNoon + kHour)})) == Words{"recorded 2"});
  CHECK(words(record(store, {like("posts/a", 2)})) == Words{"recorded 3"});
  CHECK(words(record(store, {like("posts/b", 1)})) == Words{"recorded 1"});
  CHECK(words(record(store, {like("posts/c", 1)})) == Words{"unknown 0"});
  CHECK(record(store, {}).empty());
  check_sound(store);
}

TEMPLATE_TEST_CASE("a batch is answered one by one, in its order", "[store]", OnSqlite,
                   OnPostgres) {
  Opened<TestType> opened;
  Store& store = *opened.store;
  list(store, {post("posts/a"), post("posts/b")});
  record(store, {like("posts/b", 9)});

  const std::vector<Like> batch = {like("posts/b", 1), like("posts/c", 1), like("posts/a", 1),
                                   like("posts/b", 1), like("posts/b", 2), like("posts/b", 9),
                                   like("posts/a", 1)};
  SECTION("in this order") {
    CHECK(words(record(store, batch)) == Words{"recorded 2", "unknown 0", "recorded 1", "already 2",
                                               "recorded 3", "already 3", "already 1"});
  }
  SECTION("the other way round") {
    CHECK(words(record(store, {batch.rbegin(), batch.rend()})) ==
          Words{"recorded 1", "already 1", "recorded 2", "recorded 3", "already 1", "unknown 0",
                "already 3"});
  }
  CHECK(total(store, "posts/a") == 1);
  CHECK(total(store, "posts/b") == 3);
  check_sound(store);
}

TEMPLATE_TEST_CASE("a like that the schema refuses takes its whole batch along", "[store]",
                   OnSqlite, OnPostgres) {
  Opened<TestType> opened;
  Store& store = *opened.store;
  list(store, {post("posts/a")});
  Like before_time = like("posts/a", 2);
  before_time.at = -1;
  const std::vector<Like> batch = {like("posts/a", 1), before_time};
  const Result<std::vector<LikeResult>> refused = store.record(batch);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == ErrorCode::kInternal);
  CHECK(refused.error().message.starts_with(opened.backend.name() + ": "));
  CHECK(total(store, "posts/a") == 0);
  CHECK(words(record(store, {like("posts/a", 1)})) == Words{"recorded 1"});
  check_sound(store);
}

TEMPLATE_TEST_CASE("keys may hold anything that text can", "[store]", OnSqlite, OnPostgres) {
  Opened<TestType> opened;
  Store& store = *opened.store;
  const std::vector<std::string> keys = {
      "a\"b\\c", "{a,b}", "it's", "null", "NULL", " ", "ключ/日本", "%_$1", std::string(512, 'k')};
  std::vector<Post> posts;
  std::vector<Like> likes;
  for (const std::string& key : keys) {
    posts.push_back(post(key));
    likes.push_back(like(key, 1));
  }
  list(store, posts);
  CHECK(words(record(store, likes)) == Words(keys.size(), "recorded 1"));
  CHECK(must(store.liked(keys, visitor(1), kNoon)).size() == keys.size());
  const Totals all = totals(store);
  CHECK(all.posts.size() == keys.size());
  for (const std::string& key : keys) {
    CHECK(all.posts.at(key).total == 1);
  }
}

TEMPLATE_TEST_CASE("a key longer than the limit is refused, and no post of its list is listed",
                   "[store]", OnSqlite, OnPostgres) {
  Opened<TestType> opened;
  Store& store = *opened.store;
  const std::vector<Post> posts = {post("posts/a"), post(std::string(513, 'k'))};
  CHECK_FALSE(store.list_posts(posts).has_value());
  CHECK(total(store, "posts/a") == -1);
}

TEMPLATE_TEST_CASE("a like can be taken back in its window, any number of times", "[store]",
                   OnSqlite, OnPostgres) {
  Opened<TestType> opened;
  Store& store = *opened.store;
  list(store, {post("posts/a"), post("posts/b")});
  // Given before midnight, taken back after it, in a window that began before it.
  const Like late = {"posts/a", visitor(1), kMidnight - kHour, kMidnight - 1};
  record(store, {late, like("posts/a", 2), like("posts/b", 1)});

  Like back = late;
  back.at = kMidnight + 1;
  CHECK(take_back(store, back) == 1);
  CHECK(take_back(store, back) == 1);
  CHECK(take_back(store, like("posts/a", 3)) == 1);
  CHECK(take_back(store, like("posts/c", 1)) == -1);
  CHECK(days(store) ==
        std::map<std::string, Words>{{"posts/a", {"2026-11-20=1"}}, {"posts/b", {"2026-11-20=1"}}});
  CHECK_FALSE(likes_now(store, "posts/a", 1, late.window));
  CHECK(words(record(store, {late})) == Words{"recorded 2"});
  check_sound(store);
}

TEMPLATE_TEST_CASE("a visitor's own state is of one window", "[store]", OnSqlite, OnPostgres) {
  Opened<TestType> opened;
  Store& store = *opened.store;
  list(store, {post("posts/a"), post("posts/b"), post("posts/c")});
  record(store, {like("posts/a", 1), like("posts/b", 2), like("posts/b", 1, kNoon - kHour)});

  const std::vector<std::string> keys = {"posts/b", "posts/x", "posts/c", "posts/a", "posts/b"};
  CHECK(must(store.liked(keys, visitor(1), kNoon)) == std::set<std::string>{"posts/a"});
  CHECK(must(store.liked(keys, visitor(1), kNoon - kHour)) == std::set<std::string>{"posts/b"});
  CHECK(must(store.liked({}, visitor(1), kNoon)).empty());
}

TEMPLATE_TEST_CASE("what is read is what was asked for", "[store]", OnSqlite, OnPostgres) {
  Opened<TestType> opened;
  Store& store = *opened.store;
  list(store, {post("posts/a"), post("posts/b"), post("posts/gone")});
  record(store, {like("posts/a", 1), like("posts/a", 1, kNoon - kHour), like("posts/b", 2)});
  list(store, {post("posts/a"), post("posts/b")});

  domain::News news = must(store.read({.everything = true}, kNoon));
  CHECK(news.whole);
  CHECK(news.all_given);
  CHECK(news.totals.posts.size() == 2);
  REQUIRE(news.given.size() == 2);
  std::sort(news.given.begin(), news.given.end(),
            [](const auto& left, const auto& right) { return left.key < right.key; });
  CHECK(news.given[0].key == "posts/a");
  CHECK(news.given[0].visitor == visitor(1));
  CHECK(news.given[0].window == kNoon);

  const domain::News some = must(store.read({.posts = {2, 3}}, kNoon));
  CHECK_FALSE(some.whole);
  CHECK(some.given.empty());
  REQUIRE(some.totals.posts.size() == 1);
  CHECK(some.totals.posts.at("posts/b").total == 1);
  CHECK(some.totals.newest == kNoon);

  const domain::News given = must(store.read({.given = {{1, 2}}}, kNoon - kHour));
  CHECK(given.totals.posts.empty());
  CHECK(given.given.size() == 2);
  CHECK(must(store.read({.given = {{7, 9}}}, 0)).given.empty());

  const domain::News taken = must(store.read({.taken = {{1, visitor(4), kNoon}}}, kNoon));
  REQUIRE(taken.taken.size() == 1);
  CHECK(taken.taken[0].key == "posts/a");
  CHECK(taken.taken[0].visitor == visitor(4));
}

TEMPLATE_TEST_CASE("taking back tells when the like was given", "[store]", OnSqlite, OnPostgres) {
  Opened<TestType> opened;
  Store& store = *opened.store;
  list(store, {post("posts/a")});
  record(store, {like("posts/a", 1), like("posts/a", 2, kNoon + 60)});
  const domain::TakenBack taken = must(store.take_back(like("posts/a", 2, kNoon + 99))).value();
  CHECK(taken.given_at == kNoon + 60);
  CHECK(taken.newest == kNoon);
  CHECK(must(store.take_back(like("posts/a", 2)))->given_at == std::nullopt);
}

TEMPLATE_TEST_CASE("totals have every listed post, its UTC days and the newest like", "[store]",
                   OnSqlite, OnPostgres) {
  Opened<TestType> opened;
  Store& store = *opened.store;
  CHECK(totals(store).newest == 0);
  CHECK(totals(store).posts.empty());

  list(store, {post("posts/a"), post("posts/b"), post("posts/gone")});
  record(store, {like("posts/a", 1, kMidnight - 1), like("posts/a", 2, kMidnight),
                 like("posts/a", 3, kMidnight + kDay - 1), like("posts/gone", 1, kNoon + kDay)});
  CHECK(totals(store).newest == kNoon + kDay);

  list(store, {post("posts/a"), post("posts/b")});
  const Totals all = totals(store);
  CHECK(all.newest == kMidnight + kDay - 1);
  CHECK(all.posts.at("posts/a").total == 3);
  CHECK(days(store) == std::map<std::string, Words>{{"posts/a", {"2026-11-19=1", "2026-11-20=2"}},
                                                    {"posts/b", {}}});
}

TEMPLATE_TEST_CASE("a post that is not listed takes no likes and keeps its count", "[store]",
                   OnSqlite, OnPostgres) {
  Opened<TestType> opened;
  Store& store = *opened.store;
  list(store, {post("posts/a"), post("posts/b")});
  record(store, {like("posts/a", 1)});
  list(store, {post("posts/b")});
  CHECK(total(store, "posts/a") == -1);
  CHECK(words(record(store, {like("posts/a", 2)})) == Words{"unknown 0"});
  CHECK(take_back(store, like("posts/a", 1)) == -1);
  CHECK(totals(store).posts.count("posts/a") == 0);
  list(store, {post("posts/a")});
  CHECK(total(store, "posts/a") == 1);
  CHECK(total(store, "posts/b") == -1);
  CHECK(words(record(store, {like("posts/a", 1)})) == Words{"already 1"});
  list(store, {});
  CHECK(totals(store).posts.empty());
  check_sound(store);
}

TEMPLATE_TEST_CASE("a renamed post takes its likes along", "[store]", OnSqlite, OnPostgres) {
  Opened<TestType> opened;
  Store& store = *opened.store;
  list(store, {post("old"), post("older"), post("other")});
  // Visitor 1 likes both in one window, visitor 2 in two, visitor 3 only one of them.
  record(store, {like("old", 1), like("old", 2), like("older", 1), like("older", 2, kNoon + kHour),
                 like("older", 3, kNoon - kDay), like("other", 1)});
  const std::vector<Post> renamed = {post("new", {"old", "older", "never-was"}), post("other")};
  const int times = GENERATE(1, 2, 3);
  for (int i = 0; i < times; ++i) {
    list(store, renamed);
  }
  CHECK(total(store, "new") == 5);
  CHECK(total(store, "other") == 1);
  CHECK(total(store, "old") == -1);
  CHECK(days(store) == std::map<std::string, Words>{{"new", {"2026-11-19=1", "2026-11-20=4"}},
                                                    {"other", {"2026-11-20=1"}}});
  // They are still known by their windows, each once.
  CHECK(words(record(store, {like("new", 1), like("new", 2), like("new", 2, kNoon + kHour),
                             like("new", 3)})) ==
        Words{"already 5", "already 5", "already 5", "recorded 6"});
  CHECK(take_back(store, like("new", 1)) == 5);
  check_sound(store);

  // And back again.
  list(store, {post("old", {"new"}), post("other")});
  CHECK(total(store, "old") == 5);
  CHECK(total(store, "new") == -1);
  check_sound(store);
}

TEMPLATE_TEST_CASE("a former key that is a listed post keeps its own likes", "[store]", OnSqlite,
                   OnPostgres) {
  Opened<TestType> opened;
  Store& store = *opened.store;
  list(store, {post("a"), post("b"), post("shared")});
  record(store, {like("a", 1), like("b", 1), like("shared", 1)});
  // "b" is listed; "shared" was claimed by "a" first; "a" names itself.
  list(store, {post("a", {"b", "shared", "a"}), post("b", {"shared"})});
  CHECK(total(store, "a") == 2);
  CHECK(total(store, "b") == 1);
  check_sound(store);
}

TEMPLATE_TEST_CASE("likes outlive what is known of their visitors", "[store]", OnSqlite,
                   OnPostgres) {
  Opened<TestType> opened;
  Store& store = *opened.store;
  list(store, {post("posts/a")});
  record(store, {like("posts/a", 1, kNoon - kHour), like("posts/a", 1, kNoon),
                 like("posts/a", 2, kNoon - 2 * kHour)});
  for (int i = 0; i < 2; ++i) {
    must(store.forget_visitors(kNoon));
    CHECK(total(store, "posts/a") == 3);
    CHECK_FALSE(likes_now(store, "posts/a", 1, kNoon - kHour));
    CHECK(likes_now(store, "posts/a", 1, kNoon));
  }
  // What is forgotten cannot be taken back, nor found by anyone who reads the database.
  CHECK(take_back(store, like("posts/a", 1, kNoon - kHour)) == 3);
  CHECK(words(record(store, {like("posts/a", 1, kNoon)})) == Words{"already 3"});
  must(store.forget_visitors(kNoon + kHour));
  CHECK_FALSE(likes_now(store, "posts/a", 1, kNoon));
  CHECK(totals(store).newest == kNoon);
  check_sound(store);
}

TEMPLATE_TEST_CASE("more visitors are forgotten than fit in one step", "[store]", OnSqlite,
                   OnPostgres) {
  Opened<TestType> opened;
  Store& store = *opened.store;
  list(store, {post("posts/a")});
  constexpr int kLikes = 10'001;
  std::vector<Like> likes;
  likes.reserve(kLikes);
  for (int i = 0; i < kLikes; ++i) {
    likes.push_back(like("posts/a", i));
  }
  CHECK(record(store, likes).back().total == kLikes);
  must(store.forget_visitors(kNoon + kHour));
  CHECK_FALSE(likes_now(store, "posts/a", 0, kNoon));
  CHECK_FALSE(likes_now(store, "posts/a", kLikes - 1, kNoon));
  check_sound(store);
}

TEMPLATE_TEST_CASE("a visitor key serves its lifetime and is then replaced", "[store]", OnSqlite,
                   OnPostgres) {
  Opened<TestType> opened;
  Store& store = *opened.store;
  const VisitorKey first = must(store.visitor_key(kNoon, kDay));
  CHECK(first != VisitorKey{});
  CHECK(must(store.visitor_key(kNoon, kDay)) == first);
  CHECK(must(store.visitor_key(kNoon + kDay - 1, kDay)) == first);
  const VisitorKey second = must(store.visitor_key(kNoon + kDay, kDay));
  CHECK(second != first);
  CHECK(must(store.visitor_key(kNoon + kDay, kDay)) == second);
  // The first one is gone for good: a window before the second's gets another key.
  const VisitorKey late = must(store.visitor_key(kNoon, kDay));
  CHECK(late != first);
  CHECK(must(store.visitor_key(kNoon + kDay, kDay)) == second);
}

TEMPLATE_TEST_CASE("servers that begin a window at the same time agree on its key", "[store]",
                   OnSqlite, OnPostgres) {
  Opened<TestType> opened;
  constexpr int kServers = 8;
  std::vector<std::unique_ptr<Store>> stores;
  stores.reserve(kServers);
  for (int i = 0; i < kServers; ++i) {
    stores.push_back(must(store::open_store(opened.backend.url())));
  }
  std::vector<Result<VisitorKey>> keys(kServers, VisitorKey{});
  in_threads(kServers, [&](std::size_t i) { keys[i] = stores[i]->visitor_key(kNoon, kDay); });
  for (const Result<VisitorKey>& key : keys) {
    CHECK(must(key) == must(keys[0]));
  }
}

TEMPLATE_TEST_CASE("verify finds what was planted", "[store]", OnSqlite, OnPostgres) {
  struct Case {
    const char* name;
    const char* sql;
    Contradictions found;
  };
  const Case cases[] = {
      {"a total too high",
       "update posts set total = 5 where key = 'posts/a'",
       {"posts/a: its total is 5, but the likes stored are 2",
        "posts/a: its total is 5, but its days add up to 2"}},
      {"a like that is missing",
       "delete from likes where post_id = 1 and liked_at = 1795132800",
       {"posts/a: its total is 2, but the likes stored are 1",
        "posts/a: its likes of 2026-11-20 are 1, but those stored are 0"}},
      {"a day that is missing",
       "delete from like_days where post_id = 1 and day = '2026-11-19'",
       {"posts/a: its total is 2, but its days add up to 1",
        "posts/a: its likes of 2026-11-19 are 0, but those stored are 1"}},
      {"a like on the wrong day",
       "update like_days set day = '2026-11-18' where post_id = 1 and day = '2026-11-19'",
       {"posts/a: its likes of 2026-11-18 are 1, but those stored are 0",
        "posts/a: its likes of 2026-11-19 are 0, but those stored are 1"}},
      {"a like of another post",
       "update likes set post_id = 2 where post_id = 1 and liked_at = 1795132800",
       {"posts/a: its total is 2, but the likes stored are 1",
        "posts/b: its total is 1, but the likes stored are 2",
        "posts/a: its likes of 2026-11-20 are 1, but those stored are 0",
        "posts/b: its likes of 2026-11-20 are 1, but those stored are 2"}},
  };
  REQUIRE(utc_timestamp(1795132800) == "2026-11-20T00:00:00Z");
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      Opened<TestType> opened;
      Store& store = *opened.store;
      list(store, {post("posts/a"), post("posts/b")});
      record(store, {like("posts/a", 1, kMidnight - 1), like("posts/a", 2, kMidnight),
                     like("posts/b", 1)});
      check_sound(store);
      opened.backend.execute(c.sql);
      CHECK(must(store.verify()) == c.found);
    }
  }
}

TEST_CASE("verify finds likes of no post, which SQLite lets other tools make") {
  Opened<OnSqlite> opened;
  list(*opened.store, {post("posts/a")});
  record(*opened.store, {like("posts/a", 1), like("posts/a", 2)});
  opened.backend.execute("pragma foreign_keys = off; delete from posts");
  CHECK(must(opened.store->verify()) ==
        Contradictions{"rows of likes without a post: 2", "rows of like_days without a post: 1"});
}

TEMPLATE_TEST_CASE("the schema itself refuses what must not be", "[store]", OnSqlite, OnPostgres) {
  struct Case {
    const char* name;
    const char* sql;
  };
  const Case cases[] = {
      {"a negative total", "update posts set total = -1"},
      {"an empty key", "insert into posts (id, key, listed) values (9, '', true)"},
      {"a key twice", "insert into posts (id, key, listed) values (9, 'posts/a', true)"},
      {"a negative day", "update like_days set likes = -1"},
      {"a like twice",
       "insert into likes (post_id, visitor, window_start, liked_at) "
       "select post_id, visitor, window_start, liked_at from likes"},
      {"a like of no post", "update likes set post_id = 9"},
      {"a day of no post", "update like_days set post_id = 9"},
      {"a like before 1970", "update likes set liked_at = -1"},
      {"no day", "update like_days set day = '2026-02-30'"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      Opened<TestType> opened;
      list(*opened.store, {post("posts/a")});
      record(*opened.store, {like("posts/a", 1)});
      CHECK_THROWS(opened.backend.execute(c.sql));
      check_sound(*opened.store);
    }
  }
}

TEMPLATE_TEST_CASE("64 threads and two servers count every like once", "[store]", OnSqlite,
                   OnPostgres) {
  store::StoreOptions patient;
  patient.patience = std::chrono::minutes(2);
  Opened<TestType> opened(patient);
  const std::unique_ptr<Store> other = must(store::open_store(opened.backend.url(), patient));
  list(*opened.store, {post("posts/a"), post("posts/b"), post("posts/c")});

  // Every visitor is sent by four threads; each batch has the posts in another order.
  constexpr int kThreads = 64;
  constexpr int kVisitors = kThreads / 4;
  constexpr int kRounds = 5;
  const std::vector<std::string> keys = {"posts/a", "posts/b", "posts/c"};
  std::atomic<int> failed = 0;
  std::vector<std::map<std::string, std::vector<std::int64_t>>> seen(kThreads);
  in_threads(kThreads, [&](std::size_t thread) {
    Store& store = thread % 2 == 0 ? *opened.store : *other;
    for (int round = 0; round < kRounds; ++round) {
      std::vector<Like> batch;
      for (std::size_t i = 0; i < keys.size(); ++i) {
        batch.push_back(like(keys[(i + thread) % keys.size()], static_cast<int>(thread) % kVisitors,
                             kNoon + round * kHour));
      }
      const Result<std::vector<LikeResult>> results = store.record(batch);
      if (!results) {
        ++failed;
        continue;
      }
      for (std::size_t i = 0; i < batch.size(); ++i) {
        if ((*results)[i].outcome == LikeOutcome::kRecorded) {
          seen[thread][batch[i].key].push_back((*results)[i].total);
        }
      }
    }
  });
  CHECK(failed == 0);
  // Every number up to the total was told to exactly one of them.
  std::vector<std::int64_t> wanted(std::size_t{kVisitors} * kRounds);
  std::iota(wanted.begin(), wanted.end(), 1);
  for (const std::string& key : keys) {
    std::vector<std::int64_t> all;
    for (std::map<std::string, std::vector<std::int64_t>>& some : seen) {
      all.insert(all.end(), some[key].begin(), some[key].end());
    }
    std::sort(all.begin(), all.end());
    CHECK(all == wanted);
    CHECK(total(*opened.store, key) == kVisitors * kRounds);
  }
  check_sound(*opened.store);
}

TEMPLATE_TEST_CASE("likes, taking back, renaming and forgetting at once leave nothing wrong",
                   "[store]", OnSqlite, OnPostgres) {
  store::StoreOptions patient;
  patient.patience = std::chrono::minutes(2);
  Opened<TestType> opened(patient);
  const std::unique_ptr<Store> other = must(store::open_store(opened.backend.url(), patient));
  const std::vector<Post> before = {post("a", {"b"}), post("c")};
  const std::vector<Post> after = {post("b", {"a"}), post("c")};
  list(*opened.store, before);

  std::atomic<int> failed = 0;
  const auto must_work = [&failed](bool worked) { failed += worked ? 0 : 1; };
  in_threads(10, [&](std::size_t thread) {
    Store& store = thread % 2 == 0 ? *opened.store : *other;
    for (int i = 0; thread < 8 && i < 20; ++i) {
      const std::vector<Like> batch = {like("b", i), like("c", i), like("a", i)};
      must_work(store.record(batch).has_value());
      must_work(store.take_back(batch[static_cast<std::size_t>(i % 3)]).has_value());
    }
    for (int i = 0; thread >= 8 && i < 10; ++i) {
      must_work(store.list_posts(i % 2 == 0 ? after : before).has_value());
      must_work(store.forget_visitors(kNoon + kHour).has_value());
      must_work(store.read({.everything = true}, 0).has_value());
    }
  });
  CHECK(failed == 0);
  check_sound(*opened.store);
}

TEMPLATE_TEST_CASE("a service on a real store answers 64 threads with every total once", "[store]",
                   OnSqlite, OnPostgres) {
  store::StoreOptions patient;
  patient.patience = std::chrono::minutes(2);
  Opened<TestType> opened(patient);
  const FakeClock clock(kNoon);
  LikeService service(*opened.store, clock, std::chrono::hours(1));
  must(service.list_posts({post("posts/a")}));
  constexpr int kThreads = 64;
  constexpr int kEach = 4;
  std::vector<std::vector<std::int64_t>> seen(kThreads);
  in_threads(kThreads, [&](std::size_t thread) {
    for (int i = 0; i < kEach; ++i) {
      const int from = static_cast<int>(thread) * kEach + i;
      const Result<LikeAnswer> answer = service.like("posts/a", visitor(from));
      seen[thread].push_back(answer ? answer->total : -1);
    }
  });
  std::vector<std::int64_t> all;
  for (const std::vector<std::int64_t>& some : seen) {
    all.insert(all.end(), some.begin(), some.end());
  }
  std::sort(all.begin(), all.end());
  std::vector<std::int64_t> wanted(std::size_t{kThreads} * kEach);
  std::iota(wanted.begin(), wanted.end(), 1);
  CHECK(all == wanted);
  check_sound(*opened.store);
}

TEMPLATE_TEST_CASE("what was answered is there when the store is opened again", "[store]", OnSqlite,
                   OnPostgres) {
  Opened<TestType> opened;
  list(*opened.store, {post("posts/a")});
  record(*opened.store, {like("posts/a", 1)});
  opened.store = must(store::open_store(opened.backend.url()));
  CHECK(total(*opened.store, "posts/a") == 1);
  CHECK(words(record(*opened.store, {like("posts/a", 1)})) == Words{"already 1"});
  must(opened.store->ping());
}

}  // namespace likes::testing
