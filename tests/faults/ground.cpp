#include "tests/faults/ground.h"

#include <signal.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <utility>

#include "server/store/open_store.h"
#include "tests/support/catch.h"

namespace likes::testing {
namespace {

constexpr std::chrono::seconds kPatience{20};

constexpr const char* kPosts =
    R"([{"title":"Hello","slug":"hello","description":"","date":"2026-11-01T00:00:00Z",)"
    R"("url":"https://example.org/posts/hello/","key":"posts/hello","aliases":[]}])";

}  // namespace

Scale scale() {
  Scale wanted;
  if (const char* text = std::getenv("LIKES_FAULTS"); text != nullptr) {
    REQUIRE(std::sscanf(text, "%d/%d/%d", &wanted.likes, &wanted.kills, &wanted.restarts) == 3);
  }
  return wanted;
}

Server::Server(std::string database_url) : database_url_(std::move(database_url)) {
  start();
}

void Server::start() {
  process_ = std::make_unique<Process>(
      std::vector<std::string>{LIKES_SERVER, folder_.write("posts.json", kPosts).string()},
      Process::Environment{{"DATABASE_URL", database_url_},
                           {"BIND_ADDRESS", "127.0.0.1:" + std::to_string(port_)},
                           {"ADMIN_ADDRESS", "off"},
                           {"TRUSTED_PROXIES", "127.0.0.1/32"},
                           {"RATE_LIMIT", "off"},
                           {"LIKE_WINDOW", "366d"},
                           {"LOG_LEVEL", "off"}});
  REQUIRE(holds_soon([this] { return ask(port_, "GET", "/health").status == 200; }));
}

void Server::kill() {
  process_->signal(SIGKILL);
  REQUIRE(process_->wait() == 128 + SIGKILL);
}

std::int64_t Server::count() const {
  const Answer answer = ask(port_, "GET", "/likes/hello");
  constexpr const char* kTotal = "\"total_likes\":";
  const std::size_t at = answer.body.find(kTotal);
  return answer.status != 200 || at == std::string::npos
             ? -1
             : std::atoll(answer.body.c_str() + at + 14);
}

bool Server::holds_soon(const std::function<bool()>& condition) {
  const auto give_up = std::chrono::steady_clock::now() + kPatience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > give_up) {
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

void check_counted(const Crowd& crowd, int likes, const Server& server,
                   const std::string& database_url) {
  CHECK(crowd.told() == likes);
  CHECK(crowd.told_wrongly() == 0);
  CHECK(crowd.strange() == "");
  CHECK(Server::holds_soon([&] { return server.count() == likes; }));
  CHECK(server.count() == likes);
  const Result<std::unique_ptr<domain::Store>> store = store::open_store(database_url);
  REQUIRE(store);
  const Result<domain::News> news = (*store)->read({.everything = true}, 0);
  REQUIRE(news);
  CHECK(news->totals.posts.at("posts/hello").total == likes);
  const Result<domain::Contradictions> found = (*store)->verify();
  REQUIRE(found);
  CHECK(found->empty());
}

void report(const std::string& name, const Crowd& crowd, const std::string& faults) {
  if (std::getenv("LIKES_FAULTS") != nullptr) {
    std::printf(
        "%s: %d told, %d of them at a later attempt that the like was there; %s; "
        "%d attempts unanswered, %d refused with 503\n",
        name.c_str(), crowd.told(), crowd.told_already(), faults.c_str(), crowd.unanswered(),
        crowd.refused());
  }
}

}  // namespace likes::testing
