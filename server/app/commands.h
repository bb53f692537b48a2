#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tools/support/command_line.h"

namespace likes::app {

/// What a signal asks of a running server.
enum class Request { kReloadPosts, kStop };

/// Reads the command line, runs what it asks for and gives the exit code. A server runs until
/// `next_request`, which waits for a signal, asks it to stop.
[[nodiscard]] ExitCode run_program(const std::vector<std::string>& words,
                                   const std::function<Request()>& next_request);

}  // namespace likes::app
