#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "server/http/message.h"

namespace likes::http {

/// Serves a folder of files that Hugo has built. Nothing is kept in memory, so that files, or the
/// folder itself when it is a symbolic link, may be replaced at any time.
///
/// A path leads only to regular files below the folder: names that begin with a dot are not there
/// (but for `.well-known`), and symbolic links below the folder are not followed.
class StaticSite {
 public:
  static constexpr std::size_t kMaxFileBytes = std::size_t{32} << 20;

  explicit StaticSite(std::filesystem::path folder, std::size_t max_file_bytes = kMaxFileBytes);

  /// GET and HEAD; anything else is 405. A folder is its index.html; what is not there is 404.html.
  [[nodiscard]] Response answer(const Request& request) const;

 private:
  [[nodiscard]] Response not_found() const;

  std::filesystem::path folder_;
  std::size_t max_file_bytes_;
};

/// The Content-Type for a file of this name.
[[nodiscard]] std::string_view content_type(std::string_view file_name);

/// Whether the name holds a hash of the content, as Hugo's `fingerprint` puts it there: a file of
/// this name never changes.
[[nodiscard]] bool is_fingerprinted(std::string_view file_name);

/// `Sun, 06 Nov 1994 08:49:37 GMT`, and back; -1 for text that is no such date.
[[nodiscard]] std::string http_date(std::int64_t unix_seconds);
[[nodiscard]] std::int64_t parse_http_date(std::string_view text);

}  // namespace likes::http
