#include "tools/bake/staging.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <system_error>
#include <utility>

#include "tools/support/file_io.h"

namespace likes::bake {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> system_failure(const char* verb, const fs::path& path) {
  return fail(ErrorCode::kUnavailable, std::string("cannot ") + verb + ": " + std::strerror(errno),
              {path.string()});
}

timespec timespec_of(std::int64_t nanoseconds) {
  constexpr std::int64_t kSecond_ns = 1'000'000'000;
  timespec time = {};
  time.tv_sec = static_cast<time_t>(nanoseconds / kSecond_ns);
  time.tv_nsec = static_cast<long>(nanoseconds % kSecond_ns);
  return time;
}

/// Writes and describes; `errno` tells what failed.
bool fill(int descriptor, std::string_view bytes, const fs::path& target, const Stamp* modified) {
  struct stat old = {};
  if (::lstat(target.c_str(), &old) != 0) {
    return false;
  }
  // Only root may give files away; for others the permissions have to do.
  const bool given = ::fchown(descriptor, old.st_uid, old.st_gid) == 0;
  if (::fchmod(descriptor, old.st_mode & (given ? 07777 : 0777)) != 0) {
    return false;
  }
  if (!write_all(descriptor, bytes)) {
    return false;
  }
  if (modified != nullptr) {
    const timespec time = timespec_of(modified->modified_ns);
    const std::array<timespec, 2> times = {time, time};
    return ::futimens(descriptor, times.data()) == 0;
  }
  return true;
}

/// Flushes one file, or with `whole_system` all that its file system has not yet written.
bool flush_path(const fs::path& path, bool whole_system) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return false;
  }
  const bool done = (whole_system ? ::syncfs(descriptor) : ::fsync(descriptor)) == 0;
  const int number = errno;
  ::close(descriptor);
  errno = number;
  return done;
}

}  // namespace

Staging::Staging(Staging&& other) noexcept
    : folder_(std::exchange(other.folder_, {})), next_(other.next_.load()) {}

Staging::~Staging() {
  if (!folder_.empty()) {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
}

Result<Staging> Staging::open(const fs::path& folder) {
  std::error_code code;
  fs::remove_all(folder, code);
  if (code) {
    return fail(ErrorCode::kUnavailable,
                "cannot remove what an earlier run left: " + code.message(), {folder.string()});
  }
  return Staging(folder);
}

Result<StagedFile> Staging::add(std::string_view bytes, const fs::path& target,
                                const Stamp* modified) {
  StagedFile file;
  file.name = std::to_string(next_.fetch_add(1));
  const fs::path path = folder_ / file.name;
  constexpr int kFlags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
  int descriptor = ::open(path.c_str(), kFlags, 0600);
  if (descriptor < 0 && errno == ENOENT) {
    // Not made before it is needed: a run without news writes nothing at all.
    ::mkdir(folder_.c_str(), 0755);
    descriptor = ::open(path.c_str(), kFlags, 0600);
  }
  if (descriptor < 0) {
    return system_failure("write", target);
  }
  struct stat status = {};
  const bool filled =
      fill(descriptor, bytes, target, modified) && ::fstat(descriptor, &status) == 0;
  const int number = errno;
  ::close(descriptor);
  errno = number;
  if (!filled) {
    return system_failure("write", target);
  }
  file.stamp = stamp_of(status);
  return file;
}

Result<void> Staging::flush(bool whole_system) const {
  // Flushing file by file costs a wait for the disk each time; flushing the file system may have to
  // wait for what others write.
  constexpr std::size_t kFewFiles = 32;
  const std::size_t count = next_.load();
  if (whole_system || count > kFewFiles) {
    const fs::path above = folder_.parent_path();
    return flush_path(above, true) ? Result<void>() : system_failure("flush to disk", above);
  }
  for (std::size_t i = 0; i < count; ++i) {
    const fs::path path = folder_ / std::to_string(i);
    if (!flush_path(path, false)) {
      return system_failure("flush to disk", path);
    }
  }
  return {};
}

Result<void> Staging::move(const StagedFile& file, const fs::path& target) const {
  const fs::path staged = folder_ / file.name;
  if (::rename(staged.c_str(), target.c_str()) == 0) {
    return {};
  }
  if (errno != EXDEV) {
    return system_failure("replace", target);
  }
  // A part of the site is mounted from elsewhere.
  const Result<std::string> bytes = read_file(staged, static_cast<std::size_t>(file.stamp.bytes));
  return bytes ? write_file(target, *bytes) : tl::unexpected(bytes.error());
}

}  // namespace likes::bake
