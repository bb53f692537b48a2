#include "tools/hugo/page_path.h"

#include "tests/support/catch.h"

namespace likes::hugo {
namespace {

TEST_CASE("a content file's name says what it is") {
  using Kind = PagePath::Kind;
  struct Case {
    const char* file;
    Kind kind;
    const char* logical;
    const char* raw_name;
    const char* section;
  };
  const Case cases[] = {
      {"about.md", Kind::kSingle, "/about", "about", ""},
      {"posts/hello.md", Kind::kSingle, "/posts/hello", "hello", "posts"},
      {"posts/Hello World.MD", Kind::kSingle, "/posts/hello-world", "Hello World", "posts"},
      {"posts/two  blanks.md", Kind::kSingle, "/posts/two--blanks", "two  blanks", "posts"},
      {"My Posts/x.markdown", Kind::kSingle, "/my-posts/x", "x", "my-posts"},
      {"posts/a.b.md", Kind::kSingle, "/posts/a.b", "a.b", "posts"},
      {"posts/hello.en.md", Kind::kSingle, "/posts/hello", "hello", "posts"},
      {"posts/hello.EN.md", Kind::kSingle, "/posts/hello", "hello.EN", "posts"},
      {"posts/hello.fr.md", Kind::kSingle, "/posts/hello.fr", "hello.fr", "posts"},
      {"posts/en.md", Kind::kSingle, "/posts/en", "en", "posts"},
      {"posts/hello/index.md", Kind::kLeaf, "/posts/hello", "hello", "posts"},
      {"posts/Hello/INDEX.en.md", Kind::kLeaf, "/posts/hello", "INDEX", "posts"},
      {"posts/Hello/index.EN.md", Kind::kLeaf, "/posts/hello", "index.EN", "posts"},
      {"posts/Hello/index.MD", Kind::kLeaf, "/posts/hello", "index", "posts"},
      {"hello/index.html", Kind::kLeaf, "/hello", "hello", ""},
      {"index.md", Kind::kLeaf, "/", "", ""},
      {"posts/_index.md", Kind::kBranch, "/posts", "posts", "posts"},
      {"_index.md", Kind::kBranch, "/", "", ""},
      {"posts/my_index.md", Kind::kSingle, "/posts/my_index", "my_index", "posts"},
  };
  PathSyntax languages;
  languages.used = {"en"};
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.file) {
      const std::optional<PagePath> path = parse_page_path(c.file, languages);
      REQUIRE(path.has_value());
      CHECK(path->kind == c.kind);
      CHECK(path->logical == c.logical);
      CHECK(path->raw_name() == c.raw_name);
      CHECK(path->section() == c.section);
      CHECK(!path->is_language_disabled);
    }
  }
}

TEST_CASE("other files are no content") {
  const char* file = GENERATE("a", "a.txt", "a.png", "a.md.bak", "a.mmark", "posts/.md/x", "md");
  INFO(file);
  CHECK(!parse_page_path(file, {}).has_value());
}

TEST_CASE("a disabled language is told") {
  PathSyntax languages;
  languages.used = {"en"};
  languages.disabled = {"fr"};
  CHECK(parse_page_path("a.fr.md", languages)->is_language_disabled);
  CHECK(!parse_page_path("a.en.md", languages)->is_language_disabled);
}

}  // namespace
}  // namespace likes::hugo
