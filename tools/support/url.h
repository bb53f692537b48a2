#pragma once

#include <string>
#include <string_view>

#include "tools/support/result.h"

namespace likes {

/// An http or https address, taken apart. Host names stay as written; IPv6 hosts keep their
/// brackets.
struct Url {
  std::string scheme;  ///< "http" or "https"
  std::string host;    ///< "example.org", "127.0.0.1", "[::1]"
  int port = 0;        ///< Always set: 80 or 443 where the text names none.
  std::string path;    ///< Starts with "/"; query and fragment are cut off.

  /// `https://example.org`, with the port where it is not the scheme's own.
  [[nodiscard]] std::string origin() const;
};

/// Takes an absolute http(s) address apart; user names in it are refused.
[[nodiscard]] Result<Url> parse_url(std::string_view text);

/// A path for use in an address: everything but unreserved characters and "/" as %XX of its UTF-8.
[[nodiscard]] std::string percent_encode_path(std::string_view path);

/// The opposite; nothing where a "%" is not followed by two hex digits.
[[nodiscard]] Result<std::string> percent_decode(std::string_view text);

}  // namespace likes
