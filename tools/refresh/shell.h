#pragma once

#include <map>
#include <string>

#include "tools/support/result.h"

namespace likes::refresh {

struct ShellEnd {
  bool stopped = false;  ///< We were told to end meanwhile, and so was the command.
  std::string failure;   ///< "exit code 1"; "" for success.
};

/// Runs a command with `sh -c` and these variables besides ours. What it prints goes to stderr.
[[nodiscard]] Result<ShellEnd> run_shell(const std::string& command,
                                         const std::map<std::string, std::string>& variables);

}  // namespace likes::refresh
