#include "tools/refresh/shell.h"

#include <poll.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <optional>

#include "tools/support/child.h"
#include "tools/support/signal_reader.h"

namespace likes::refresh {
namespace {

/// The signal that tells of a child's end may go to another thread.
constexpr int kAskAgain_ms = 50;

void pass_on(Child& child) {
  for (std::string text = child.read_output(); !text.empty(); text = child.read_output()) {
    std::fwrite(text.data(), 1, text.size(), stderr);
  }
}

}  // namespace

Result<ShellEnd> run_shell(const std::string& command,
                           const std::map<std::string, std::string>& variables) {
  SignalReader signals;
  Result<Child> child = Child::start({"sh", "/bin/sh", {"-c", command}, variables});
  if (!child) {
    return tl::unexpected(child.error());
  }
  ShellEnd end;
  while (true) {
    // Asked before its output is read: what it printed last must not be lost.
    const std::optional<std::string> how = child->ended();
    pass_on(*child);
    if (how) {
      end.failure = *how == "exit code 0" ? "" : *how;
      return end;
    }
    std::array<pollfd, 2> readable = {pollfd{signals.descriptor(), POLLIN, 0},
                                      pollfd{child->output(), POLLIN, 0}};
    ::poll(readable.data(), readable.size(), kAskAgain_ms);
    if (signals.take_stop() && !end.stopped) {
      end.stopped = true;
      child->signal_all(SIGTERM);
    }
  }
}

}  // namespace likes::refresh
