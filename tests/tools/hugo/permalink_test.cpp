#include "tools/hugo/permalink.h"

#include "tests/support/catch.h"

namespace likes::hugo {
namespace {

PermalinkPage page() {
  PermalinkPage made;
  made.date = parse_date("2020-03-04T17:06:07+01:00", TimeZone())->civil();
  made.title = "Either/Or: a Title";
  made.slug = "My Slug";
  made.name = "Base Name";
  made.file_name = "File Name";
  made.section = "posts";
  made.sections = "posts/2020/spring";
  return made;
}

TEST_CASE("permalink patterns are filled in") {
  struct Case {
    const char* pattern;
    const char* expanded;
  };
  const Case cases[] = {
      {"/:year/:month/:day/:slug/", "/2020/03/04/my-slug/"},
      {"/:monthname/:weekday/:weekdayname/:yearday", "/March/3/Wednesday/64"},
      {"/:section/:sections/:title/", "/posts/posts/2020/spring/either-or-a-title/"},
      {"/:filename/:contentbasename/", "/file-name/base-name/"},
      {"/:slugorfilename/:slugorcontentbasename/", "/my-slug/my-slug/"},
      {"/:2006/:01/:Jan/:06", "/2020/03/Mar/20"},
      {"/:sections[0]/", "/posts/"},
      {"/:sections[last]/", "/spring/"},
      {"/:sections[1:]/", "/2020/spring/"},
      {"/:sections[:1]/", "/posts/"},
      {"/:sections[1:2]/", "/2020/"},
      {"/:sections[:last]/", "/posts/2020/"},
      {"/:sections[7]/", "//"},
      {"/:sections[1:9]/", "/2020/spring/"},
      {"/a\\:b/:slug", "/a:b/my-slug"},
      {"/a:/b", "/a:/b"},
      {"/plain/", "/plain/"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.pattern) {
      const Result<PermalinkPattern> pattern = PermalinkPattern::compile(c.pattern);
      REQUIRE(pattern.has_value());
      CHECK(pattern->expand(page(), {}) == c.expanded);
    }
  }
}

TEST_CASE("of old a section without a file had an empty element behind it") {
  PermalinkPage below = page();
  below.sections = "posts/";
  for (const auto& [pattern, expanded] : {std::pair("/:sections[last]/", "//"),
                                          {"/:sections[:last]/", "/posts/"},
                                          {"/:sections[0]/", "/posts/"},
                                          {"/:sections[1:]/", "//"}}) {
    CHECK(PermalinkPattern::compile(pattern)->expand(below, {}) == expanded);
  }
}

TEST_CASE("without a slug the title or the file's name stands in") {
  PermalinkPage bare = page();
  bare.slug = "";
  CHECK(PermalinkPattern::compile("/:slug")->expand(bare, {}) == "/either-or-a-title");
  CHECK(PermalinkPattern::compile("/:slugorfilename")->expand(bare, {}) == "/file-name");
  bare.title = "";
  CHECK(PermalinkPattern::compile("/x/:slug/")->expand(bare, {}) == "/x//");
  CHECK(PermalinkPattern::compile("/:year")->expand(PermalinkPage(), {}) == "/1");
}

TEST_CASE("unknown tokens are refused by name") {
  const Result<PermalinkPattern> unknown = PermalinkPattern::compile("/:year/:nope/");
  REQUIRE(!unknown.has_value());
  CHECK(unknown.error().message ==
        "found ':nope' in the permalink '/:year/:nope/', wanted a token that Hugo knows, such as "
        ":slug");
  for (const char* later : {"/:sectionslugs/", "/:contentbasename/"}) {
    CHECK(PermalinkPattern::compile(later).has_value());
    CHECK(!PermalinkPattern::compile(later, VersionRules(kOldestHugo)).has_value());
  }
}

TEST_CASE("the key of a permalink speaks for a section and what lies below") {
  CHECK(section_paths("posts").matches("/posts/a/b"));
  CHECK(section_paths("posts").matches("/posts"));
  CHECK(!section_paths("posts").matches("/postscript/a"));
  CHECK(section_key(" /posts/sub/") == "posts/sub");
  CHECK(section_key("/").empty());
  CHECK(section_paths("posts/sub").matches("/posts/sub/a"));
  CHECK(section_paths("").matches("/about"));
  CHECK(!section_paths("").matches("/posts/a"));
}

}  // namespace
}  // namespace likes::hugo
