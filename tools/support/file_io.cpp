#include "tools/support/file_io.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "tools/support/descriptor.h"

namespace likes {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> system_failure(const char* verb, const fs::path& path) {
  const int number = errno;
  const ErrorCode code = number == ENOENT ? ErrorCode::kNotFound : ErrorCode::kUnavailable;
  return fail(code, std::string("cannot ") + verb + ": " + std::strerror(number), {path.string()});
}

/// The rename itself is on disk only once its folder is.
void flush_folder(const fs::path& folder) {
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.is_open()) {
    ::fsync(descriptor.get());
  }
}

}  // namespace

Result<std::string> read_file(const fs::path& path, std::size_t max_bytes) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) {
    return system_failure("read", path);
  }
  struct stat status = {};
  if (::fstat(file.get(), &status) != 0) {
    return system_failure("read", path);
  }
  if (!S_ISREG(status.st_mode)) {
    return fail(ErrorCode::kInvalid, "is not a regular file", {path.string()});
  }
  std::string bytes;
  // One byte more than stat promises shows that the file has grown meanwhile.
  const auto promised = static_cast<std::size_t>(status.st_size);
  bytes.resize(std::min(promised, max_bytes) + 1);
  std::size_t filled = 0;
  while (true) {
    if (filled == bytes.size()) {
      bytes.resize(std::min(bytes.size() * 2, max_bytes + 1));
    }
    const ssize_t got = ::read(file.get(), bytes.data() + filled, bytes.size() - filled);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return system_failure("read", path);
    }
    if (got == 0) {
      break;
    }
    filled += static_cast<std::size_t>(got);
    if (filled > max_bytes) {
      return fail(ErrorCode::kInvalid,
                  "is larger than the limit of " + std::to_string(max_bytes) + " bytes",
                  {path.string()});
    }
  }
  bytes.resize(filled);
  return bytes;
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) {
      return false;
    }
    bytes.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
  }
  return true;
}

Result<void> write_file(const fs::path& path, std::string_view bytes) {
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  std::error_code code;
  fs::create_directories(folder, code);
  if (code) {
    return fail(ErrorCode::kUnavailable, "cannot make the folder: " + code.message(),
                {folder.string()});
  }
  struct stat old = {};
  const bool replaces = ::stat(path.c_str(), &old) == 0;
  std::string beside = (folder / ("." + path.filename().string() + ".XXXXXX")).string();
  const Descriptor file(::mkostemp(beside.data(), O_CLOEXEC));
  if (!file.is_open()) {
    return system_failure("write", path);
  }
  ::fchmod(file.get(), replaces ? (old.st_mode & 07777) : 0644);
  if (!write_all(file.get(), bytes) || ::fsync(file.get()) != 0) {
    const tl::unexpected<Error> failure = system_failure("write", path);
    ::unlink(beside.c_str());
    return failure;
  }
  if (::rename(beside.c_str(), path.c_str()) != 0) {
    const tl::unexpected<Error> failure = system_failure("replace", path);
    ::unlink(beside.c_str());
    return failure;
  }
  flush_folder(folder);
  return {};
}

}  // namespace likes
