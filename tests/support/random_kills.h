#pragma once

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "tests/support/catch.h"

extern char** environ;

namespace likes::testing {

/// How many runs a test is to kill: few by default, LIKES_KILL_RUNS for a proof.
inline int kill_runs() {
  const char* value = std::getenv("LIKES_KILL_RUNS");
  return value != nullptr ? std::atoi(value) : 20;
}

/// Runs a program, its stderr unseen, and kills it unless it ends before the time is over; the
/// status is waitpid()'s.
inline int run_at_most(const std::vector<std::string>& words, std::chrono::microseconds time) {
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (const std::string& word : words) {
    arguments.push_back(const_cast<char*>(word.c_str()));
  }
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t pid = -1;
  const int failed = ::posix_spawn(&pid, arguments[0], &files, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&files);
  REQUIRE(failed == 0);
  const int descriptor = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
  REQUIRE(descriptor >= 0);
  pollfd end = {descriptor, POLLIN, 0};
  timespec timeout = {time.count() / 1'000'000, (time.count() % 1'000'000) * 1000};
  const bool ended = ::ppoll(&end, 1, &timeout, nullptr) == 1;
  ::close(descriptor);
  if (!ended) {
    ::kill(pid, SIGKILL);
  }
  int status = 0;
  REQUIRE(::waitpid(pid, &status, 0) == pid);
  return status;
}

/// The exit code of a run that nobody disturbs.
inline int run_to_end(const std::vector<std::string>& words) {
  const int status = run_at_most(words, std::chrono::minutes(2));
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Kills runs at random moments. How long a run takes is learnt on the way, so that most are hit
/// however busy the machine is.
class RandomKills {
 public:
  explicit RandomKills(unsigned seed) : random_(seed) {}

  /// Whether the run was killed.
  bool run(const std::vector<std::string>& words) {
    const std::chrono::microseconds delay(random_() % longest_us_);
    const bool was_killed = WIFSIGNALED(run_at_most(words, delay));
    killed_ += was_killed ? 1 : 0;
    longest_us_ = was_killed ? longest_us_ + longest_us_ / 5 : longest_us_ - longest_us_ / 3;
    longest_us_ = std::clamp(longest_us_, 100U, 100'000'000U);
    return was_killed;
  }

  [[nodiscard]] int killed() const { return killed_; }

 private:
  std::mt19937 random_;
  unsigned longest_us_ = 50'000;
  int killed_ = 0;
};

}  // namespace likes::testing
