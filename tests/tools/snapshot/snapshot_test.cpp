#include "tools/snapshot/snapshot.h"

#include <httplib.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>
#include <utility>

#include "tests/support/catch.h"
#include "tests/support/golden.h"
#include "tests/support/temp_dir.h"

namespace fs = std::filesystem;
using likes::Result;
using likes::formats::LikeCounts;
using likes::formats::write_like_counts;
using likes::snapshot::Snapshot;
using likes::snapshot::take_snapshot;
using likes::testing::file_bytes;
using likes::testing::TempDir;

namespace {

/// An HTTP server on a free port that answers GET /api/likes as told.
class CountsServer {
 public:
  using Handler = std::function<void(const httplib::Request&, httplib::Response&)>;

  explicit CountsServer(Handler handler) {
    server_.Get("/api/likes", std::move(handler));
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
  }
  ~CountsServer() {
    // stop() before the loop has begun would be lost; a request answered shows that it has.
    httplib::Client("127.0.0.1", port_).Get("/");
    server_.stop();
    thread_.join();
  }
  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(port_) + "/api/";
  }

 private:
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

LikeCounts counts_of(std::int64_t total) {
  LikeCounts counts;
  counts.newest = 1763627400;
  counts.likes["posts/a"] = {total, {{"2025-11-20", total}}};
  return counts;
}

}  // namespace

TEST_CASE("a snapshot is fetched once, then only what is newer") {
  std::string bytes = write_like_counts(counts_of(3));
  int full_answers = 0;
  CountsServer server([&](const httplib::Request& request, httplib::Response& response) {
    const std::string tag = likes::formats::entity_tag(bytes);
    response.set_header("ETag", tag);
    if (request.get_header_value("If-None-Match") == tag) {
      response.status = 304;
      return;
    }
    ++full_answers;
    response.set_content(bytes, "application/json");
  });
  const TempDir dir;
  const fs::path file = dir.path() / "data" / "likes.json";

  Result<Snapshot> first = take_snapshot(server.url(), file);
  REQUIRE(first);
  CHECK(first->changed);
  CHECK(first->counts == counts_of(3));
  CHECK(file_bytes(file) == bytes);
  const auto time = fs::last_write_time(file);

  Result<Snapshot> same = take_snapshot(server.url(), file);
  REQUIRE(same);
  CHECK_FALSE(same->changed);
  CHECK(same->counts == counts_of(3));
  CHECK(full_answers == 1);
  CHECK(fs::last_write_time(file) == time);

  bytes = write_like_counts(counts_of(4));
  Result<Snapshot> newer = take_snapshot(server.url(), file);
  REQUIRE(newer);
  CHECK(newer->changed);
  CHECK(file_bytes(file) == bytes);
  CHECK(full_answers == 2);
}

TEST_CASE("a file that is damaged is fetched anew") {
  const std::string bytes = write_like_counts(counts_of(3));
  CountsServer server([&](const httplib::Request& request, httplib::Response& response) {
    CHECK_FALSE(request.has_header("If-None-Match"));
    response.set_content(bytes, "application/json");
  });
  const TempDir dir;
  const fs::path file = dir.write("likes.json", "{\"half\":");
  REQUIRE(take_snapshot(server.url(), file));
  CHECK(file_bytes(file) == bytes);
}

TEST_CASE("whatever goes wrong, the old file stays") {
  struct Case {
    const char* name;
    CountsServer::Handler handler;
    const char* message;  // what comes behind the address
  };
  const Case cases[] = {
      {"an error",
       [](const httplib::Request&, httplib::Response& response) {
         response.status = 503;
         response.set_content("{}", "application/json");
       },
       "/api/likes answers with status 503, wanted 200"},
      {"no JSON",
       [](const httplib::Request&, httplib::Response& response) {
         response.set_content("<html>", "text/html");
       },
       " /likes:1:1: is no valid JSON: syntax error while parsing value - invalid literal; last "
       "read: '<'"},
      {"JSON of another kind",
       [](const httplib::Request&, httplib::Response& response) {
         response.set_content("[]", "application/json");
       },
       " /likes: wanted an object with \"generated\", \"total\" and \"likes\""},
  };
  const std::string old = write_like_counts(counts_of(3));
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      CountsServer server(c.handler);
      const TempDir dir;
      const fs::path file = dir.write("likes.json", old);
      const Result<Snapshot> taken = take_snapshot(server.url(), file);
      REQUIRE_FALSE(taken);
      const std::string origin = server.url().substr(0, server.url().find("/api"));
      CHECK(taken.error().to_string() == origin + c.message);
      CHECK(file_bytes(file) == old);
    }
  }
}

TEST_CASE("redirects are followed, a few") {
  const std::string bytes = write_like_counts(counts_of(3));
  std::string target;
  CountsServer server([&](const httplib::Request& request, httplib::Response& response) {
    CHECK(request.method == "GET");
    response.set_redirect(target, 308);
  });
  CountsServer other([&](const httplib::Request&, httplib::Response& response) {
    response.set_content(bytes, "application/json");
  });
  const TempDir dir;
  const fs::path file = dir.path() / "likes.json";
  SECTION("to another host") {
    target = other.url() + "likes";
    const Result<Snapshot> taken = take_snapshot(server.url(), file);
    REQUIRE(taken);
    CHECK(taken->counts == counts_of(3));
  }
  SECTION("in a circle") {
    target = "/api/likes";
    const Result<Snapshot> taken = take_snapshot(server.url(), file);
    REQUIRE_FALSE(taken);
    CHECK(taken.error().message == "found more than 5 redirects on the way to the counts");
  }
  SECTION("to nowhere") {
    target = "ftp://example.org/";
    const Result<Snapshot> taken = take_snapshot(server.url(), file);
    REQUIRE_FALSE(taken);
    CHECK(taken.error().message.find("redirects: 'ftp://example.org/' is no http(s) address") !=
          std::string::npos);
  }
}

TEST_CASE("a server that is away, or an address that is none, is said") {
  const TempDir dir;
  const fs::path file = dir.path() / "likes.json";
  std::string url;
  {
    CountsServer server([](const httplib::Request&, httplib::Response&) {});
    url = server.url();
  }
  const Result<Snapshot> away = take_snapshot(url, file);
  REQUIRE_FALSE(away);
  CHECK(away.error().code == likes::ErrorCode::kUnavailable);
  CHECK(away.error().message.rfind("cannot get " + url + "likes: ", 0) == 0);

  const Result<Snapshot> wrong = take_snapshot("localhost:3000", file);
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().message ==
        "'localhost:3000' is no http(s) address: wanted http://HOST or https://HOST");
  CHECK_FALSE(fs::exists(file));
}
