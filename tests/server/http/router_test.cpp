#include "server/http/router.h"

#include <functional>
#include <set>
#include <string>
#include <thread>

#include "server/likes/limits.h"
#include "tests/server/http/running_api.h"
#include "tests/support/captured_output.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace likes::http {

using testing::RunningApi;

namespace {

/// What the log prints meanwhile. Nothing can be checked in `work`: what fails is printed, too.
std::string logged_by(telemetry::LogLevel level, const std::function<void()>& work) {
  const testing::CapturedOutput captured;
  telemetry::set_up_log(level, telemetry::LogFormat::kText);
  work();
  telemetry::set_up_log(telemetry::LogLevel::kOff, telemetry::LogFormat::kText);
  return captured.err();
}

}  // namespace

TEST_CASE("every answer carries an id, the client's where it is harmless") {
  struct Case {
    const char* name;
    std::string sent;
    bool kept;
  };
  const Case cases[] = {
      {"none", "", false},
      {"harmless", "Abc-12_3", true},
      {"an address", "192.0.2.1", false},
      {"another address", "2001:db8::1", false},
      {"as long as may be", std::string(64, 'a'), true},
      {"too long", std::string(65, 'a'), false},
      {"a space", "a b", false},
      {"a line break", "a\r\nSet-Cookie: x=1", false},
      {"not ASCII", "ä", false},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      RunningApi running;
      const Response response = running.ask("GET", "/nothing", {{"X-Request-Id", c.sent}});
      const std::string id(response.header("X-Request-Id"));
      if (c.kept) {
        CHECK(id == c.sent);
      } else {
        CHECK(id.size() == 32);
        CHECK(id.find_first_not_of("0123456789abcdef") == std::string::npos);
        CHECK(id != running.ask("GET", "/nothing").header("X-Request-Id"));
      }
    }
  }
}

TEST_CASE("no two requests have the same id") {
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) {
    ids.insert(request_id({}));
  }
  CHECK(ids.size() == 1000);
}

TEST_CASE("a method that a path has not is 405 and names those it has") {
  struct Case {
    const char* method;
    const char* target;
    const char* allow;
  };
  const Case cases[] = {
      {"GET", "/like/hello", "POST, PUT, DELETE, OPTIONS"},
      {"PATCH", "/like/hello", "POST, PUT, DELETE, OPTIONS"},
      {"POST", "/likes/hello", "GET, HEAD, OPTIONS"},
      {"POST", "/likes", "GET, HEAD, OPTIONS"},
      {"DELETE", "/health", "GET, HEAD, OPTIONS"},
      {"PUT", "/openapi.json", "GET, HEAD, OPTIONS"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.method << " " << c.target) {
      RunningApi running;
      const Response response = running.ask(c.method, c.target);
      CHECK(response.status == 405);
      CHECK(response.header("Allow") == c.allow);
      CHECK(response.body == std::string(R"({"success":false,"message":"Found )") + c.method +
                                 ", wanted one of " + c.allow + "\"}");
    }
  }
}

TEST_CASE("HEAD is answered as GET is") {
  RunningApi running;
  for (const char* target : {"/likes", "/likes/hello", "/health", "/ready", "/openapi.json"}) {
    DYNAMIC_SECTION(target) {
      CHECK(running.ask("HEAD", target).status == 200);
    }
  }
}

TEST_CASE("only this site's pages may change something from a browser") {
  struct Case {
    const char* name;
    std::vector<Header> headers;
    bool any_localhost;
    int status;
  };
  const Case cases[] = {
      {"a program", {}, false, 200},
      {"the site's page", {{"Origin", "https://example.org"}}, false, 200},
      {"the site's page, asked as another site",
       {{"Origin", "https://example.org"}, {"Sec-Fetch-Site", "cross-site"}},
       false,
       200},
      {"another site's page", {{"Origin", "https://evil.example"}}, false, 403},
      {"the same host without TLS", {{"Origin", "http://example.org"}}, false, 403},
      {"the same host, another port", {{"Origin", "https://example.org:8443"}}, false, 403},
      {"a host that only begins alike",
       {{"Origin", "https://example.org.evil.example"}},
       false,
       403},
      {"a page without an origin", {{"Origin", "null"}}, false, 403},
      {"another site, no origin sent", {{"Sec-Fetch-Site", "cross-site"}}, false, 403},
      {"the same site, no origin sent", {{"Sec-Fetch-Site", "same-origin"}}, false, 200},
      {"typed by the reader", {{"Sec-Fetch-Site", "none"}}, false, 200},
      {"this machine", {{"Origin", "http://localhost:1313"}}, false, 403},
      {"this machine in development", {{"Origin", "http://localhost:1313"}}, true, 200},
      {"this machine by number", {{"Origin", "http://127.0.0.1:1313"}}, true, 200},
      {"this machine by IPv6", {{"Origin", "http://[::1]:1313"}}, true, 200},
      {"not quite this machine", {{"Origin", "http://localhost.evil.example"}}, true, 403},
      {"null in development", {{"Origin", "null"}}, true, 403},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      RunningApi running;
      running.router.set_origins({{"https://example.org"}, c.any_localhost});
      for (const char* method : {"POST", "PUT", "DELETE"}) {
        // A visitor for each method, so that no like is the second one.
        const Response response =
            running.ask(method, "/like/hello", c.headers,
                        std::string(method) == "PUT" ? "192.0.2.2" : "192.0.2.1");
        CHECK(response.status == c.status);
        CHECK(response.header("Vary") == "Origin");
        if (c.status == 403) {
          CHECK(response.body ==
                R"({"success":false,"message":"Likes are taken from this site's own pages only"})");
          CHECK(response.header("Access-Control-Allow-Origin").empty());
        }
      }
      CHECK(running.ask("GET", "/likes/hello", c.headers).status == 200);
    }
  }
}

TEST_CASE("CORS names the origin that may read, and no other") {
  RunningApi running;
  const Response own = running.ask("GET", "/likes/hello", {{"origin", "https://example.org"}});
  CHECK(own.header("Access-Control-Allow-Origin") == "https://example.org");
  CHECK(own.header("Access-Control-Expose-Headers") ==
        "ETag, Likes-Stale, Retry-After, X-Request-Id");
  CHECK(own.header("Access-Control-Allow-Credentials").empty());
  const Response foreign = running.ask("GET", "/likes/hello", {{"Origin", "https://evil.example"}});
  CHECK(foreign.status == 200);
  CHECK(foreign.header("Access-Control-Allow-Origin").empty());
  CHECK(foreign.header("Vary") == "Origin");
  CHECK(running.ask("GET", "/likes/nothing", {{"Origin", "https://example.org"}})
            .header("Access-Control-Allow-Origin") == "https://example.org");
}

TEST_CASE("OPTIONS says what may be asked") {
  RunningApi running;
  const Response preflight =
      running.ask("OPTIONS", "/like/hello",
                  {{"Origin", "https://example.org"}, {"Access-Control-Request-Method", "POST"}});
  CHECK(preflight.status == 204);
  CHECK(preflight.body.empty());
  CHECK(preflight.header("Allow") == "POST, PUT, DELETE, OPTIONS");
  CHECK(preflight.header("Access-Control-Allow-Methods") == "POST, PUT, DELETE, OPTIONS");
  CHECK(preflight.header("Access-Control-Allow-Headers") ==
        "Content-Type, Likes-Undo, X-Request-Id");
  CHECK(preflight.header("Access-Control-Max-Age") == "86400");

  const Response foreign =
      running.ask("OPTIONS", "/like/hello",
                  {{"Origin", "https://evil.example"}, {"Access-Control-Request-Method", "POST"}});
  CHECK(foreign.status == 204);
  CHECK(foreign.header("Allow") == "POST, PUT, DELETE, OPTIONS");
  CHECK(foreign.header("Access-Control-Allow-Methods").empty());
  CHECK(foreign.header("Access-Control-Allow-Origin").empty());

  CHECK(running.ask("OPTIONS", "/likes").header("Allow") == "GET, HEAD, OPTIONS");
  CHECK(running.ask("OPTIONS", "*").status == 204);
}

TEST_CASE("a body is not needed and may not be large") {
  RunningApi running;
  struct Case {
    const char* name;
    std::optional<std::uint64_t> bytes;
    int status;
    const char* message;
  };
  const Case cases[] = {
      {"the most", domain::kMaxBodyBytes, 200, "Like recorded successfully"},
      {"one more", domain::kMaxBodyBytes + 1, 413,
       "Found a body of 4097 bytes, wanted at most 4096"},
      {"of unknown length", std::nullopt, 411, "A body needs a Content-Length"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      Request request{
          "POST", "/like/hello", {{"Origin", "https://example.org"}}, "192.0.2.1", c.bytes};
      const Response response = running.ask(request);
      CHECK(response.status == c.status);
      CHECK(response.body.find(c.message) != std::string::npos);
      CHECK(response.header("Access-Control-Allow-Origin") == "https://example.org");
    }
  }
}

TEST_CASE("what is no request is refused in JSON") {
  RunningApi running;
  struct Case {
    int status;
    const char* message;
  };
  for (const Case& c :
       {Case{400, "The request is not understood"}, Case{408, "The request did not come in time"},
        Case{414, "The address is too long"}, Case{431, "The headers are too large"},
        Case{500, "The server failed; see its log"}, Case{503, "The server has too much to do"}}) {
    const Response response = running.router.handlers().refuse(c.status);
    CHECK(response.status == c.status);
    CHECK(response.body == std::string(R"({"success":false,"message":")") + c.message + "\"}");
    CHECK(response.header("X-Request-Id").size() == 32);
  }
}

TEST_CASE("what went wrong is logged with the id of the answer") {
  using telemetry::LogLevel;
  struct Case {
    const char* name;
    bool is_broken;
    const char* method;
    const char* target;
    int status;
    LogLevel level;  ///< The highest at which it is logged.
    const char* line;
  };
  const Case cases[] = {
      {"a like, away", false, "POST", "/like/hello", 503, LogLevel::kDebug,
       " debug database secret-host is away, request mine\n"},
      {"taking back, away", false, "DELETE", "/like/hello", 503, LogLevel::kDebug,
       " debug database secret-host is away, request mine\n"},
      {"a like, broken", true, "POST", "/like/hello", 500, LogLevel::kError,
       " error database secret-host is away, request mine\n"},
      {"readiness, away", false, "GET", "/ready", 503, LogLevel::kDebug,
       " debug not ready: database secret-host is away, request mine\n"},
      {"readiness, broken", true, "GET", "/ready", 503, LogLevel::kWarning,
       " warning not ready: database secret-host is away, request mine\n"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      RunningApi running;
      if (c.is_broken) {
        running.store.set_broken();
      } else {
        running.store.set_away(true);
      }
      while (!running.service.is_stale()) {
        std::this_thread::yield();
      }
      for (const LogLevel level : {LogLevel::kDebug, LogLevel::kInfo, LogLevel::kError}) {
        Response response;
        const std::string log = logged_by(level, [&] {
          response = running.ask(c.method, c.target, {{"X-Request-Id", "mine"}});
        });
        CHECK(response.status == c.status);
        INFO(log);
        const bool is_there = log.find(c.line) != std::string::npos;
        CHECK(is_there == (level <= c.level));
      }
    }
  }
}

TEST_CASE("what is no request has a line in the log as requests have") {
  RunningApi running;
  Response response;
  const std::string log = logged_by(telemetry::LogLevel::kDebug,
                                    [&] { response = running.router.handlers().refuse(431); });
  CHECK(log.ends_with("debug none none 431 in 0.0 ms, request " +
                      std::string(response.header("X-Request-Id")) + "\n"));
}

TEST_CASE("paths that are no route are the site's, where there is one") {
  const testing::TempDir dir;
  dir.write("index.html", "home");
  dir.write("likes", "hidden by the route");
  RunningApi running({}, StaticSite(dir.path()));
  CHECK(running.ask("GET", "/").body == "home");
  CHECK(running.ask("GET", "/nothing").status == 404);
  CHECK(running.ask("POST", "/").status == 405);
  CHECK(running.ask("GET", "/likes").header("Content-Type") == "application/json");
  CHECK(running.ask("GET", "/").header("X-Request-Id").size() == 32);
}

}  // namespace likes::http
