#include "server/telemetry/log.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "tests/support/captured_output.h"
#include "tests/support/catch.h"

namespace likes::telemetry {
namespace {

/// The text with TIME for each `2026-11-20T08:30:00.123Z`, which are real times.
std::string without_times(std::string text) {
  const std::string form = "0000-00-00T00:00:00.000Z";
  const auto fits = [](char c, char wanted) {
    return wanted == '0' ? std::isdigit(static_cast<unsigned char>(c)) != 0 : c == wanted;
  };
  while (true) {
    const auto found = std::search(text.begin(), text.end(), form.begin(), form.end(), fits);
    if (found == text.end()) {
      return text;
    }
    text.replace(found, found + static_cast<std::ptrdiff_t>(form.size()), "TIME");
  }
}

/// What the log prints for a message, one about a request, and two requests.
std::string logged(LogLevel level, LogFormat format) {
  const testing::CapturedOutput captured;
  set_up_log(level, format);
  log_info("found \"x\" and \\ and\ttab");
  log_info("forged\n2026 error \x1b[31mred");
  log_about_request(LogLevel::kError, "{} failed", "abc");
  log_request({"GET", "/likes/{key}", 200, 0.0015, "abc"});
  log_request({"PUT", "none", 404, 0.01, "def", "0af7"});
  set_up_log(LogLevel::kOff, LogFormat::kText);
  CHECK(captured.out().empty());
  return without_times(captured.err());
}

}  // namespace

TEST_CASE("log lines") {
  CHECK(logged(LogLevel::kOff, LogFormat::kText).empty());
  CHECK(logged(LogLevel::kError, LogFormat::kText) == "TIME error {} failed, request abc\n");
  CHECK(logged(LogLevel::kDebug, LogFormat::kText) ==
        "TIME info found \"x\" and \\ and tab\n"
        "TIME info forged 2026 error  [31mred\n"
        "TIME error {} failed, request abc\n"
        "TIME debug GET /likes/{key} 200 in 1.5 ms, request abc\n"
        "TIME debug PUT none 404 in 10.0 ms, request def, trace 0af7\n");
  CHECK(logged(LogLevel::kDebug, LogFormat::kJson) ==
        R"({"time":"TIME","level":"info","message":"found \"x\" and \\ and\u0009tab"})"
        "\n"
        R"({"time":"TIME","level":"info","message":"forged\u000a2026 error \u001b[31mred"})"
        "\n"
        R"({"time":"TIME","level":"error","message":"{} failed","request":"abc"})"
        "\n"
        R"({"time":"TIME","level":"debug","message":"answered","method":"GET",)"
        R"("route":"/likes/{key}","status":200,"milliseconds":1.5,"request":"abc"})"
        "\n"
        R"({"time":"TIME","level":"debug","message":"answered","method":"PUT","route":"none",)"
        R"("status":404,"milliseconds":10.0,"request":"def","trace":"0af7"})"
        "\n");
}

TEST_CASE("log settings are checked") {
  CHECK(*parse_log_level("warning") == LogLevel::kWarning);
  CHECK(parse_log_level("loud").error().message ==
        "found 'loud', wanted debug, info, warning, error or off");
  CHECK(*parse_log_format("json") == LogFormat::kJson);
  CHECK(parse_log_format("xml").error().message == "found 'xml', wanted text or json");
  for (const LogLevel level :
       {LogLevel::kDebug, LogLevel::kInfo, LogLevel::kWarning, LogLevel::kError, LogLevel::kOff}) {
    CHECK(*parse_log_level(to_string(level)) == level);
  }
}

}  // namespace likes::telemetry
