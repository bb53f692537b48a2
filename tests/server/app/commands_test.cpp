#include "server/app/commands.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <signal.h>

#include <chrono>
#include <string>

#include "server/app/help.h"
#include "server/app/settings.h"
#include "server/http/listener.h"
#include "tests/server/app/posts_file.h"
#include "tests/support/captured_output.h"
#include "tests/support/catch.h"
#include "tests/support/http_client.h"
#include "tests/support/process.h"
#include "tests/support/temp_dir.h"

namespace likes::app {
namespace {

using testing::Process;

/// The real program over files of its own, on free ports.
struct Ground {
  Process start() {
    return Process(
        {LIKES_SERVER, posts},
        {{"DATABASE_URL", database}, {"BIND_ADDRESS", "127.0.0.1:0"}, {"ADMIN_ADDRESS", "off"}});
  }

  testing::TempDir dir;
  std::string posts = dir.write("posts.json", testing::kPostsJson).string();
  std::string database = "sqlite:" + (dir.path() / "likes.sqlite").string();
};

int port_of(Process& server) {
  const std::string line = server.wait_for_line("listening on http://127.0.0.1:");
  return std::stoi(line.substr(line.rfind(':') + 1));
}

struct Ran {
  ExitCode code;
  std::string out;
  std::string err;
};

Ran run(const std::vector<std::string>& words) {
  const testing::CapturedOutput captured;
  const ExitCode code = run_program(words, [] { return Request::kStop; });
  return {code, captured.out(), captured.err()};
}

}  // namespace

TEST_CASE("SIGTERM and Ctrl-C end the server at once, and what was answered is kept") {
  for (const int number : {SIGTERM, SIGINT}) {
    DYNAMIC_SECTION("signal " << number) {
      Ground ground;
      Process server = ground.start();
      const int port = port_of(server);
      CHECK(testing::request(port, "POST", "/like/hello").status == 200);
      testing::HttpConnection idle(port);
      idle.send("GET /health HTTP/1.1\r\n\r\n");
      CHECK(idle.receive().status == 200);
      const auto asked = std::chrono::steady_clock::now();
      server.signal(number);
      CHECK(server.wait() == 0);
      // It does not wait for the connection that is open and idle.
      CHECK(std::chrono::steady_clock::now() - asked < http::ListenerLimits{}.idle_time);
      CHECK(server.output().find("127.0.0.1 ") == std::string::npos);

      Process again = ground.start();
      CHECK(
          testing::request(port_of(again), "GET", "/likes/hello").body.find("\"total_likes\":1,") !=
          std::string::npos);
    }
  }
}

TEST_CASE("SIGHUP reads the posts again") {
  Ground ground;
  Process server = ground.start();
  const int port = port_of(server);
  server.signal(SIGHUP);
  server.wait_for_line("2 posts from ");
  CHECK(testing::request(port, "GET", "/likes/hello").status == 200);
  server.signal(SIGTERM);
  CHECK(server.wait() == 0);
}

TEST_CASE("a posts file that changes is read by itself; a bad one keeps the old posts") {
  Ground ground;
  Process server = ground.start();
  const int port = port_of(server);
  ground.dir.write("posts.json", "nonsense");
  const std::string line = server.wait_for_line("the posts stay as they were: ");
  CHECK(line.find(ground.posts + ":1:") != std::string::npos);
  CHECK(testing::request(port, "GET", "/likes/hello").status == 200);
  std::filesystem::rename(ground.dir.write("next", "[]"), ground.posts);
  server.wait_for_line("0 posts from ");
  CHECK(testing::request(port, "GET", "/likes/hello").status == 404);
  server.signal(SIGTERM);
  CHECK(server.wait() == 0);
}

TEST_CASE("a busy port is one line and exit code 1") {
  Ground ground;
  Process first = ground.start();
  const std::string address = "127.0.0.1:" + std::to_string(port_of(first));
  Process second({LIKES_SERVER, "--log-level", "off", "--bind-address", address, "--admin-address",
                  "off", "--database-url", ground.database, ground.posts});
  CHECK(second.wait() == 1);
  CHECK(second.output() ==
        "likes-server: BIND_ADDRESS: " + address + " is in use by another program\n");
}

TEST_CASE("what is wrong is said in one line") {
  const Ground ground;
  struct Case {
    const char* name;
    std::vector<std::string> words;
    ExitCode code;
    std::string err;
  };
  const Case cases[] = {
      {"no posts",
       {"--database-url", ground.database},
       ExitCode::kFailed,
       "likes-server: POSTS_FILE: not set; wanted the posts.json that 'likes index' has written\n"},
      {"a setting",
       {"serve", "--like-window", "soon", "posts.json"},
       ExitCode::kFailed,
       "likes-server: LIKE_WINDOW: found 'soon', wanted a time from 1s to 366d, for example 1h, or "
       "off\n"},
      {"an unknown option",
       {"--siet", "public", "posts.json"},
       ExitCode::kUsage,
       "likes-server: unknown option '--siet', did you mean '--site'?\nTry: likes-server "
       "--help\n"},
      {"an unknown option of a command",
       {"verify", "--database"},
       ExitCode::kUsage,
       "likes-server verify: unknown option '--database'\nTry: likes-server verify --help\n"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Ran ran = run(c.words);
      CHECK(ran.code == c.code);
      CHECK(ran.err == c.err);
      CHECK(ran.out.empty());
    }
  }
}

TEST_CASE("migrate and verify") {
  const Ground ground;
  const Ran migrated = run({"migrate", "--database-url", ground.database});
  CHECK(migrated.code == ExitCode::kOk);
  CHECK(migrated.out.find("applied 0001-posts\n") == 0);
  CHECK(run({"migrate", "--database-url", ground.database}).out ==
        "nothing to do, the schema is the newest\n");

  const Ran verified = run({"verify", "--database-url", ground.database});
  CHECK(verified.code == ExitCode::kOk);
  CHECK(verified.out == "totals, days and likes agree\n");

  {
    SQLite::Database database(ground.database.substr(7), SQLite::OPEN_READWRITE);
    database.exec("insert into posts (key, listed, total) values ('posts/odd', true, 7)");
  }
  const Ran contradicted = run({"verify", "--database-url", ground.database});
  CHECK(contradicted.code == ExitCode::kFailed);
  CHECK(contradicted.out.find("posts/odd") != std::string::npos);

  const Ran absent = run({"verify", "--database-url", "sqlite:/nowhere/likes.sqlite"});
  CHECK(absent.code == ExitCode::kFailed);
  CHECK(absent.err.find("likes-server: DATABASE_URL: ") == 0);
}

TEST_CASE("help is true and fits a terminal") {
  const std::string help = kServeHelp;
  for (const char* text :
       {kServeHelp, kMigrateHelp, kVerifyHelp, kPurgeHelp, kImportHelp, kExportHelp}) {
    std::size_t width = 0;
    for (const char c : std::string(text)) {
      CHECK(c != '\t');
      width = c == '\n' ? 0 : width + 1;
      CHECK(width <= 80);
    }
  }
  for (const SettingName& name : setting_names()) {
    INFO(name.variable);
    CHECK(help.find(std::string("  ") + name.flag + " ") != std::string::npos);
    CHECK(help.find(std::string(" ") + name.variable + ": ") != std::string::npos);
  }
  const Result<Settings> defaults = read_settings(
      [](const std::string& name) {
        return name == "POSTS_FILE" ? std::optional<std::string>("p") : std::nullopt;
      },
      false);
  REQUIRE(defaults);
  for (const auto& [name, value] : defaults->printable) {
    if (name != "POSTS_FILE" && !value.empty()) {
      INFO(name << " is " << value);
      const std::size_t entry = help.find(" " + name + ": ");
      const std::size_t stated = help.find("(default: " + value, entry);
      CHECK(stated < help.find("\n  --", entry));
    }
  }
  for (const char* command : {"serve", "migrate", "verify", "purge", "import", "export"}) {
    const Ran ran = run({command, "--help"});
    CHECK(ran.code == ExitCode::kOk);
    CHECK(ran.out.find(std::string("Usage: likes-server ")) == 0);
  }
  CHECK(run({"--version"}).out == std::string("likes-server ") + LIKES_VERSION + "\n");
}

}  // namespace likes::app
