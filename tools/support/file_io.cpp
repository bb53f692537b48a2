#include "tools/support/file_io.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace likes {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kStandard = "-";

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

/// Into a device or a pipe, which is no file to be put in the place of another.
Result<void> write_through(const fs::path& path, std::string_view bytes) {
  const Descriptor device(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  return device.is_open() && write_all(device.get(), bytes) ? Result<void>()
                                                            : system_failure("write", path);
}

}  // namespace

Result<FileReader> FileReader::open(std::string path, std::size_t max_bytes) {
  FileReader reader;
  reader.path_ = std::move(path);
  reader.max_bytes_ = max_bytes;
  reader.file_ = Descriptor(::open(reader.path_.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status = {};
  if (!reader.file_.is_open() || ::fstat(reader.file_.get(), &status) != 0) {
    return system_failure("read", reader.path_);
  }
  if (!S_ISREG(status.st_mode)) {
    return fail(ErrorCode::kInvalid, "is not a regular file", {reader.path_});
  }
  reader.size_ = static_cast<std::size_t>(status.st_size);
  reader.modified_ = status.st_mtim.tv_sec * std::int64_t{1'000'000'000} + status.st_mtim.tv_nsec;
  if (reader.size_ > max_bytes) {
    return reader.too_large();
  }
  return reader;
}

tl::unexpected<Error> FileReader::too_large() const {
  return fail(ErrorCode::kInvalid,
              "is larger than the limit of " + std::to_string(max_bytes_) + " bytes", {path_});
}

Result<void> FileReader::read(std::string& bytes, std::size_t count) {
  std::size_t filled = bytes.size();
  bytes.resize(filled + count);
  while (filled < bytes.size() && !is_at_end_) {
    const ssize_t got = ::read(file_.get(), bytes.data() + filled, bytes.size() - filled);
    if (got < 0 && errno != EINTR) {
      return system_failure("read", path_);
    }
    if (got >= 0) {
      is_at_end_ = got == 0;
      filled += static_cast<std::size_t>(got);
      read_ += static_cast<std::size_t>(got);
    }
    // It may have grown since it was opened.
    if (read_ > max_bytes_) {
      return too_large();
    }
  }
  bytes.resize(filled);
  return {};
}

Result<std::string> read_file(const fs::path& path, std::size_t max_bytes) {
  Result<FileReader> reader = FileReader::open(path.string(), max_bytes);
  if (!reader) {
    return tl::unexpected(reader.error());
  }
  std::string bytes;
  while (!reader->is_at_end()) {
    // One byte more than was promised shows the end, or that the file has grown meanwhile.
    const std::size_t count = std::max(reader->size() + 1, bytes.size());
    if (Result<void> read = reader->read(bytes, count); !read) {
      return tl::unexpected(read.error());
    }
  }
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
  if (replaces && !S_ISREG(old.st_mode) && !S_ISDIR(old.st_mode)) {
    return write_through(path, bytes);
  }
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

Result<void> write_output(const std::string& name, std::string_view bytes) {
  if (name != kStandard) {
    return write_file(name, bytes);
  }
  return write_all(STDOUT_FILENO, bytes) ? Result<void>()
                                         : system_failure("write", "standard output");
}

Result<std::string> read_input(const std::string& name, std::size_t max_bytes) {
  if (name != kStandard) {
    return read_file(name, max_bytes);
  }
  std::string bytes;
  ssize_t got = 1;
  while (got > 0 && bytes.size() <= max_bytes) {
    constexpr std::size_t kChunk = 65536;
    const std::size_t filled = bytes.size();
    bytes.resize(filled + kChunk);
    got = ::read(STDIN_FILENO, bytes.data() + filled, kChunk);
    bytes.resize(filled + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  }
  if (got < 0) {
    return system_failure("read", "standard input");
  }
  if (bytes.size() > max_bytes) {
    return fail(ErrorCode::kInvalid,
                "is larger than the limit of " + std::to_string(max_bytes) + " bytes",
                {"standard input"});
  }
  return bytes;
}

}  // namespace likes
