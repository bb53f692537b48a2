#pragma once

#include <string>
#include <vector>

#include "tests/support/captured_output.h"
#include "tools/check/check_command.h"
#include "tools/support/command_line.h"

namespace likes::testing {

struct CheckRun {
  int exit = -1;
  std::string out;
  std::string err;
};

/// Runs `likes check WORDS…` within this process.
inline CheckRun run_check(std::vector<std::string> words) {
  CommandLine command_line("likes", "0", "");
  check::add_check_command(command_line);
  words.insert(words.begin(), "check");
  const CapturedOutput captured;
  CheckRun run;
  run.exit = static_cast<int>(command_line.run(words));
  run.out = captured.out();
  run.err = captured.err();
  return run;
}

/// `text` with `folder`, and the slash behind it, left out.
inline std::string without_folder(std::string text, const std::string& folder) {
  for (std::size_t at = 0; (at = text.find(folder + "/", at)) != std::string::npos;) {
    text.erase(at, folder.size() + 1);
  }
  return text;
}

}  // namespace likes::testing
