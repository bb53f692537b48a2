#include "tools/hugo/link.h"

#include "tests/support/catch.h"

namespace likes::hugo {
namespace {

TEST_CASE("paths are sanitised") {
  struct Case {
    const char* name;
    const char* path;
    const char* sanitized;
  };
  const Case cases[] = {
      {"plain", "hello-world", "hello-world"},
      {"capitals and blanks", "Hello  World", "hello-world"},
      {"blanks at the ends", " a ", "a"},
      {"blank next to a hyphen", "a - b", "a-b"},
      {"signs that stay", "a./\\_#+~-@b", "a./\\_#+~-@b"},
      {"signs that go", "a&,:;!?*|()[]{}='$b", "ab"},
      {"an escape stays", "a%20b", "a%20b"},
      {"a per cent sign goes", "100%", "100"},
      {"letters of all scripts", "Żółć 日本 مرحبا", "żółć-日本-مرحبا"},
      {"emoji", "a 😀 b", "a-b"},
      {"no-break space",
       "a\xC2\xA0"
       "b",
       "a-b"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      CHECK(sanitize_path(c.path, {}) == c.sanitized);
    }
  }
  CHECK(sanitize_path("Żółć", {.to_lower = false, .remove_accents = false}) == "Żółć");
  CHECK(sanitize_path("Żółć", {.to_lower = true, .remove_accents = true}) == "zołc");
}

TEST_CASE("paths are cleaned as Go does") {
  struct Case {
    const char* path;
    const char* cleaned;
  };
  const Case cases[] = {
      {"/a//b/", "/a/b"}, {"/a/./b", "/a/b"}, {"/a/../b", "/b"}, {"/..", "/"},
      {"a/../..", ".."},  {"", "."},          {"/", "/"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION("'" << c.path << "'") {
      CHECK(clean_path(c.path) == c.cleaned);
    }
  }
}

TEST_CASE("links are escaped once") {
  struct Case {
    const char* link;
    const char* escaped;
  };
  const Case cases[] = {
      {"/posts/hello/", "/posts/hello/"},
      {"/żółć/", "/%C5%BC%C3%B3%C5%82%C4%87/"},
      {"/c%23/", "/c%23/"},
      {"/ż%23/", "/%C5%BC%23/"},
      {"/a~b@c+d$e,f;g=h/", "/a~b@c+d$e,f;g=h/"},
      {"/it's(x)/", "/it's(x)/"},
      {"/a b/", "/a%20b/"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.link) {
      CHECK(escape_link(c.link) == c.escaped);
    }
  }
}

TEST_CASE("query_unescape takes plus signs for blanks") {
  CHECK(query_unescape("/c++/%41%zz").empty());
  CHECK(query_unescape("/c++/%41") == "/c  /A");
}

LinkParts parts(const std::string& url, const std::string& permalink, const std::string& folder,
                const std::string& name) {
  LinkParts made;
  made.url = url;
  made.permalink = permalink;
  made.folder = folder;
  made.name = name;
  return made;
}

TEST_CASE("page_link puts an address together") {
  struct Case {
    const char* name;
    LinkParts parts;
    const char* link;
    const char* ugly;
  };
  const Case cases[] = {
      {"folder and name", parts("", "", "/posts", "hello"), "/posts/hello/", "/posts/hello.html"},
      {"at the top", parts("", "", "", "about"), "/about/", "/about.html"},
      {"a slug of blanks and signs", parts("", "", "/posts", "Hello, World!"),
       "/posts/hello-world/", "/posts/hello-world.html"},
      {"a slug with a folder", parts("", "", "/posts", "a/b"), "/posts/a/b/", "/posts/a/b.html"},
      {"a permalink", parts("", "/2020/x", "/posts", "hello"), "/2020/x/", "/2020/x.html"},
      {"a permalink with blanks", parts("", "/a b/c", "", "x"), "/a-b/c/", "/a-b/c.html"},
      {"called index", parts("", "", "/posts", "index"), "/posts/", "/posts/"},
      {"url", parts("/a/B c/", "/2020/x", "/posts", "hello"), "/a/B%20c/", "/a/B%20c/"},
      {"relative url", parts("a/b", "", "/posts", "hello"), "/a/b/", "/a/b/"},
      {"url of a file", parts("/a/b.html", "", "", "x"), "/a/b.html", "/a/b.html"},
      {"url with a dot and a slash", parts("/v1.2/", "", "", "x"), "/v1.2/", "/v1.2/"},
      {"url of an index file", parts("/a/index.html", "", "", "x"), "/a/", "/a/"},
      {"url with dots", parts("/a/../b/", "", "", "x"), "/b/", "/b/"},
      {"url with slashes", parts("//a//b//", "", "", "x"), "/a/b/", "/a/b/"},
      {"url of the root", parts("/", "", "", "x"), "/", "/"},
      {"hash sign", parts("", "", "/posts", "c#"), "/posts/c%23/", "/posts/c%23.html"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      LinkParts made = c.parts;
      CHECK(page_link(made) == c.link);
      made.is_ugly = true;
      CHECK(page_link(made) == c.ugly);
    }
  }
}

}  // namespace
}  // namespace likes::hugo
