#include "server/app/settings.h"

#include <map>
#include <string>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace likes::app {
namespace {

using Variables = std::map<std::string, std::string>;

Result<Settings> read(const Variables& variables, bool dev = false) {
  return read_settings(
      [&variables](const std::string& name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
      },
      dev);
}

std::string printed(const Settings& settings, const std::string& name) {
  for (const auto& [variable, value] : settings.printable) {
    if (variable == name) {
      return value;
    }
  }
  return "not printed";
}

}  // namespace

TEST_CASE("what is not said has a default") {
  const Result<Settings> settings = read({{"POSTS_FILE", "posts.json"}, {"BIND_ADDRESS", ""}});
  REQUIRE(settings);
  CHECK(settings->database_url == "sqlite:likes.sqlite");
  CHECK(settings->bind_address.to_string() == "127.0.0.1:3000");
  CHECK(settings->admin_address->to_string() == "127.0.0.1:9090");
  CHECK(settings->allowed_origins.empty());
  CHECK(settings->like_window == std::chrono::hours{1});
  CHECK(settings->rate_limit.to_string() == "30/60s");
  CHECK_FALSE(settings->visitor_key);
  CHECK(settings->site.empty());
  CHECK(settings->log_level == telemetry::LogLevel::kInfo);
  CHECK(settings->log_format == telemetry::LogFormat::kText);
  CHECK(settings->printable.size() == setting_names().size());
  for (std::size_t i = 0; i < setting_names().size(); ++i) {
    CHECK(settings->printable[i].first == setting_names()[i].variable);
  }
}

TEST_CASE("development has defaults of its own, and what is said wins") {
  const testing::TempDir cache;
  ::setenv("XDG_CACHE_HOME", cache.path().c_str(), 1);
  const Result<Settings> dev = read({{"POSTS_FILE", "posts.json"}}, true);
  REQUIRE(dev);
  CHECK(dev->database_url == "sqlite:" + (cache.path() / "hugo-likes/dev.sqlite").string());
  CHECK(std::filesystem::is_directory(cache.path() / "hugo-likes"));
  CHECK(dev->like_window == std::chrono::seconds{0});
  CHECK(dev->rate_limit.requests == 0);
  CHECK_FALSE(dev->admin_address);
  CHECK(dev->dev);
  const Result<Settings> said = read({{"POSTS_FILE", "posts.json"},
                                      {"DATABASE_URL", "sqlite:mine.sqlite"},
                                      {"LIKE_WINDOW", "5m"},
                                      {"ADMIN_ADDRESS", "127.0.0.1:0"}},
                                     true);
  REQUIRE(said);
  CHECK(said->database_url == "sqlite:mine.sqlite");
  CHECK(said->like_window == std::chrono::minutes{5});
  CHECK(said->admin_address);
  ::unsetenv("XDG_CACHE_HOME");
}

TEST_CASE("a wrong setting is named, with the reason") {
  const testing::TempDir dir;
  const std::string key_file = dir.write("key", "too short").string();
  struct Case {
    const char* variable;
    std::string value;
    std::string message;
  };
  const Case cases[] = {
      {"BIND_ADDRESS", "3000",
       "BIND_ADDRESS: found '3000', wanted HOST:PORT, for example 127.0.0.1:3000"},
      {"ADMIN_ADDRESS", "on",
       "ADMIN_ADDRESS: found 'on', wanted HOST:PORT, for example 127.0.0.1:3000, or off"},
      {"POSTS_FILE", "",
       "POSTS_FILE: not set; wanted the posts.json that 'likes index' has written"},
      {"ALLOWED_ORIGINS", "https://example.org, example.org",
       "ALLOWED_ORIGINS: found 'example.org', wanted origins such as https://example.org"},
      {"ALLOWED_ORIGINS", "https://example.org/blog",
       "ALLOWED_ORIGINS: found 'https://example.org/blog', wanted origins such as "
       "https://example.org"},
      {"ALLOWED_ORIGINS", "*",
       "ALLOWED_ORIGINS: found '*', wanted origins such as https://example.org"},
      {"TRUSTED_PROXIES", "10.0.0.0/33",
       "TRUSTED_PROXIES: found '10.0.0.0/33', wanted a network such as 10.0.0.0/8 or an address"},
      {"LIKE_WINDOW", "0s",
       "LIKE_WINDOW: found '0s', wanted a time from 1s to 366d, for example 1h, or off"},
      {"LIKE_WINDOW", "367d",
       "LIKE_WINDOW: found '367d', wanted a time from 1s to 366d, for example 1h, or off"},
      {"LIKE_WINDOW", "hour",
       "LIKE_WINDOW: found 'hour', wanted a time from 1s to 366d, for example 1h, or off"},
      {"RATE_LIMIT", "30", "RATE_LIMIT: found '30', wanted REQUESTS/TIME such as 30/60s, or off"},
      {"VISITOR_KEY_FILE", key_file,
       "VISITOR_KEY_FILE: " + key_file + ": found 9 bytes, wanted 32, or 64 hex digits"},
      {"VISITOR_KEY_FILE", "/nowhere/key",
       "VISITOR_KEY_FILE: /nowhere/key: cannot read: No such file or directory"},
      {"SITE_DIR", "/nowhere", "SITE_DIR: found no folder '/nowhere'"},
      {"SITE_DIR", key_file, "SITE_DIR: found no folder '" + key_file + "'"},
      {"LOG_LEVEL", "loud", "LOG_LEVEL: found 'loud', wanted debug, info, warning, error or off"},
      {"LOG_FORMAT", "xml", "LOG_FORMAT: found 'xml', wanted text or json"},
  };
  for (const Case& c : cases) {
    INFO(c.variable << "=" << c.value);
    Variables variables{{"POSTS_FILE", "posts.json"}};
    variables[c.variable] = c.value;
    const Result<Settings> settings = read(variables);
    REQUIRE_FALSE(settings);
    CHECK(settings.error().to_string() == c.message);
  }
}

TEST_CASE("the limits of settings are inside them") {
  for (const char* window : {"1s", "366d"}) {
    CHECK(read({{"POSTS_FILE", "p"}, {"LIKE_WINDOW", window}}));
  }
}

TEST_CASE("origins are written as browsers send them") {
  const Result<Settings> settings =
      read({{"POSTS_FILE", "p"},
            {"ALLOWED_ORIGINS", "https://Example.org:443/ ,http://localhost:1313"}});
  REQUIRE(settings);
  CHECK(settings->allowed_origins ==
        std::vector<std::string>{"https://example.org", "http://localhost:1313"});
}

TEST_CASE("secrets are not printed") {
  const testing::TempDir dir;
  const std::string key_file = dir.write("key", std::string(32, 'k')).string();
  const Result<Settings> settings =
      read({{"POSTS_FILE", "p"},
            {"DATABASE_URL", "postgresql://likes:hunter2@db.example.org/likes"},
            {"VISITOR_KEY_FILE", key_file}});
  REQUIRE(settings);
  CHECK(settings->visitor_key);
  CHECK(settings->database_url == "postgresql://likes:hunter2@db.example.org/likes");
  CHECK(printed(*settings, "DATABASE_URL").find("hunter2") == std::string::npos);
  CHECK(printed(*settings, "DATABASE_URL").find("db.example.org") != std::string::npos);
  CHECK(printed(*settings, "VISITOR_KEY_FILE") == key_file);
}

}  // namespace likes::app
