#include "server/likes/page_names.h"

#include <string>
#include <vector>

#include "tests/support/catch.h"

namespace likes::domain {

TEST_CASE("a page is found by address, key, former key and slug") {
  const PageNames names(std::vector<Post>{
      {"posts/hello", "https://example.org/blog/2026/hello/", {"old/hello"}},
      {"posts/grüße", "https://example.org/blog/gr%C3%BC%C3%9Fe/", {}},
      {"posts/twin", "", {}},
      {"notes/twin", "", {}},
  });
  struct Case {
    const char* page;
    const char* key;
  };
  const Case cases[] = {
      {"https://example.org/blog/2026/hello/", "posts/hello"},
      {"http://www.example.org/blog/2026/hello?utm=1#top", "posts/hello"},
      {"/blog/2026/hello/index.html", "posts/hello"},
      {"blog/2026/hello", "posts/hello"},
      {"/posts/hello/", "posts/hello"},
      {"/old/hello/", "posts/hello"},
      {"hello", "posts/hello"},
      {"/blog/gr%C3%BC%C3%9Fe/", "posts/grüße"},
      {"/blog/grüße/", "posts/grüße"},
      {"twin", "twin"},
      {"/posts/twin", "posts/twin"},
      {"/about/", "about"},
      {"/100%/", "100%"},
      {"https://example.org", ""},
  };
  for (const Case& c : cases) {
    INFO(c.page);
    CHECK(names.key_of(c.page) == c.key);
  }
}

}  // namespace likes::domain
