#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "tools/support/result.h"

namespace likes {

/// The whole file; fails when it cannot be read, is no regular file or holds more than `max_bytes`.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path,
                                            std::size_t max_bytes);

/// Writes all of it to an open file; where it cannot, `errno` says why.
[[nodiscard]] bool write_all(int descriptor, std::string_view bytes);

/// Puts `bytes` at `path` whole or not at all: written beside it, flushed to disk, then renamed
/// over it. A reader, or a crash at any moment, sees the old file or the new one. The permissions
/// of a file that is replaced are kept; missing folders are made.
[[nodiscard]] Result<void> write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace likes
