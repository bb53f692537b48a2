#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "tools/support/descriptor.h"
#include "tools/support/result.h"

namespace likes {

/// The whole file; fails when it cannot be read, is no regular file or holds more than `max_bytes`.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path,
                                            std::size_t max_bytes);

/// Reads a file from its start, as far as is asked for.
class FileReader {
 public:
  /// Fails where read_file() would.
  [[nodiscard]] static Result<FileReader> open(std::string path, std::size_t max_bytes);

  /// Appends the next `count` bytes; fewer only where the file ends.
  [[nodiscard]] Result<void> read(std::string& bytes, std::size_t count);

  [[nodiscard]] std::size_t size() const { return size_; }  ///< When it was opened.
  /// Nanoseconds since 1970.
  [[nodiscard]] std::int64_t modified() const { return modified_; }
  [[nodiscard]] bool is_at_end() const { return is_at_end_; }

 private:
  FileReader() = default;
  [[nodiscard]] tl::unexpected<Error> too_large() const;

  Descriptor file_;
  std::string path_;
  std::size_t max_bytes_ = 0;
  std::size_t size_ = 0;
  std::int64_t modified_ = 0;
  std::size_t read_ = 0;
  bool is_at_end_ = false;
};

/// Writes all of it to an open file; where it cannot, `errno` says why.
[[nodiscard]] bool write_all(int descriptor, std::string_view bytes);

/// Puts `bytes` at `path` whole or not at all: written beside it, flushed to disk, then renamed
/// over it. A reader, or a crash at any moment, sees the old file or the new one. The permissions
/// of a file that is replaced are kept; missing folders are made. What is there and no file, such
/// as /dev/null, stays and takes them.
[[nodiscard]] Result<void> write_file(const std::filesystem::path& path, std::string_view bytes);

/// What the user names as an output: "-" is standard output, all else a file for write_file().
[[nodiscard]] Result<void> write_output(const std::string& name, std::string_view bytes);

/// What the user names as an input: "-" is standard input, all else a file for read_file().
[[nodiscard]] Result<std::string> read_input(const std::string& name, std::size_t max_bytes);

}  // namespace likes
