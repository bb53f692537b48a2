#include "tools/refresh/shell.h"

#include <string>

#include "tests/support/captured_output.h"
#include "tests/support/catch.h"

using likes::Result;
using likes::refresh::run_shell;
using likes::refresh::ShellEnd;
using likes::testing::CapturedOutput;

TEST_CASE("a command runs in a shell with its variables, and all that it prints is passed on") {
  const CapturedOutput captured;
  const Result<ShellEnd> end =
      run_shell("printf '%s' \"$WHAT\"; seq 20000 >&2; test ! -t 0", {{"WHAT", "a b"}});
  REQUIRE(end);
  CHECK(end->failure.empty());
  CHECK_FALSE(end->stopped);
  CHECK(captured.out().empty());
  CHECK_THAT(captured.err(), Catch::Matchers::StartsWith("a b1\n2\n"));
  CHECK_THAT(captured.err(), Catch::Matchers::EndsWith("19999\n20000\n"));
}

TEST_CASE("how a command ended is said") {
  const CapturedOutput captured;
  CHECK(run_shell("exit 3", {})->failure == "exit code 3");
  CHECK(run_shell("kill -15 $$", {})->failure == "signal 15 (Terminated)");
  CHECK(run_shell("not-a-command-of-this-world", {})->failure == "exit code 127");
}

TEST_CASE("a signal to us ends the command") {
  const CapturedOutput captured;
  const Result<ShellEnd> end = run_shell("kill -TERM $PPID; exec sleep 1000", {});
  REQUIRE(end);
  CHECK(end->stopped);
  CHECK(end->failure == "signal 15 (Terminated)");
}
