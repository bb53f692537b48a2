#include "tools/support/progress.h"

#include <unistd.h>

#include <cstdio>
#include <utility>

namespace likes {
namespace {

constexpr std::chrono::milliseconds kBetweenLines{200};

}  // namespace

Progress::Progress(std::string label, std::string unit, std::size_t total)
    : label_(std::move(label)),
      unit_(std::move(unit)),
      total_(total),
      on_terminal_(::isatty(STDERR_FILENO) == 1),
      next_(std::chrono::steady_clock::now() + kBetweenLines) {}

Progress::~Progress() {
  if (shown_) {
    // The line is only of interest while it moves.
    std::fprintf(stderr, "\r\033[K");
  }
}

void Progress::step() {
  const std::size_t done = ++done_;
  if (!on_terminal_) {
    return;
  }
  const std::lock_guard lock(mutex_);
  if (std::chrono::steady_clock::now() < next_) {
    return;
  }
  std::fprintf(stderr, "\r\033[K%s: %zu of %zu %s", label_.c_str(), done, total_, unit_.c_str());
  std::fflush(stderr);
  shown_ = true;
  next_ = std::chrono::steady_clock::now() + kBetweenLines;
}

}  // namespace likes
