#include "tools/hugo/title_case.h"

#include "tests/support/catch.h"

namespace likes::hugo {
namespace {

TEST_CASE("titles are cased in Hugo's styles") {
  struct Case {
    const char* text;
    const char* ap;
    const char* go;
    const char* first;
  };
  const Case cases[] = {
      {"war and peace", "War and Peace", "War And Peace", "War and peace"},
      {"the end of", "The End Of", "The End Of", "The end of"},
      {"the-art-of-wars", "The-Art-of-Wars", "The-Art-Of-Wars", "The-art-of-wars"},
      {"my_sections", "My_sections", "My_sections", "My_sections"},
      {"żółw", "Żółw", "Żółw", "Żółw"},
      {"c/c++", "C/C++", "C/C++", "C/c++"},
      {"a,b", "A,b", "A,B", "A,b"},
      {"UPPER case", "UPPER Case", "UPPER Case", "UPPER case"},
      {"", "", "", ""},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.text) {
      CHECK(title_case(c.text, title_style("ap")) == c.ap);
      CHECK(title_case(c.text, title_style("Go")) == c.go);
      CHECK(title_case(c.text, title_style("FirstUpper")) == c.first);
      CHECK(title_case(c.text, title_style("none")) == c.text);
    }
  }
  CHECK(title_case("notes from home", TitleStyle::kChicago) == "Notes from Home");
  CHECK(title_style("unknown") == TitleStyle::kAp);
}

TEST_CASE("folder names become plurals") {
  struct Case {
    const char* word;
    const char* plural;
  };
  const Case cases[] = {
      {"post", "posts"},    {"category", "categories"}, {"day", "days"},   {"box", "boxes"},
      {"Ox", "Oxen"},       {"child", "children"},      {"news", "news"},  {"posts", "posts"},
      {"class", "classes"}, {"analysis", "analyses"},   {"life", "lives"}, {"shelf", "shelves"},
      {"faq", "faqs"},      {"2020", "2020s"},          {"żółw", "żółws"}, {"", ""}};
  for (const Case& c : cases) {
    CHECK(pluralize(c.word) == c.plural);
  }
}

TEST_CASE("lists are titled as the site says") {
  CHECK(ListTitles{}.of_section("blog post") == "Blog Posts");
  CHECK(ListTitles{TitleStyle::kAp, false, true}.of_section("post") == "posts");
  CHECK(ListTitles{TitleStyle::kAp, true, false}.of_section("post") == "Post");
  CHECK(ListTitles{}.of_term("go lang") == "Go Lang");
  CHECK(ListTitles{TitleStyle::kAp, false, true}.of_term("go lang") == "go lang");
}

}  // namespace
}  // namespace likes::hugo
