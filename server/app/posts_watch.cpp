#include "server/app/posts_watch.h"

#include <poll.h>
#include <sys/eventfd.h>

#include <array>
#include <cstdint>
#include <utility>

#include "server/telemetry/log.h"

namespace likes::app {
namespace {

/// A file that is made and then filled is two changes, of which only the second one counts.
constexpr int kQuietMs = 50;

/// Waits for one of the two; whether it was a change, and not the end or the time.
bool wait_for_change(int changes, int end, int time_ms) {
  std::array<pollfd, 2> entries{pollfd{changes, POLLIN, 0}, pollfd{end, POLLIN, 0}};
  return ::poll(entries.data(), entries.size(), time_ms) > 0 && entries[1].revents == 0;
}

}  // namespace

PostsWatch::~PostsWatch() {
  if (thread_.joinable()) {
    ::eventfd_write(wake_.get(), 1);
    thread_.join();
  }
}

Result<Watcher> PostsWatch::watch() const {
  return Watcher::over({}, {file_, file_.parent_path() / "..data"});
}

Result<void> PostsWatch::start(const std::filesystem::path& file, std::function<void()> changed) {
  file_ = std::filesystem::absolute(file);
  changed_ = std::move(changed);
  Result<Watcher> watcher = watch();
  if (!watcher) {
    return tl::unexpected<Error>(watcher.error());
  }
  wake_ = Descriptor(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  thread_ =
      std::thread([this, watcher = std::move(*watcher)]() mutable { run(std::move(watcher)); });
  return {};
}

void PostsWatch::run(Watcher watcher) {
  pollfd end{wake_.get(), POLLIN, 0};
  while (::poll(&end, 1, 0) == 0) {
    if (!wait_for_change(watcher.descriptor(), end.fd, -1) || !watcher.take_changes()) {
      continue;
    }
    while (wait_for_change(watcher.descriptor(), end.fd, kQuietMs)) {
      [[maybe_unused]] const bool more = watcher.take_changes();
    }
    // Made anew because the folder itself may be another one now; then read, so nothing is missed.
    if (Result<Watcher> next = watch(); next) {
      watcher = std::move(*next);
    } else {
      telemetry::log_error(next.error().to_string());
    }
    changed_();
  }
}

}  // namespace likes::app
