#include "tools/hugo/glob.h"

#include "tests/support/catch.h"

namespace likes::hugo {
namespace {

TEST_CASE("globs match logical paths") {
  struct Case {
    const char* pattern;
    const char* path;
    bool matches;
  };
  const Case cases[] = {
      {"/posts", "/posts", true},
      {"/posts", "/posts/a", false},
      {"/POSTS", "/posts", true},
      {"/*", "/about", true},
      {"/*", "/posts/a", false},
      {"/**", "/posts/a", true},
      {"/posts/**", "/posts/a/b", true},
      {"/posts/**", "/posts", false},
      {"**/draft*", "/a/b/drafts", true},
      {"/p?sts", "/posts", true},
      {"/p?sts", "/p/sts", false},
      {"/[a-c]x", "/bx", true},
      {"/[a-c]x", "/dx", false},
      {"/[!a-c]x", "/dx", true},
      {"/[x", "/[x", true},
      {"/{a,b/**}", "/a", true},
      {"/{a,b/**}", "/b/c", true},
      {"/{a,b/**}", "/c", false},
      {"/{a,{b,c}}d", "/cd", true},
      {"/{a", "/{a", true},
      {"", "", true},
      {"", "/a", false},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.pattern << " and " << c.path) {
      CHECK(Glob(c.pattern).matches(c.path) == c.matches);
    }
  }
}

TEST_CASE("a hostile glob ends soon") {
  std::string stars;
  std::string braces;
  for (int i = 0; i < 200; ++i) {
    stars += "*a";
    braces += "{a,b}";
  }
  CHECK(!Glob(stars + "b").matches(std::string(2000, 'a')));
  CHECK(!Glob(braces).matches("/x"));
}

}  // namespace
}  // namespace likes::hugo
