#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "server/likes/store.h"
#include "server/store/open_store.h"
#include "tests/server/store/backends.h"
#include "tests/support/catch.h"
#include "tests/support/database_proxy.h"
#include "tests/support/postgres.h"

// The moment in which nobody can know: likes are sent, and the connection is lost.
namespace likes::testing {
namespace {

using domain::Like;
using domain::LikeOutcome;
using Verdict = DatabaseProxy::Verdict;

Like like(int from) {
  Like made{"posts/a", {}, 3600, 3601};
  made.visitor.hash[0] = static_cast<unsigned char>(from);
  return made;
}

/// A store behind a proxy that does to the next batch of likes what it is told.
struct Ground {
  Ground() {
    must(store::migrate(direct));
    must(store->list_posts(std::vector<domain::Post>{{"posts/a", "", {}}}));
    must(store->record(std::vector{like(100)}));
  }

  Verdict judge(DatabaseProxy::From from, std::string_view bytes) {
    if (from == DatabaseProxy::From::kClient &&
        bytes.find("record_likes") != std::string_view::npos) {
      const Verdict verdict = next_batch.exchange(Verdict::kPass);
      if (verdict != Verdict::kPass && stays_away) {
        proxy.refuse(true);
      }
      return verdict;
    }
    return Verdict::kPass;
  }

  std::atomic<Verdict> next_batch = Verdict::kPass;
  std::atomic<bool> stays_away = false;
  std::string direct = PostgresServer::shared().new_database();
  DatabaseProxy proxy{
      PostgresServer::shared().socket(),
      [this](DatabaseProxy::From from, std::string_view bytes) { return judge(from, bytes); }};
  std::string name = direct.substr(14, direct.find('?') - 14);
  std::unique_ptr<domain::Store> store = open();

  std::unique_ptr<domain::Store> open() {
    must(store::migrate(direct));
    return must(store::open_store("postgresql://likes@127.0.0.1:" + std::to_string(proxy.port()) +
                                  "/" + name + "?sslmode=disable&gssencmode=disable"));
  }
};

}  // namespace

TEST_CASE("likes that nobody answered are looked after at once") {
  for (const Verdict verdict : {Verdict::kCut, Verdict::kPassThenCut}) {
    DYNAMIC_SECTION((verdict == Verdict::kCut ? "it did not happen" : "it happened")) {
      Ground ground;
      const std::unique_ptr<domain::Store> other = must(store::open_store(ground.direct));
      const std::unique_ptr<domain::Watch> watch = other->watch();
      REQUIRE(must(watch->wait(std::chrono::milliseconds(0))).everything);
      ground.next_batch = verdict;
      const std::vector<domain::LikeResult> results =
          must(ground.store->record(std::vector{like(1), like(100), like(1), like(2)}));
      REQUIRE(results.size() == 4);
      CHECK(results[0].outcome == LikeOutcome::kRecorded);
      CHECK(results[1].outcome == LikeOutcome::kAlreadyLiked);
      CHECK(results[2].outcome == LikeOutcome::kAlreadyLiked);
      CHECK(results[3].outcome == LikeOutcome::kRecorded);
      CHECK(results[3].total == 3);
      CHECK(must(ground.store->record(std::vector{like(1)}))[0].outcome ==
            LikeOutcome::kAlreadyLiked);
      CHECK(must(ground.store->verify()).empty());
      // What was done while nobody could know is read again, the rest is known.
      domain::Changes heard;
      while (heard.empty()) {
        heard = must(watch->wait(std::chrono::milliseconds(20)));
      }
      REQUIRE(heard.given.size() == 1);
      ground.store->leave_out_own(heard);
      CHECK(heard.empty() == (verdict == Verdict::kCut));
    }
  }
}

TEST_CASE("who asks again after nobody answered is not told of having liked already") {
  for (const Verdict verdict : {Verdict::kCut, Verdict::kPassThenCut}) {
    DYNAMIC_SECTION((verdict == Verdict::kCut ? "it did not happen" : "it happened")) {
      Ground ground;
      ground.stays_away = true;
      ground.next_batch = verdict;
      const std::vector<Like> likes = {like(1), like(2)};
      CHECK(ground.store->record(likes).error().code == ErrorCode::kUnavailable);
      // While it is away, asking changes nothing.
      CHECK(ground.store->record(likes).error().code == ErrorCode::kUnavailable);
      ground.proxy.refuse(false);

      const domain::LikeResult again = must(ground.store->record(std::vector{like(2)}))[0];
      CHECK(again.outcome == LikeOutcome::kRecorded);
      CHECK(again.was_in_doubt == (verdict == Verdict::kPassThenCut));
      CHECK(again.total == (verdict == Verdict::kCut ? 2 : 3));
      CHECK(must(ground.store->record(std::vector{like(2)}))[0].outcome ==
            LikeOutcome::kAlreadyLiked);
      CHECK(must(ground.store->record(std::vector{like(1)}))[0].outcome == LikeOutcome::kRecorded);
      CHECK(must(ground.store->verify()).empty());
    }
  }
}

TEST_CASE("a like of somebody else in the moment of doubt stays theirs") {
  Ground ground;
  ground.stays_away = true;
  ground.next_batch = Verdict::kCut;
  CHECK_FALSE(ground.store->record(std::vector{like(1)}).has_value());
  // The same visitor reaches the other server, which counts.
  const std::unique_ptr<domain::Store> other = must(store::open_store(ground.direct));
  CHECK(must(other->record(std::vector{like(1)}))[0].outcome == LikeOutcome::kRecorded);
  ground.proxy.refuse(false);
  CHECK(must(ground.store->record(std::vector{like(1)}))[0].outcome == LikeOutcome::kAlreadyLiked);
}

}  // namespace likes::testing
