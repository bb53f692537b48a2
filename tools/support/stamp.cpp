#include "tools/support/stamp.h"

#include <sys/stat.h>

#include <algorithm>
#include <ctime>

namespace likes {
namespace {

constexpr std::int64_t kSecond_ns = 1'000'000'000;
/// The clock of file times stands still for 10 ms at most (CONFIG_HZ=100), or, where a file system
/// keeps whole seconds, for two of them (FAT).
constexpr std::int64_t kSettled_ns = 20'000'000;
constexpr std::int64_t kSettledWholeSeconds_ns = 3 * kSecond_ns;

std::int64_t nanoseconds(const timespec& time) {
  return static_cast<std::int64_t>(time.tv_sec) * kSecond_ns + time.tv_nsec;
}

}  // namespace

Stamp stamp_of(const struct stat& status) {
  return {status.st_dev, status.st_ino, status.st_size, nanoseconds(status.st_mtim),
          nanoseconds(status.st_ctim)};
}

bool Stamp::has_content_of(const Stamp& other) const {
  return device == other.device && inode == other.inode && bytes == other.bytes &&
         modified_ns == other.modified_ns;
}

bool Stamp::is_settled() const {
  timespec now = {};
  ::clock_gettime(CLOCK_REALTIME, &now);
  const std::int64_t newest = std::max(modified_ns, changed_ns);
  const bool whole_seconds = newest % kSecond_ns == 0;
  return newest + (whole_seconds ? kSettledWholeSeconds_ns : kSettled_ns) < nanoseconds(now);
}

}  // namespace likes
