#include "server/http/routes.h"

#include <set>
#include <string>
#include <utility>

#include "tests/support/catch.h"

namespace likes::http {

TEST_CASE("paths are matched as they were sent") {
  struct Case {
    const char* name;
    Surface surface;
    const char* path;
    const char* route;  // "" for none
    const char* key;
  };
  const Case cases[] = {
      {"a key", Surface::kPublic, "/like/posts/hello", "/like/{key}", "posts/hello"},
      {"an encoded key", Surface::kPublic, "/like/a%2Fb", "/like/{key}", "a%2Fb"},
      {"a count", Surface::kPublic, "/likes/x", "/likes/{key}", "x"},
      {"all", Surface::kPublic, "/likes", "/likes", ""},
      {"no key", Surface::kPublic, "/like/", "", ""},
      {"no key of a count", Surface::kPublic, "/likes/", "", ""},
      {"no slash", Surface::kPublic, "/like", "", ""},
      {"another word", Surface::kPublic, "/likely/x", "", ""},
      {"case matters", Surface::kPublic, "/Like/x", "", ""},
      {"not the operator's", Surface::kPublic, "/metrics", "", ""},
      {"the operator's", Surface::kAdmin, "/metrics", "/metrics", ""},
      {"not the readers'", Surface::kAdmin, "/likes", "", ""},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const std::optional<PathMatch> match = match_path(c.surface, c.path);
      CHECK((match ? match->path : "") == c.route);
      CHECK((match ? match->key : "") == c.key);
    }
  }
}

TEST_CASE("no two rows of the table are for the same request") {
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const Route& route : routes()) {
    INFO(route.method << " " << route.path);
    CHECK(seen.emplace(route.method, route.path).second);
    CHECK_FALSE(route.statuses.empty());
    CHECK(find_route(route.surface, route.path, route.method) == &route);
  }
}

}  // namespace likes::http
