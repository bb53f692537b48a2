#include "tools/support/command_line.h"

#include <string>
#include <vector>

#include "tests/support/captured_output.h"
#include "tests/support/catch.h"

using likes::CommandLine;
using likes::ExitCode;

namespace {

/// A program with a command `bake [PUBLIC] --likes FILE` and nothing by default.
struct Program {
  Program() {
    likes::Command bake = command_line.add_command("bake", "help of bake\n", [this] {
      ++bakes;
      return ExitCode::kOk;
    });
    bake.add_option("public", site);
    bake.add_option("--likes", counts);
    command_line.add_command("snapshot", "help of snapshot\n", [] { return ExitCode::kFailed; });
  }

  CommandLine command_line{"likes", "1.2.3", "help of likes\n"};
  std::string site;
  std::string counts;
  int bakes = 0;
};

}  // namespace

TEST_CASE("a command runs with its options and gives its exit code") {
  Program program;
  CHECK(program.command_line.run({"bake", "public", "--likes", "a.json"}) == ExitCode::kOk);
  CHECK(program.bakes == 1);
  CHECK(program.site == "public");
  CHECK(program.counts == "a.json");

  Program other;
  CHECK(other.command_line.run({"snapshot"}) == ExitCode::kFailed);
}

TEST_CASE("help and version go to stdout and are no failure") {
  struct Case {
    std::vector<std::string> words;
    const char* out;
  };
  const Case cases[] = {
      {{"--help"}, "help of likes\n"},    {{"-h"}, "help of likes\n"},
      {{"bake", "-h"}, "help of bake\n"}, {{"bake", "public", "--help"}, "help of bake\n"},
      {{"--version"}, "likes 1.2.3\n"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.words.back() << " of " << c.words.front()) {
      Program program;
      const likes::testing::CapturedOutput captured;
      CHECK(program.command_line.run(c.words) == ExitCode::kOk);
      CHECK(captured.out() == c.out);
      CHECK(captured.err().empty());
      CHECK(program.bakes == 0);
    }
  }
}

TEST_CASE("a wrong word is a usage error that names the nearest right one") {
  struct Case {
    std::vector<std::string> words;
    const char* err;
  };
  const Case cases[] = {
      {{}, "likes: wanted a command\nTry: likes --help\n"},
      {{"snapsot"},
       "likes: unknown command 'snapsot', did you mean 'snapshot'?\nTry: likes --help\n"},
      {{"abke"}, "likes: unknown command 'abke', did you mean 'bake'?\nTry: likes --help\n"},
      {{"frobnicate"}, "likes: unknown command 'frobnicate'\nTry: likes --help\n"},
      {{"--verson"},
       "likes: unknown option '--verson', did you mean '--version'?\nTry: likes --help\n"},
      {{"bake", "public", "--like", "x"},
       "likes bake: unknown option '--like', did you mean '--likes'?\nTry: likes bake --help\n"},
      {{"bake", "--like=x"},
       "likes bake: unknown option '--like', did you mean '--likes'?\nTry: likes bake --help\n"},
      {{"bake", "public", "more"},
       "likes bake: unexpected argument 'more'\nTry: likes bake --help\n"},
      {{"bake", "public", "--", "behind"},
       "likes bake: unexpected argument 'behind'\nTry: likes bake --help\n"},
      {{"bake", "--likes"},
       "likes bake: --likes: 1 required TEXT missing\nTry: likes bake --help\n"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION((c.words.empty() ? "nothing" : c.words.back())) {
      Program program;
      const likes::testing::CapturedOutput captured;
      CHECK(program.command_line.run(c.words) == ExitCode::kUsage);
      CHECK(captured.err() == c.err);
      CHECK(captured.out().empty());
      CHECK(program.bakes == 0);
    }
  }
}

TEST_CASE("a program may do something without a command") {
  Program program;
  program.command_line.set_default([] { return ExitCode::kFailed; });
  CHECK(program.command_line.run({}) == ExitCode::kFailed);
}
