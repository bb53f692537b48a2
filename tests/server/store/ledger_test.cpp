#include "server/likes/ledger.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "server/likes/store.h"
#include "server/store/open_store.h"
#include "tests/server/store/backends.h"
#include "tests/support/catch.h"

// What ledger.h promises, held against every kind of database.
namespace likes::testing {
namespace {

using domain::CountedLikes;
using domain::DayOfLikes;
using domain::Ledger;
using domain::Like;
using domain::Selection;
using domain::Store;

constexpr std::int64_t kDay = 86400;
constexpr std::int64_t kMidnight = 20'777 * kDay;  // 2026-11-20T00:00:00Z

template <class Backend>
struct Ground : Opened<Backend> {
  Ground() {
    must(this->store->list_posts(std::vector<domain::Post>{
        {"posts/a", "", {}}, {"posts/b", "", {}}, {"it's \"quoted\"", "", {}}}));
  }

  /// Likes of visitors that nobody has been before.
  void like(const std::string& key, std::int64_t at, int times = 1) {
    std::vector<Like> likes;
    for (int i = 0; i < times; ++i) {
      Like made{key, {}, at - at % 3600, at};
      made.visitor.hash[0] = static_cast<unsigned char>(++visitors_);
      made.visitor.hash[1] = static_cast<unsigned char>(visitors_ >> 8);
      likes.push_back(made);
    }
    must(this->store->record(likes));
  }

  std::int64_t total(const std::string& key) {
    const domain::News news = must(this->store->read({.everything = true}, 0));
    const auto post = news.totals.posts.find(key);
    return post == news.totals.posts.end() ? -1 : post->second.total;
  }

  /// `posts/a 2026-11-20 3` for each.
  std::vector<std::string> purge(const Selection& selection, bool dry_run = false) {
    std::vector<std::string> said;
    for (const DayOfLikes& day : must(ledger->purge(selection, dry_run))) {
      said.push_back(day.key + " " + day.day + " " + std::to_string(day.likes));
    }
    CHECK(must(this->store->verify()).empty());
    return said;
  }

  std::unique_ptr<Ledger> ledger = must(store::open_ledger(this->backend.url()));
  int visitors_ = 0;
};

using Words = std::vector<std::string>;

}  // namespace

TEMPLATE_TEST_CASE("a purge takes what is meant, first as a dry run, and once", "[ledger]",
                   OnSqlite, OnPostgres) {
  struct Case {
    const char* name;
    Selection selection;
    Words gone;
  };
  const Case cases[] = {
      {"all of a post", {.key = "posts/a"}, {"posts/a 2026-11-19 2", "posts/a 2026-11-20 3"}},
      {"a post with quotes", {.key = "it's \"quoted\""}, {"it's \"quoted\" 2026-11-20 1"}},
      {"no such post", {.key = "' or true --"}, {}},
      {"from a second on",
       {.from = kMidnight},
       {"posts/a 2026-11-20 3", "posts/b 2026-11-20 1", "it's \"quoted\" 2026-11-20 1"}},
      {"up to a second", {.until = kMidnight - 1}, {"posts/a 2026-11-19 1"}},
      {"between",
       {.from = kMidnight - 1, .until = kMidnight + 1},
       {"posts/a 2026-11-19 1", "posts/a 2026-11-20 1", "posts/b 2026-11-20 1"}},
      {"three in two seconds", {.burst = domain::Burst{2, 2}}, {}},
      {"three in three seconds",
       {.burst = domain::Burst{2, 3}},
       {"posts/a 2026-11-19 1", "posts/a 2026-11-20 2"}},
      {"more than one at one second",
       {.from = kMidnight + 1, .burst = domain::Burst{0, 1}},
       {"posts/a 2026-11-20 2", "it's \"quoted\" 2026-11-20 1"}},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      Ground<TestType> ground;
      ground.like("posts/a", kMidnight - 500);
      ground.like("posts/a", kMidnight - 1);
      ground.like("posts/a", kMidnight);
      ground.like("posts/a", kMidnight + 1);
      ground.like("posts/a", kMidnight + 900);
      ground.like("posts/b", kMidnight);
      ground.like("it's \"quoted\"", kMidnight + 5);

      CHECK(ground.purge(c.selection, true) == c.gone);
      CHECK(ground.total("posts/a") == 5);
      CHECK(ground.purge(c.selection) == c.gone);
      CHECK(ground.purge(c.selection).empty());
    }
  }
}

TEMPLATE_TEST_CASE("a burst is all that came in it, and nothing beside it", "[ledger]", OnSqlite,
                   OnPostgres) {
  Ground<TestType> ground;
  // A like each ten seconds is none; fifty in one second are, and take along what came with them.
  for (int i = 0; i < 30; ++i) {
    ground.like("posts/a", kMidnight + 10 * i);
  }
  ground.like("posts/a", kMidnight + 155, 50);
  ground.like("posts/b", kMidnight + 155, 10);
  const Selection burst{.burst = domain::Burst{10, 20}};
  const std::vector<DayOfLikes> gone = must(ground.ledger->purge(burst, false));
  REQUIRE(gone.size() == 1);
  CHECK(gone[0].key == "posts/a");
  CHECK(gone[0].likes == 54);
  CHECK(gone[0].first == kMidnight + 140);
  CHECK(gone[0].last == kMidnight + 170);
  CHECK(ground.total("posts/a") == 26);
  CHECK(ground.total("posts/b") == 10);
  CHECK(must(ground.store->verify()).empty());
}

TEMPLATE_TEST_CASE("an import adds what is not there", "[ledger]", OnSqlite, OnPostgres) {
  Ground<TestType> ground;
  ground.like("posts/a", kMidnight, 2);
  const std::vector<CountedLikes> likes = {
      {"posts/a", "", kMidnight, "", 3},         {"posts/a", "", kMidnight + 1, "", 1},
      {"posts/a", "waline", {}, "", 40},         {"posts/a", "waline", {}, "", 2},
      {"posts/b", "flakm", {}, "2026-11-01", 7}, {"posts/new", "waline", {}, "", 5},
      {"posts/b", "waline", {}, "", 0},
  };
  const domain::ImportSummary dry = must(ground.ledger->import(likes, {.dry_run = true}));
  CHECK(ground.total("posts/a") == 2);
  const domain::ImportSummary done = must(ground.ledger->import(likes, {}));
  for (const domain::ImportSummary& summary : {dry, done}) {
    CHECK(summary.posts.size() == 2);
    CHECK(summary.posts.at("posts/a").added == 44);
    CHECK(summary.posts.at("posts/a").known == 2);
    CHECK(summary.posts.at("posts/b").added == 7);
    CHECK(summary.unknown == std::map<std::string, std::int64_t>{{"posts/new", 5}});
  }
  CHECK(ground.total("posts/a") == 46);
  CHECK(ground.total("posts/b") == 7);
  CHECK(must(ground.store->verify()).empty());

  const domain::ImportSummary again = must(ground.ledger->import(likes, {}));
  CHECK(again.posts.at("posts/a").added == 0);
  CHECK(again.posts.at("posts/a").known == 46);
  CHECK(ground.total("posts/a") == 46);

  // What has grown at the source since.
  const std::vector<CountedLikes> grown = {{"posts/a", "waline", {}, "", 50}};
  CHECK(must(ground.ledger->import(grown, {})).posts.at("posts/a").added == 8);
  CHECK(ground.total("posts/a") == 54);
  CHECK(must(ground.store->verify()).empty());
}

TEMPLATE_TEST_CASE("likes of an unknown post can be kept until it is listed", "[ledger]", OnSqlite,
                   OnPostgres) {
  Ground<TestType> ground;
  const std::vector<CountedLikes> likes = {{"posts/new", "waline", {}, "", 5},
                                           {"posts/new", "isso", {}, "", 2}};
  const domain::ImportOptions keep{.add_unknown_posts = true};
  const domain::ImportSummary dry =
      must(ground.ledger->import(likes, {.add_unknown_posts = true, .dry_run = true}));
  CHECK(dry.posts.at("posts/new").added == 7);
  CHECK(must(ground.ledger->import(likes, keep)).unknown.at("posts/new") == 7);
  CHECK(ground.total("posts/new") == -1);
  must(ground.store->list_posts(
      std::vector<domain::Post>{{"posts/newer", "", {"posts/new"}}, {"posts/a", "", {}}}));
  CHECK(ground.total("posts/newer") == 7);
  CHECK(must(ground.store->verify()).empty());
}

TEMPLATE_TEST_CASE("what is listed can be imported elsewhere, and is the same there", "[ledger]",
                   OnSqlite, OnPostgres) {
  Ground<TestType> ground;
  ground.like("posts/b", kMidnight, 3);
  ground.like("it's \"quoted\"", kMidnight + 7);
  must(ground.ledger->import(std::vector<CountedLikes>{{"posts/a", "paths", {}, "", 9},
                                                       {"posts/a", "flakm", {}, "2026-01-31", 4}},
                             {}));
  const std::vector<CountedLikes> all = must(ground.ledger->list());
  CHECK(all == std::vector<CountedLikes>{{"it's \"quoted\"", "", kMidnight + 7, "", 1},
                                         {"posts/a", "flakm", {}, "2026-01-31", 4},
                                         {"posts/a", "paths", {}, "", 9},
                                         {"posts/b", "", kMidnight, "", 3}});
  Opened<OnSqlite> other;
  const std::unique_ptr<Ledger> ledger = must(store::open_ledger(other.backend.url()));
  must(ledger->import(all, {.add_unknown_posts = true}));
  CHECK(must(ledger->list()) == all);
  CHECK(must(other.store->verify()).empty());
  // And where it came from, nothing is new.
  for (const auto& [key, post] : must(ground.ledger->import(all, {})).posts) {
    CHECK(post.added == 0);
  }
}

TEMPLATE_TEST_CASE("more likes than fit in one statement are imported", "[ledger]", OnSqlite,
                   OnPostgres) {
  Ground<TestType> ground;
  std::vector<CountedLikes> likes;
  for (int i = 0; i < 1201; ++i) {
    likes.push_back({"posts/" + std::to_string(i), "", kMidnight + i, "", 2});
  }
  must(ground.ledger->import(likes, {.add_unknown_posts = true}));
  CHECK(must(ground.ledger->list()).size() == 1201);
  CHECK(must(ground.store->verify()).empty());
}

}  // namespace likes::testing
