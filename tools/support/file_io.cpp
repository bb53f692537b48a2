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

Result<void> write_whole(Result<FileWriter> writer,
                         const std::function<Result<void>(FileWriter&)>& write) {
  if (!writer) {
    return tl::unexpected(writer.error());
  }
  const Result<void> written = write(*writer);
  return written ? writer->finish() : written;
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

}  // namespace

Result<FileReader> FileReader::open(std::string path, std::size_t max_bytes) {
  FileReader reader;
  reader.path_ = std::move(path);
  reader.max_bytes_ = max_bytes;
  reader.file_ = Descriptor(::open(reader.path_.c_str(), O_RDONLY | O_CLOEXEC));
  return reader.file_.is_open() ? Result<FileReader>(std::move(reader))
                                : system_failure("read", reader.path_);
}

Result<std::size_t> FileReader::size() const {
  struct stat status = {};
  if (::fstat(file_.get(), &status) != 0) {
    return system_failure("read", path_);
  }
  if (!S_ISREG(status.st_mode)) {
    return fail(ErrorCode::kInvalid, "is not a regular file", {path_});
  }
  const std::size_t size = static_cast<std::size_t>(status.st_size);
  return size > max_bytes_ ? too_large() : Result<std::size_t>(size);
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
  const Result<std::size_t> size = reader->size();
  if (!size) {
    return tl::unexpected(size.error());
  }
  std::string bytes;
  while (!reader->is_at_end()) {
    // One byte more than was promised shows the end, or that the file has grown meanwhile.
    const std::size_t count = std::max(*size + 1, bytes.size());
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

Result<FileWriter> FileWriter::open(fs::path path) {
  FileWriter writer;
  writer.path_ = std::move(path);
  const fs::path folder = folder_of(writer.path_);
  std::error_code code;
  fs::create_directories(folder, code);
  if (code) {
    return fail(ErrorCode::kUnavailable, "cannot make the folder: " + code.message(),
                {folder.string()});
  }
  struct stat old = {};
  const bool is_there = ::stat(writer.path_.c_str(), &old) == 0;
  if (is_there && !S_ISREG(old.st_mode) && !S_ISDIR(old.st_mode)) {
    writer.file_ = Descriptor(::open(writer.path_.c_str(), O_WRONLY | O_CLOEXEC));
  } else {
    std::string beside = (folder / ("." + writer.path_.filename().string() + ".XXXXXX")).string();
    writer.file_ = Descriptor(::mkostemp(beside.data(), O_CLOEXEC));
    if (writer.file_.is_open()) {
      writer.beside_ = std::move(beside);
      ::fchmod(writer.file_.get(), is_there ? (old.st_mode & 07777) : 0644);
    }
  }
  return writer.file_.is_open() ? Result<FileWriter>(std::move(writer))
                                : system_failure("write", writer.path_);
}

FileWriter FileWriter::standard_output() {
  FileWriter writer;
  writer.path_ = "standard output";
  writer.file_ = Descriptor(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0));
  return writer;
}

FileWriter::~FileWriter() {
  if (file_.is_open() && !beside_.empty()) {
    ::unlink(beside_.c_str());
  }
}

Result<void> FileWriter::write(std::string_view bytes) {
  return write_all(file_.get(), bytes) ? Result<void>() : system_failure("write", path_);
}

Result<void> FileWriter::finish() {
  if (!beside_.empty()) {
    if (::fsync(file_.get()) != 0) {
      return system_failure("write", path_);
    }
    if (::rename(beside_.c_str(), path_.c_str()) != 0) {
      return system_failure("replace", path_);
    }
    flush_folder(folder_of(path_));
  }
  file_.close();
  return {};
}

Result<void> write_file(const fs::path& path, std::string_view bytes) {
  return write_whole(FileWriter::open(path),
                     [bytes](FileWriter& writer) { return writer.write(bytes); });
}

Result<void> write_output(const std::string& name, std::string_view bytes) {
  return write_output(name, [bytes](FileWriter& writer) { return writer.write(bytes); });
}

Result<void> write_output(const std::string& name,
                          const std::function<Result<void>(FileWriter&)>& write) {
  return write_whole(name == kStandard ? FileWriter::standard_output() : FileWriter::open(name),
                     write);
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
