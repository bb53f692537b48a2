#pragma once

#include <string>
#include <string_view>

#include "tools/support/result.h"

namespace likes::telemetry {

enum class LogLevel { kDebug, kInfo, kWarning, kError, kOff };
enum class LogFormat { kText, kJson };

/// `debug`, `info`, `warning`, `error` or `off`.
[[nodiscard]] Result<LogLevel> parse_log_level(std::string_view text);
/// `text` or `json`.
[[nodiscard]] Result<LogFormat> parse_log_format(std::string_view text);
[[nodiscard]] std::string_view to_string(LogLevel level);
[[nodiscard]] std::string_view to_string(LogFormat format);

/// The program's one log, on stderr: one line an event, in JSON one object a line. Addresses of
/// readers never go here.
void set_up_log(LogLevel level, LogFormat format);

void log_info(std::string_view message);
void log_warning(std::string_view message);
void log_error(std::string_view message);
/// A message about the answer to the request with this id.
void log_about_request(LogLevel level, std::string_view message, std::string_view id);

struct RequestLine {
  std::string_view method;
  std::string_view route;
  int status = 0;
  double seconds = 0;
  std::string_view id;
  std::string_view trace = {};  ///< "" where the request is not traced.
};
/// One request that was answered, at level debug; in JSON each of these is a member of its own.
void log_request(const RequestLine& line);

/// `text` as it stands between the quotes of a JSON string.
[[nodiscard]] std::string escape_json(std::string_view text);

}  // namespace likes::telemetry
