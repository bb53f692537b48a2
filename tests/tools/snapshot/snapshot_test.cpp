#include "tools/snapshot/snapshot.h"

#include <httplib.h>

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <string>

#include "tests/support/captured_output.h"
#include "tests/support/catch.h"
#include "tests/support/counts_server.h"
#include "tests/support/golden.h"
#include "tests/support/temp_dir.h"
#include "tools/bake/compression.h"
#include "tools/snapshot/snapshot_command.h"

namespace fs = std::filesystem;
using likes::Result;
using likes::formats::LikeCounts;
using likes::formats::write_like_counts;
using likes::snapshot::Snapshot;
using likes::snapshot::SnapshotLimits;
using likes::snapshot::take_snapshot;
using likes::testing::CapturedOutput;
using likes::testing::CountsServer;
using likes::testing::file_bytes;
using likes::testing::TempDir;

namespace {

LikeCounts counts_of(std::int64_t total) {
  LikeCounts counts;
  counts.newest = 1763627400;
  counts.likes["posts/a"] = {total, {{"2025-11-20", total}}};
  return counts;
}

/// A door that stays shut until it is opened, or gone.
class Gate {
 public:
  ~Gate() { open(); }
  void open() {
    const std::lock_guard lock(mutex_);
    is_open_ = true;
    changed_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return is_open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_open_ = false;
};

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

struct Outcome {
  int exit;
  std::string err;
};

Outcome run_snapshot(std::vector<std::string> words) {
  likes::CommandLine command_line("likes", "0", "");
  likes::snapshot::add_snapshot_command(command_line);
  words.insert(words.begin(), "snapshot");
  const CapturedOutput captured;
  const int exit = static_cast<int>(command_line.run(words));
  return {exit, captured.err()};
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
    CHECK(request.get_header_value("If-None-Match") != likes::formats::entity_tag(bytes));
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
  SECTION("to another host, by the same scheme") {
    target = other.url().substr(std::string("http:").size()) + "likes";
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

TEST_CASE("an answer that is compressed is unpacked") {
  const std::string bytes = write_like_counts(counts_of(3));
  const std::string packed = likes::bake::compress(likes::bake::Coding::kGzip, bytes).value_or("");
  CountsServer server([&](const httplib::Request& request, httplib::Response& response) {
    CHECK(request.get_header_value("Accept-Encoding") == "gzip");
    response.set_header("Content-Encoding", "gzip");
    response.set_content_provider(packed.size(), "application/octet-stream",
                                  [&](std::size_t at, std::size_t size, httplib::DataSink& sink) {
                                    return sink.write(packed.data() + at, size);
                                  });
  });
  const TempDir dir;
  SnapshotLimits limits;
  SECTION("up to the limit of what is in it") {
    limits.bytes = bytes.size();
    const Result<Snapshot> taken = take_snapshot(server.url(), dir.path() / "likes.json", limits);
    REQUIRE(taken);
    CHECK(file_bytes(dir.path() / "likes.json") == bytes);
  }
  SECTION("and no further") {
    limits.bytes = bytes.size() - 1;
    const Result<Snapshot> taken = take_snapshot(server.url(), dir.path() / "likes.json", limits);
    REQUIRE_FALSE(taken);
    CHECK(taken.error().message == server.url() + "likes sends more than the limit of " +
                                       std::to_string(bytes.size() - 1) + " bytes");
    CHECK_FALSE(fs::exists(dir.path() / "likes.json"));
  }
}

TEST_CASE("a server that keeps us waiting is left") {
  Gate gate;  // opened at the end at the latest, so that the server can stop
  const TempDir dir;
  const fs::path file = dir.write("likes.json", write_like_counts(counts_of(3)));
  const std::string old = file_bytes(file);
  SnapshotLimits limits;
  SECTION("silent") {
    CountsServer server([&](const httplib::Request&, httplib::Response&) { gate.wait(); });
    limits.silence = std::chrono::milliseconds(1);
    const Result<Snapshot> taken = take_snapshot(server.url(), file, limits);
    gate.open();
    REQUIRE_FALSE(taken);
    CHECK_THAT(taken.error().message, Catch::Matchers::StartsWith("cannot get " + server.url()));
  }
  SECTION("sending without end") {
    // Not byte by byte: so many packets make the kernel itself pause for seconds.
    const std::string spaces(4096, ' ');
    CountsServer server([&](const httplib::Request&, httplib::Response& response) {
      response.set_chunked_content_provider("application/json",
                                            [&](std::size_t, httplib::DataSink& sink) {
                                              return sink.write(spaces.data(), spaces.size());
                                            });
    });
    limits.answer = std::chrono::milliseconds(1);
    const Result<Snapshot> taken = take_snapshot(server.url(), file, limits);
    REQUIRE_FALSE(taken);
    CHECK(taken.error().message == server.url() + "likes is still sending after 0 seconds");
  }
  CHECK(file_bytes(file) == old);
}

TEST_CASE("builds that must work offline go on with the old counts") {
  std::string url;
  {
    CountsServer server([](const httplib::Request&, httplib::Response&) {});
    url = server.url();
  }
  const TempDir dir;
  const std::string file = dir.path() / "likes.json";
  SECTION("which is a failure unless they say so") {
    dir.write("likes.json", write_like_counts(counts_of(3)));
    CHECK(run_snapshot({"--from", url, "-o", file}).exit == 1);
    const Outcome outcome = run_snapshot({"--from", url, "-o", file, "--stale-ok"});
    CHECK(outcome.exit == 0);
    CHECK(holds(outcome.err, "likes snapshot: cannot get " + url));
    CHECK(holds(outcome.err,
                "likes snapshot: warning: going on with the "
                "counts of 2025-11-20T08:30:00Z in " +
                    file));
    CHECK(file_bytes(file) == write_like_counts(counts_of(3)));
  }
  SECTION("where there are some") {
    const Outcome outcome = run_snapshot({"--from", url, "-o", file, "--stale-ok"});
    CHECK(outcome.exit == 1);
    CHECK_THAT(outcome.err, Catch::Matchers::EndsWith(file + ": cannot read: No such file or "
                                                             "directory\n"));
  }
  SECTION("that are counts") {
    dir.write("likes.json", "{}");
    CHECK(run_snapshot({"--from", url, "-o", file, "--stale-ok"}).exit == 1);
  }
}
