#include "tools/index/full_record.h"

#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tools/hugo/config.h"
#include "tools/hugo/page.h"

namespace likes::index {
namespace {

std::vector<std::string> told(const char* link, const char* target,
                              const hugo::Language& language) {
  hugo::Config config;
  config.languages = {language};
  hugo::Page page;
  page.link = link;
  page.target = target;
  page.aliases = {"/old/", "beside", "../up/"};
  return told_aliases(page, config);
}

TEST_CASE("aliases are told as the paths that they stand for") {
  struct Case {
    const char* name;
    const char* link;
    const char* target;
    hugo::Language language;
    std::vector<std::string> told;
  };
  hugo::Language plain;
  hugo::Language prefixed;
  prefixed.prefix = "pl";
  hugo::Language host;
  host.folder = "/pl";
  hugo::Language ugly;
  ugly.ugly_urls = true;
  const Case cases[] = {
      {"a page", "/posts/a/", "", plain, {"/old", "/posts/beside", "/up"}},
      {"a file", "/posts/a.html", "", ugly, {"/old.html", "/posts/beside.html", "/up.html"}},
      {"another form", "/posts/a/index.xml", "", plain, {"/old", "/posts/beside", "/up"}},
      {"a language", "/pl/posts/a/", "", prefixed, {"/pl/old", "/pl/posts/beside", "/pl/up"}},
      {"a host", "/posts/a/", "", host, {"/pl/old", "/pl/posts/beside", "/pl/up"}},
      {"a headless page", "", "/posts/a/", plain, {"/old", "/posts/beside", "/up"}},
      {"a page of no form", "", "", prefixed, {"/old", "../beside", "../../up"}},
      {"one of a host", "", "", host, {"/old", "../beside", "../../up"}},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      CHECK(told(c.link, c.target, c.language) == c.told);
    }
  }
}

}  // namespace
}  // namespace likes::index
