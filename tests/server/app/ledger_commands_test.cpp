#include "server/app/ledger_commands.h"

#include <SQLiteCpp/Database.h>

#include <string>
#include <vector>

#include "server/app/commands.h"
#include "tests/server/app/posts_file.h"
#include "tests/support/captured_output.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"
#include "tools/support/file_io.h"

// The commands as they are typed.
namespace likes::app {
namespace {

struct Ran {
  ExitCode code;
  std::string out;
  std::string err;
};

/// A migrated database with two listed posts and likes of the first.
struct Ground {
  Ground() {
    REQUIRE(run("migrate", {}).code == ExitCode::kOk);
    SQLite::Database file((dir.path() / "likes.sqlite").string(), SQLite::OPEN_READWRITE);
    file.exec(
        "insert into posts (id, key, listed, total) values (1, 'posts/hello', true, 4),"
        " (2, 'posts/second', true, 0);"
        "insert into likes (post_id, window_start, liked_at) values"
        " (1, 1795158000, 1795160000), (1, 1795158000, 1795160001),"
        " (1, 1795158000, 1795160002), (1, 1795071600, 1795075000);"
        "insert into like_days values (1, '2026-11-20', 3), (1, '2026-11-19', 1)");
  }

  Ran run(const std::string& command, std::vector<std::string> words) const {
    words.insert(words.begin(), command);
    words.insert(words.end(), {"--database-url", database});
    const testing::CapturedOutput captured;
    const ExitCode code = run_program(words, [] { return Request::kStop; });
    return {code, captured.out(), captured.err()};
  }

  void check_sound() const { CHECK(run("verify", {}).out == "totals, days and likes agree\n"); }

  testing::TempDir dir;
  std::string database = "sqlite:" + (dir.path() / "likes.sqlite").string();
};

}  // namespace

TEST_CASE("purge says what would go, and takes it with --yes") {
  const Ground ground;
  const std::string line = "posts/hello: 3 on 2026-11-20, from 07:33:20 to 07:33:22\n";
  const std::vector<std::string> words = {"--post", "posts/hello", "--burst", "2/60s"};
  for (int i = 0; i < 2; ++i) {
    const Ran dry = ground.run("purge", words);
    CHECK(dry.code == ExitCode::kOk);
    CHECK(dry.out == line + "3 likes of 1 post would go; nothing has changed yet, --yes does it\n");
  }
  std::vector<std::string> really = words;
  really.emplace_back("--yes");
  CHECK(ground.run("purge", really).out == line + "3 likes of 1 post taken back\n");
  CHECK(ground.run("purge", really).out == "no like fits; nothing has changed\n");
  ground.check_sound();
  CHECK(ground.run("purge", {"--from", "2026-11-19", "--to", "2026-11-19T07:56:41Z"}).out ==
        "posts/hello: 1 on 2026-11-19, from 07:56:40 to 07:56:40\n"
        "1 like of 1 post would go; nothing has changed yet, --yes does it\n");
}

TEST_CASE("what purge does not understand changes nothing") {
  struct Case {
    std::vector<std::string> words;
    std::string message;
  };
  const Case cases[] = {
      {{"--yes"}, "wanted --post, --from, --to or --burst: without any, all likes are meant"},
      {{"--from", "yesterday"},
       "--from: found 'yesterday', wanted 2026-11-20 or 2026-11-20T08:30:00Z"},
      {{"--to", "2026-02-30"},
       "--to: found '2026-02-30', wanted 2026-11-20 or 2026-11-20T08:30:00Z"},
      {{"--from", "2026-11-20", "--to", "2026-11-20"},
       "--from: found '2026-11-20', wanted a time before --to ('2026-11-20'), which is not meant "
       "itself"},
      {{"--post", "posts/helo"},
       "--post: found 'posts/helo', wanted the key of a post, as posts.json has it"},
      {{"--burst", "20"}, "--burst: found '20', wanted LIKES/TIME, for example 20/60s"},
      {{"--burst", "20/0s"}, "--burst: found '20/0s', wanted LIKES/TIME, for example 20/60s"},
  };
  const Ground ground;
  for (const Case& c : cases) {
    const Ran ran = ground.run("purge", c.words);
    CHECK(ran.code == ExitCode::kFailed);
    CHECK(ran.err == "likes-server purge: " + c.message + "\n");
  }
}

TEST_CASE("import looks pages up, says what is new, and adds it once") {
  const Ground ground;
  const std::string posts = ground.dir.write("posts.json", testing::kPostsJson).string();
  const std::string file =
      ground.dir.write("likes.json", R"({"/posts/hello/":40,"old/hello":2,"second":7,"/no/":3})")
          .string();
  const Ran refused = ground.run("import", {"paths", file, "--posts-file", posts});
  CHECK(refused.code == ExitCode::kFailed);
  CHECK(refused.err ==
        "likes-server import: 1 page with likes is no post: 'no' (3); --unknown skip leaves "
        "them out, --unknown keep keeps their likes until there is such a post\n");

  const std::vector<std::string> skip = {"paths", file, "--posts-file", posts, "--unknown", "skip"};
  std::vector<std::string> dry = skip;
  dry.emplace_back("--dry-run");
  const std::string lines =
      "posts/hello: 42 new\nposts/second: 7 new\nno: no such post, 3 likes left out\n";
  CHECK(ground.run("import", dry).out ==
        lines + "49 likes of 2 posts would be new (a dry run); 0 were there already\n");
  CHECK(ground.run("import", skip).out ==
        lines + "49 likes of 2 posts are new; 0 were there already\n");
  CHECK(ground.run("import", skip).out ==
        "no: no such post, 3 likes left out\n0 likes of 0 posts are new; 49 were there already\n");
  ground.check_sound();

  std::vector<std::string> other = skip;
  other.insert(other.end(), {"--source", "old-blog"});
  CHECK(ground.run("import", other).out.find("posts/hello: 42 new\n") == 0);
  std::vector<std::string> keep = {"paths", file, "--unknown", "keep"};
  CHECK(ground.run("import", keep).out.find("no: no such post, 3 likes kept\n") !=
        std::string::npos);
  ground.check_sound();
}

TEST_CASE("an export is imported whole by another database, in both formats") {
  const Ground ground;
  REQUIRE(ground
              .run("import", {"applause",
                              ground.dir.write("claps", R"([{"url":"/posts/second/","claps":5}])")})
              .code == ExitCode::kOk);
  for (const std::string format : {"jsonl", "csv"}) {
    DYNAMIC_SECTION(format) {
      const Ran printed = ground.run("export", {"--format", format});
      CHECK(printed.code == ExitCode::kOk);
      const std::string file = (ground.dir.path() / ("all." + format)).string();
      CHECK(ground.run("export", {"--format", format, "-o", file}).out.empty());
      CHECK(read_file(file, 10'000) == printed.out);

      const std::string other = "sqlite:" + (ground.dir.path() / (format + ".sqlite")).string();
      const auto run = [&](std::vector<std::string> words) {
        words.insert(words.end(), {"--database-url", other});
        const testing::CapturedOutput captured;
        const ExitCode code = run_program(words, [] { return Request::kStop; });
        return Ran{code, captured.out(), captured.err()};
      };
      REQUIRE(run({"migrate"}).code == ExitCode::kOk);
      const Ran imported = run({"import", format, file, "--unknown", "keep"});
      CHECK(imported.out.ends_with("9 likes of 2 posts are new; 0 were there already\n"));
      CHECK(run({"export", "--format", format}).out == printed.out);
      CHECK(run({"verify"}).code == ExitCode::kOk);
      // Into the database that it came from: nothing.
      CHECK(ground.run("import", {format, file}).out ==
            "0 likes of 0 posts are new; 9 were there already\n");
    }
  }
}

TEST_CASE("what import and export do not understand changes nothing") {
  const Ground ground;
  const std::string broken = ground.dir.write("broken.csv", "key,source,time,likes\na,b\n");
  struct Case {
    std::string command;
    std::vector<std::string> words;
    std::string message;
  };
  const Case cases[] = {
      {"import", {}, "wanted FORMAT and FILE; see likes-server import --help"},
      {"import",
       {"disqus", broken},
       "found the format 'disqus', wanted jsonl, csv, flakm, waline, artalk, isso, applause or "
       "paths"},
      {"import", {"csv", broken}, broken + ":2: found 2 fields, wanted 4"},
      {"import", {"csv", "/nowhere"}, "/nowhere: cannot read: No such file or directory"},
      {"import",
       {"csv", broken, "--unknown", "maybe"},
       "--unknown: found 'maybe', wanted refuse, skip or keep"},
      {"import",
       {"paths", broken, "--source", "a b"},
       "--source: found 'a b', wanted at most 64 letters, digits, '.', '_' and '-'"},
      {"export", {"--format", "xml"}, "--format: found 'xml', wanted jsonl or csv"},
  };
  for (const Case& c : cases) {
    const Ran ran = ground.run(c.command, c.words);

    CHECK(ran.code == ExitCode::kFailed);
    CHECK(ran.err == "likes-server " + c.command + ": " + c.message + "\n");
  }
}

}  // namespace likes::app
