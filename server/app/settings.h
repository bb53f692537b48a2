#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/http/client_address.h"
#include "server/http/listener.h"
#include "server/http/rate_limit.h"
#include "server/likes/visitor.h"
#include "server/telemetry/log.h"
#include "server/telemetry/trace_settings.h"
#include "tools/support/result.h"

namespace likes::app {

/// One setting as the operator knows it: an environment variable, and a flag that wins over it.
struct SettingName {
  const char* variable;
  const char* flag;
};

/// In the order in which they are documented and printed.
[[nodiscard]] const std::vector<SettingName>& setting_names();

struct Settings {
  std::string database_url;
  http::ListenAddress bind_address;
  std::optional<http::ListenAddress> admin_address;  ///< Nothing for `off`.
  std::filesystem::path posts_file;
  std::vector<std::string> allowed_origins;  ///< Empty: the origins of the posts.
  http::TrustedProxies trusted_proxies;
  std::chrono::seconds like_window{};  ///< 0 for `off`.
  http::Rate rate_limit;
  http::Rate rate_ceiling;
  std::optional<domain::VisitorKey> visitor_key;
  std::filesystem::path site;  ///< Empty: serves no pages.
  telemetry::LogLevel log_level = telemetry::LogLevel::kInfo;
  telemetry::LogFormat log_format = telemetry::LogFormat::kText;
  std::optional<telemetry::TraceSettings> traces;  ///< Nothing where none are wanted or can be.
  bool dev = false;

  /// Every setting's text as it is in force, secrets hidden, for the log.
  std::vector<std::pair<std::string, std::string>> printable;
};

/// The text that a variable was given, by flag or environment; nothing where it was not.
using SettingText = std::function<std::optional<std::string>(const std::string& variable)>;

/// Reads and checks all of them; the message names the variable and the reason. `dev` is the
/// flag --dev, which only changes what holds where nothing was said.
[[nodiscard]] Result<Settings> read_settings(const SettingText& text, bool dev);

/// DATABASE_URL alone, for the commands that need no more.
[[nodiscard]] Result<std::string> read_database_url(const SettingText& text, bool dev);

}  // namespace likes::app
