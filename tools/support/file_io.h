#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
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
  /// More than `max_bytes` are not read.
  [[nodiscard]] static Result<FileReader> open(std::string path, std::size_t max_bytes);

  /// How large it is; fails where it is no regular file, or one beyond the limit.
  [[nodiscard]] Result<std::size_t> size() const;
  /// Appends the next `count` bytes; fewer only where the file ends.
  [[nodiscard]] Result<void> read(std::string& bytes, std::size_t count);

  [[nodiscard]] bool is_at_end() const { return is_at_end_; }

 private:
  FileReader() = default;
  [[nodiscard]] tl::unexpected<Error> too_large() const;

  Descriptor file_;
  std::string path_;
  std::size_t max_bytes_ = 0;
  std::size_t read_ = 0;
  bool is_at_end_ = false;
};

/// Writes all of it to an open file; where it cannot, `errno` says why.
[[nodiscard]] bool write_all(int descriptor, std::string_view bytes);

/// Puts what is written to it at a path whole or not at all: written beside it, flushed to disk,
/// then renamed over it. A reader, or a crash at any moment, sees the old file or the new one. The
/// permissions of a file that is replaced are kept; missing folders are made. What is there and no
/// file, such as /dev/null, stays and takes what comes.
class FileWriter {
 public:
  [[nodiscard]] static Result<FileWriter> open(std::filesystem::path path);
  /// Standard output, which takes what comes, too.
  [[nodiscard]] static FileWriter standard_output();

  /// Without finish() nothing was written.
  ~FileWriter();
  FileWriter(FileWriter&&) = default;
  FileWriter& operator=(FileWriter&&) = delete;

  [[nodiscard]] Result<void> write(std::string_view bytes);
  [[nodiscard]] Result<void> finish();

 private:
  FileWriter() = default;

  std::filesystem::path path_;
  std::string beside_;  // The file that takes the place of the other, or "".
  Descriptor file_;
};

[[nodiscard]] Result<void> write_file(const std::filesystem::path& path, std::string_view bytes);

/// What the user names as an output: "-" is standard output, all else a file.
[[nodiscard]] Result<void> write_output(const std::string& name, std::string_view bytes);

/// The same of what is written piece by piece.
[[nodiscard]] Result<void> write_output(const std::string& name,
                                        const std::function<Result<void>(FileWriter&)>& write);

/// What the user names as an input: "-" is standard input, all else a file for read_file().
[[nodiscard]] Result<std::string> read_input(const std::string& name, std::size_t max_bytes);

}  // namespace likes
