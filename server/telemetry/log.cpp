#include "server/telemetry/log.h"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <utility>

namespace likes::telemetry {
namespace {

constexpr std::array kLevels{
    std::pair{std::string_view("debug"), LogLevel::kDebug},
    std::pair{std::string_view("info"), LogLevel::kInfo},
    std::pair{std::string_view("warning"), LogLevel::kWarning},
    std::pair{std::string_view("error"), LogLevel::kError},
    std::pair{std::string_view("off"), LogLevel::kOff},
};

std::atomic<LogFormat> format_in_force = LogFormat::kText;

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return spdlog::level::debug;
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kWarning:
      return spdlog::level::warn;
    case LogLevel::kError:
      return spdlog::level::err;
    case LogLevel::kOff:
      return spdlog::level::off;
  }
  return spdlog::level::info;
}

spdlog::string_view_t view(std::string_view text) {
  return {text.data(), text.size()};
}

/// Without control characters: a client may have sent them, to forge a line or to drive a terminal.
std::string in_one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  return text;
}

std::string member(std::string_view name, std::string_view text) {
  return std::string(",\"").append(name).append("\":\"").append(escape_json(text)).append("\"");
}

void write(spdlog::level::level_enum level, std::string_view message,
           std::string_view request_id = {}) {
  spdlog::logger& log = *spdlog::default_logger_raw();
  if (!log.should_log(level)) {
    return;
  }
  if (format_in_force == LogFormat::kJson) {
    log.log(level, "{}{}", member("message", message),
            request_id.empty() ? "" : member("request", request_id));
  } else {
    log.log(level, "{}{}{}", in_one_line(std::string(message)),
            request_id.empty() ? "" : ", request ", view(request_id));
  }
}

}  // namespace

Result<LogLevel> parse_log_level(std::string_view text) {
  for (const auto& [name, level] : kLevels) {
    if (text == name) {
      return level;
    }
  }
  return fail(ErrorCode::kInvalid,
              "found '" + std::string(text) + "', wanted debug, info, warning, error or off");
}

Result<LogFormat> parse_log_format(std::string_view text) {
  if (text == "text") {
    return LogFormat::kText;
  }
  if (text == "json") {
    return LogFormat::kJson;
  }
  return fail(ErrorCode::kInvalid, "found '" + std::string(text) + "', wanted text or json");
}

std::string_view to_string(LogLevel level) {
  for (const auto& [name, known] : kLevels) {
    if (known == level) {
      return name;
    }
  }
  return "info";
}

std::string_view to_string(LogFormat format) {
  return format == LogFormat::kJson ? "json" : "text";
}

void set_up_log(LogLevel level, LogFormat format) {
  auto formatter = std::make_unique<spdlog::pattern_formatter>(spdlog::pattern_time_type::utc);
  if (format == LogFormat::kJson) {
    // What is logged comes as members already: a formatter knows only the text of a line.
    formatter->set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l"%v})");
  } else {
    formatter->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v");
  }
  auto logger = std::make_shared<spdlog::logger>("likes-server",
                                                 std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_formatter(std::move(formatter));
  logger->set_level(spdlog_level(level));
  logger->flush_on(spdlog::level::debug);
  spdlog::set_default_logger(std::move(logger));
  format_in_force = format;
}

void log_info(std::string_view message) {
  write(spdlog::level::info, message);
}

void log_warning(std::string_view message) {
  write(spdlog::level::warn, message);
}

void log_error(std::string_view message) {
  write(spdlog::level::err, message);
}

void log_about_request(LogLevel level, std::string_view message, std::string_view id) {
  write(spdlog_level(level), message, id);
}

void log_request(const RequestLine& line) {
  spdlog::logger& log = *spdlog::default_logger_raw();
  if (!log.should_log(spdlog::level::debug)) {
    return;
  }
  if (format_in_force == LogFormat::kJson) {
    log.debug(R"(,"message":"answered"{}{},"status":{},"milliseconds":{:.1f}{}{})",
              member("method", line.method), member("route", line.route), line.status,
              line.seconds * 1000, member("request", line.id),
              line.trace.empty() ? "" : member("trace", line.trace));
  } else {
    log.debug("{} {} {} in {:.1f} ms, request {}{}{}", view(line.method), view(line.route),
              line.status, line.seconds * 1000, view(line.id), line.trace.empty() ? "" : ", trace ",
              view(line.trace));
  }
}

std::string escape_json(std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      escaped += '\\';
      escaped += c;
    } else if (byte < 0x20) {
      escaped += "\\u00";
      escaped += kHex[byte >> 4];
      escaped += kHex[byte & 15];
    } else {
      escaped += c;
    }
  }
  return escaped;
}

}  // namespace likes::telemetry
