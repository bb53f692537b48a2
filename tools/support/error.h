#pragma once

#include <cstddef>
#include <string>

namespace likes {

/// What kind of failure this is: as much as any caller branches on, and no more. The server turns
/// it into an HTTP status in one switch (server/http/responses.cpp).
enum class ErrorCode {
  kInvalid,      ///< The input is wrong; the message says what was found and what was wanted.
  kNotFound,     ///< The thing named does not exist.
  kAmbiguous,    ///< The name fits more than one thing.
  kUnavailable,  ///< Something we depend on (database, network, disk) is away for now.
  kInternal,     ///< A promise inside this program was broken.
};

/// Where in which file; line and column count from 1, and 0 means "not known".
struct Location {
  std::string file;
  std::size_t line = 0;
  std::size_t column = 0;
};

struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;
  Location where = {};

  /// `file:line:column: message`, leaving out what is not known.
  [[nodiscard]] std::string to_string() const;
};

}  // namespace likes
