#include "server/http/origins.h"

#include <utility>

#include "tests/support/catch.h"

namespace likes::http {

TEST_CASE("which origins are allowed") {
  struct Case {
    const char* origin;
    bool any_localhost;
    bool allowed;
  };
  const Case cases[] = {
      {"https://example.org", false, true},
      {"https://example.org/", false, false},
      {"http://example.org", false, false},
      {"https://www.example.org", false, false},
      {"http://localhost:1313", false, false},
      {"http://localhost:1313", true, true},
      {"https://localhost", true, true},
      {"http://127.0.0.1:3000", true, true},
      {"http://[::1]:3000", true, true},
      {"http://127.0.0.2:3000", true, false},
      {"http://localhost.example", true, false},
      {"http://user@localhost", true, false},
      {"file://localhost", true, false},
      {"null", true, false},
      {"", true, false},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION("'" << c.origin << "' " << c.any_localhost) {
      const Origins origins{{"https://example.org"}, c.any_localhost};
      CHECK(origins.allow(c.origin) == c.allowed);
    }
  }
}

TEST_CASE("pages of the request's own host may change something where the server has pages") {
  struct Case {
    const char* name;
    const char* origin;
    const char* host;
    bool same_host;
    bool allowed;
  };
  const Case cases[] = {
      {"another name for this server", "http://192.0.2.7:3000", "192.0.2.7:3000", true, true},
      {"through a proxy that ends TLS", "https://blog.example.net", "Blog.example.net", true, true},
      {"another port", "http://localhost:8000", "localhost:3000", true, false},
      {"another site", "https://evil.example", "blog.example.net", true, false},
      {"no host at all", "https://", "", true, false},
      {"an opaque origin", "null", "null", true, false},
      {"no pages here", "http://192.0.2.7:3000", "192.0.2.7:3000", false, false},
      {"the allowed origin, wherever", "https://example.org", "api.example.net", false, true},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      Request request;
      request.headers = {{"Origin", c.origin}, {"Host", c.host}};
      const Origins origins{{"https://example.org"}, false, c.same_host};
      CHECK(may_change(request, origins) == c.allowed);
    }
  }
}

TEST_CASE("a page that asks not to be named may send its own forms, and no other's") {
  for (const auto& [site, allowed] : {std::pair("same-origin", true), std::pair("same-site", false),
                                      std::pair("cross-site", false), std::pair("none", false)}) {
    CAPTURE(site);
    Request request;
    request.headers = {{"Origin", "null"}, {"Sec-Fetch-Site", site}, {"Host", "example.org"}};
    CHECK(may_change(request, {{"https://example.org"}, false, false}) == allowed);
  }
}

}  // namespace likes::http
