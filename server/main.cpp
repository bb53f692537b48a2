#include <csignal>
#include <string>
#include <vector>

#include "server/app/commands.h"

int main(int argc, char** argv) {
  // Blocked here, before any thread starts, so that every thread inherits it and the signals wait
  // for sigwait().
  sigset_t signals;
  sigemptyset(&signals);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    sigaddset(&signals, number);
  }
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  // Whoever reads the log may end before we do.
  std::signal(SIGPIPE, SIG_IGN);
  const auto next_request = [&signals] {
    int number = 0;
    sigwait(&signals, &number);
    return number == SIGHUP ? likes::app::Request::kReloadPosts : likes::app::Request::kStop;
  };
  const std::vector<std::string> words(argv + 1, argv + argc);
  return static_cast<int>(likes::app::run_program(words, next_request));
}
