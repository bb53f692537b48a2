#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <thread>

#include "tests/faults/crowd.h"
#include "tests/faults/ground.h"
#include "tests/support/catch.h"
#include "tests/support/database_proxy.h"
#include "tests/support/postgres.h"
#include "tests/support/temp_dir.h"

// Whatever dies when: a like that somebody was told of is counted, once.
namespace likes::testing {
namespace {

struct SqliteFile {
  static constexpr const char* kName = "SQLite";
  TempDir folder;
  std::string url = "sqlite:" + (folder.path() / "likes.sqlite").string();
};

struct PostgresDatabase {
  static constexpr const char* kName = "PostgreSQL";
  std::string url = PostgresServer::shared().new_database();
};

}  // namespace

TEMPLATE_TEST_CASE("every like that was told is counted once", "[faults]", SqliteFile,
                   PostgresDatabase) {
  const TestType database;
  const Scale wanted = scale();
  const Server server(database.url);
  Crowd crowd(wanted.likes, {server.port()});
  REQUIRE(crowd.finish());
  CHECK(crowd.told_already() == 0);
  CHECK(crowd.unanswered() == 0);
  CHECK(crowd.refused() == 0);
  check_counted(crowd, wanted.likes, server, database.url);
  report(TestType::kName, crowd, "no faults");
}

TEMPLATE_TEST_CASE("a server that is killed and started again loses and doubles nothing",
                   "[faults]", SqliteFile, PostgresDatabase) {
  const TestType database;
  const Scale wanted = scale();
  Server server(database.url);
  Crowd crowd(wanted.likes, {server.port()});
  for (int i = 1; i <= wanted.kills; ++i) {
    REQUIRE(crowd.wait_until_told(wanted.likes * i / (wanted.kills + 1)));
    server.kill();
    server.start();
  }
  REQUIRE(crowd.finish());
  CHECK(crowd.unanswered() > 0);
  // A server that was killed cannot know whom it had not answered yet.
  CHECK(crowd.told_already() <= crowd.unanswered());
  check_counted(crowd, wanted.likes, server, database.url);
  report(TestType::kName, crowd,
         "likes-server killed and started " + std::to_string(wanted.kills) + " times");
}

TEST_CASE("PostgreSQL that crashes and comes back loses and doubles nothing", "[faults]") {
  PostgresServer postgres;
  const std::string url = postgres.new_database();
  const Scale wanted = scale();
  const Server server(url);
  Crowd crowd(wanted.likes, {server.port()});
  for (int i = 1; i <= wanted.restarts; ++i) {
    REQUIRE(crowd.wait_until_told(wanted.likes * i / (wanted.restarts + 1)));
    postgres.stop_immediately();
    // Reads go on, and say that they are old.
    CHECK(Server::holds_soon([&] {
      const Answer answer = ask(server.port(), "GET", "/likes/hello");
      return answer.status == 200 && answer.body.find("\"stale\":true") != std::string::npos;
    }));
    CHECK(ask(server.port(), "GET", "/ready").status == 503);
    postgres.start();
  }
  REQUIRE(crowd.finish());
  CHECK(crowd.refused() > 0);
  // The server was there all the time, so nobody was told of having liked already.
  CHECK(crowd.told_already() == 0);
  CHECK(crowd.unanswered() == 0);
  check_counted(crowd, wanted.likes, server, url);
  report("PostgreSQL", crowd,
         "restarted " + std::to_string(wanted.restarts) + " times with -m immediate");
}

TEST_CASE("connections to the database that are cut at random lose and double nothing",
          "[faults]") {
  const char* const said = std::getenv("LIKES_FAULTS_SEED");
  const unsigned seed =
      said != nullptr ? static_cast<unsigned>(std::atoi(said)) : std::random_device()();
  INFO("LIKES_FAULTS_SEED=" << seed);
  std::mutex mutex;
  std::mt19937 random(seed);
  // The first cut comes soon, so that a short run has one, too; the others at any distance, so that
  // no answer is too long to come through: that of who likes what grows with the run.
  constexpr int kPieces = 40;
  std::geometric_distribution<int> distance(1.0 / kPieces);
  int pieces_to_cut = 1 + distance(random) % kPieces;
  std::atomic<bool> cutting = false;
  std::atomic<int> cuts = 0;
  const auto judge = [&](DatabaseProxy::From, std::string_view) {
    const std::lock_guard lock(mutex);
    if (!cutting || --pieces_to_cut > 0) {
      return DatabaseProxy::Verdict::kPass;
    }
    pieces_to_cut = 1 + distance(random);
    ++cuts;
    return random() % 2 == 0 ? DatabaseProxy::Verdict::kCut : DatabaseProxy::Verdict::kPassThenCut;
  };
  const std::string direct = PostgresServer::shared().new_database();
  DatabaseProxy proxy(PostgresServer::shared().socket(), judge);
  const std::string name = direct.substr(14, direct.find('?') - 14);
  const Scale wanted = scale();
  const Server server("postgresql://likes@127.0.0.1:" + std::to_string(proxy.port()) + "/" + name +
                      "?sslmode=disable&gssencmode=disable");
  cutting = true;
  Crowd crowd(wanted.likes, {server.port()});
  REQUIRE(crowd.finish());
  cutting = false;
  CHECK(cuts > 0);
  CHECK(crowd.told_already() == 0);
  CHECK(crowd.unanswered() == 0);
  check_counted(crowd, wanted.likes, server, direct);
  report("PostgreSQL", crowd, std::to_string(cuts) + " connections cut by a proxy");
}

TEST_CASE("of two servers that are sent the same like one counts it, and both know", "[faults]") {
  const std::string url = PostgresServer::shared().new_database();
  const Server first(url);
  const Server second(url);
  const int races = scale().likes / 30;
  auto longest = std::chrono::steady_clock::duration::zero();
  for (int race = 0; race < races; ++race) {
    const std::string from = "X-Forwarded-For: 10.9." + std::to_string(race >> 8) + "." +
                             std::to_string(race & 255) + "\r\n";
    int statuses[2] = {};
    std::thread other(
        [&] { statuses[1] = ask(second.port(), "POST", "/like/hello", from).status; });
    statuses[0] = ask(first.port(), "POST", "/like/hello", from).status;
    other.join();
    CHECK(statuses[0] + statuses[1] == 200 + 429);
    const auto liked = std::chrono::steady_clock::now();
    const Server& loser = statuses[0] == 429 ? first : second;
    CHECK(Server::holds_soon([&] { return loser.count() == race + 1; }));
    longest = std::max(longest, std::chrono::steady_clock::now() - liked);
  }
  CHECK(Server::holds_soon([&] { return first.count() == races && second.count() == races; }));

  // A like of one alone, as the other hears of it.
  const std::string from = "X-Forwarded-For: 10.10.0.1\r\n";
  REQUIRE(ask(first.port(), "POST", "/like/hello", from).status == 200);
  const auto liked = std::chrono::steady_clock::now();
  CHECK(Server::holds_soon([&] { return second.count() == races + 1; }));
  longest = std::max(longest, std::chrono::steady_clock::now() - liked);
  CHECK(ask(second.port(), "GET", "/likes/hello", from).body.find("\"liked\":true") !=
        std::string::npos);
  if (std::getenv("LIKES_FAULTS") != nullptr) {
    std::printf("two servers: %d races, one like each; read on the other after %lld ms at most\n",
                races,
                static_cast<long long>(
                    std::chrono::duration_cast<std::chrono::milliseconds>(longest).count()));
  }
}

}  // namespace likes::testing
