#include "server/app/settings.h"

#include <algorithm>
#include <array>
#include <system_error>

#include "server/http/visitor_hash.h"
#include "server/likes/limits.h"
#include "server/store/open_store.h"
#include "server/telemetry/traces.h"
#include "tools/support/ascii.h"
#include "tools/support/duration.h"
#include "tools/support/file_io.h"
#include "tools/support/url.h"

namespace likes::app {
namespace {

constexpr std::size_t kMaxKeyFileBytes = 1024;

tl::unexpected<Error> wrong(const char* variable, const Error& error) {
  return fail(error.code, std::string(variable) + ": " + error.to_string());
}

/// Reads one variable after the other and remembers what was in force.
class Reader {
 public:
  Reader(const SettingText& text, Settings& settings) : text_(text), settings_(settings) {}

  /// What was said, or `fallback`; a variable that is set to nothing counts as not set.
  std::string take(const char* variable, const std::string& fallback) {
    const std::optional<std::string> said = text_(variable);
    std::string value = said && !said->empty() ? *said : fallback;
    settings_.printable.emplace_back(variable, value);
    return value;
  }

  /// Takes a variable and puts what `parse` makes of it into `into`.
  template <class T, class Parse>
  Result<void> read(const char* variable, const std::string& fallback, Parse parse, T& into) {
    auto parsed = parse(take(variable, fallback));
    if (!parsed) {
      return wrong(variable, parsed.error());
    }
    into = std::move(*parsed);
    return {};
  }

 private:
  const SettingText& text_;
  Settings& settings_;
};

Result<std::string> dev_database_url() {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  std::filesystem::path folder;
  if (cache != nullptr && *cache != '\0') {
    folder = cache;
  } else if (home != nullptr && *home != '\0') {
    folder = std::filesystem::path(home) / ".cache";
  } else {
    return fail(ErrorCode::kInvalid,
                "DATABASE_URL: --dev found neither XDG_CACHE_HOME nor HOME for its database; set "
                "DATABASE_URL=sqlite:PATH");
  }
  folder /= "hugo-likes";
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed) {
    return fail(ErrorCode::kUnavailable, "DATABASE_URL: cannot make the folder " + folder.string() +
                                             ": " + failed.message());
  }
  return "sqlite:" + (folder / "dev.sqlite").string();
}

Result<std::optional<http::ListenAddress>> parse_admin_address(const std::string& text) {
  if (text == "off") {
    return std::optional<http::ListenAddress>();
  }
  const Result<http::ListenAddress> address = http::parse_listen_address(text);
  if (!address) {
    return tl::unexpected<Error>(Error{address.error().code, address.error().message + ", or off"});
  }
  return std::optional(*address);
}

/// `https://example.org, https://www.example.org`; a path after the host is no origin.
Result<std::vector<std::string>> parse_origins(const std::string& text) {
  std::vector<std::string> origins;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t comma = std::min(text.find(',', begin), text.size());
    std::string item = text.substr(begin, comma - begin);
    item.erase(0, std::min(item.find_first_not_of(' '), item.size()));
    item.erase(item.find_last_not_of(' ') + 1);
    begin = comma + 1;
    std::transform(item.begin(), item.end(), item.begin(), lower_ascii<char>);
    const Result<Url> url = parse_url(item);
    if (!url || (url->path != "/" || item.find_first_of("?#") != std::string::npos)) {
      return fail(ErrorCode::kInvalid,
                  "found '" + item + "', wanted origins such as https://example.org");
    }
    origins.push_back(url->origin());
  }
  return origins;
}

Result<std::chrono::seconds> parse_window(const std::string& text) {
  if (text == "off") {
    return std::chrono::seconds{0};
  }
  const std::optional<std::int64_t> seconds = parse_duration(text);
  if (!seconds || *seconds < domain::kMinWindow.count() || *seconds > domain::kMaxWindow.count()) {
    return fail(ErrorCode::kInvalid, "found '" + text + "', wanted a time from 1s to " +
                                         duration_to_string(domain::kMaxWindow.count()) +
                                         ", for example 1h, or off");
  }
  return std::chrono::seconds(*seconds);
}

Result<std::optional<domain::VisitorKey>> read_visitor_key(const std::string& path) {
  if (path.empty()) {
    return std::optional<domain::VisitorKey>();
  }
  const Result<std::string> bytes = read_file(path, kMaxKeyFileBytes);
  if (!bytes) {
    return tl::unexpected<Error>(bytes.error());
  }
  Result<domain::VisitorKey> key = http::parse_visitor_key(*bytes);
  if (!key) {
    return fail(key.error().code, key.error().message, {path});
  }
  return std::optional(*key);
}

Result<std::filesystem::path> parse_site(const std::string& text) {
  std::error_code failed;
  if (!text.empty() && !std::filesystem::is_directory(text, failed)) {
    return fail(ErrorCode::kInvalid, "found no folder '" + text + "'");
  }
  return std::filesystem::path(text);
}

Result<std::filesystem::path> parse_posts_file(const std::string& text) {
  if (text.empty()) {
    return fail(ErrorCode::kInvalid,
                "not set; wanted the posts.json that 'likes index' has written");
  }
  return std::filesystem::path(text);
}

}  // namespace

const std::vector<SettingName>& setting_names() {
  static const std::vector<SettingName> kNames{
      {"DATABASE_URL", "--database-url"},
      {"BIND_ADDRESS", "--bind-address"},
      {"ADMIN_ADDRESS", "--admin-address"},
      {"POSTS_FILE", "--posts-file"},
      {"ALLOWED_ORIGINS", "--allowed-origins"},
      {"TRUSTED_PROXIES", "--trusted-proxies"},
      {"LIKE_WINDOW", "--like-window"},
      {"RATE_LIMIT", "--rate-limit"},
      {"RATE_CEILING", "--rate-ceiling"},
      {"VISITOR_KEY_FILE", "--visitor-key-file"},
      {"SITE_DIR", "--site"},
      {"LOG_LEVEL", "--log-level"},
      {"LOG_FORMAT", "--log-format"},
  };
  return kNames;
}

Result<std::string> read_database_url(const SettingText& text, bool dev) {
  const std::optional<std::string> said = text("DATABASE_URL");
  if (said && !said->empty()) {
    return *said;
  }
  return dev ? dev_database_url() : Result<std::string>("sqlite:likes.sqlite");
}

Result<Settings> read_settings(const SettingText& text, bool dev) {
  Settings settings;
  settings.dev = dev;
  Result<std::string> database_url = read_database_url(text, dev);
  if (!database_url) {
    return tl::unexpected<Error>(database_url.error());
  }
  settings.database_url = std::move(*database_url);
  settings.printable.emplace_back("DATABASE_URL", store::redact_url(settings.database_url));

  Reader reader(text, settings);
  using Step = std::function<Result<void>()>;
  const std::vector<Step> steps{
      [&] {
        return reader.read("BIND_ADDRESS", "127.0.0.1:3000", http::parse_listen_address,
                           settings.bind_address);
      },
      [&] {
        return reader.read("ADMIN_ADDRESS", dev ? "off" : "127.0.0.1:9090", parse_admin_address,
                           settings.admin_address);
      },
      [&] { return reader.read("POSTS_FILE", "", parse_posts_file, settings.posts_file); },
      [&] { return reader.read("ALLOWED_ORIGINS", "", parse_origins, settings.allowed_origins); },
      [&] {
        return reader.read("TRUSTED_PROXIES", "", http::TrustedProxies::parse,
                           settings.trusted_proxies);
      },
      [&] {
        return reader.read("LIKE_WINDOW", dev ? "off" : "1h", parse_window, settings.like_window);
      },
      [&] {
        return reader.read("RATE_LIMIT", dev ? "off" : "30/60s", http::parse_rate,
                           settings.rate_limit);
      },
      [&] {
        return reader.read("RATE_CEILING", "100000/1s", http::parse_rate, settings.rate_ceiling);
      },
      [&] { return reader.read("VISITOR_KEY_FILE", "", read_visitor_key, settings.visitor_key); },
      [&] { return reader.read("SITE_DIR", "", parse_site, settings.site); },
      [&] {
        return reader.read("LOG_LEVEL", "info", telemetry::parse_log_level, settings.log_level);
      },
      [&] {
        return reader.read("LOG_FORMAT", "text", telemetry::parse_log_format, settings.log_format);
      },
  };
  for (const Step& step : steps) {
    if (const Result<void> read = step(); !read) {
      return tl::unexpected<Error>(read.error());
    }
  }
  if (telemetry::can_trace()) {
    Result<std::optional<telemetry::TraceSettings>> traces = telemetry::read_trace_settings(text);
    if (!traces) {
      return tl::unexpected<Error>(traces.error());
    }
    settings.traces = std::move(*traces);
    if (settings.traces) {
      settings.printable.emplace_back(settings.traces->variable, settings.traces->url);
    }
  }
  return settings;
}

}  // namespace likes::app
