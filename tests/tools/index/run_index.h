#pragma once

#include <string>
#include <vector>

#include "tests/support/captured_output.h"
#include "tools/index/index_command.h"
#include "tools/support/command_line.h"

namespace likes::testing {

struct IndexRun {
  int exit = -1;
  std::string out;
  std::string err;
};

/// Runs `likes index WORDS…` within this process.
inline IndexRun run_index(std::vector<std::string> words) {
  CommandLine command_line("likes", "0", "");
  index::add_index_command(command_line);
  words.insert(words.begin(), "index");
  const CapturedOutput captured;
  IndexRun run;
  run.exit = static_cast<int>(command_line.run(words));
  run.out = captured.out();
  run.err = captured.err();
  return run;
}

}  // namespace likes::testing
