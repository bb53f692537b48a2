#include <cstdlib>
#include <string>

#include "tests/browser/demo_site.h"
#include "tests/support/browser.h"
#include "tests/support/catch.h"

using likes::testing::Browser;
using likes::testing::DemoSite;

namespace {

struct Page {
  const char* name;
  const char* path;
};

constexpr Page kPages[] = {
    {"home", "/"},      {"list", "/posts/"},         {"post", "/posts/how-a-like-travels/"},
    {"tags", "/tags/"}, {"api", "/posts/http-api/"}, {"not-found", "/no/such/page/"},
};

struct Look {
  const char* name;
  Browser::Options options;
};

constexpr Look kLooks[] = {
    {"light", {true, false, 1000, 900}},
    {"dark", {true, true, 1000, 900}},
    {"phone", {true, false, 360, 740}},
    {"no-js", {false, false, 1000, 900}},
};

}  // namespace

// With LIKES_SCREENSHOTS=DIR each page and look is kept there as a picture.
TEST_CASE("every page fits its window and breaks no rule of its own content security policy") {
  DemoSite site;
  const char* screenshots = std::getenv("LIKES_SCREENSHOTS");
  for (const Look& look : kLooks) {
    Browser browser(look.options);
    for (const Page& page : kPages) {
      // No section of its own: each would build the site and start a browser again.
      INFO(page.name << " " << look.name);
      browser.open(site.url(page.path));
      CHECK_FALSE(browser.text("h1").empty());
      const auto width = browser.run("return document.documentElement.scrollWidth").get<int>();
      CHECK(width <= look.options.width);
      const std::string errors = browser.console_errors();
      INFO(errors);
      CHECK(errors.find("Content Security Policy") == std::string::npos);
      if (std::string(page.name) != "not-found") {  // whose 404 is logged, rightly
        CHECK(errors.empty());
      }
      if (screenshots != nullptr) {
        browser.screenshot(std::string(screenshots) + "/" + page.name + "-" + look.name + ".png");
      }
    }
  }
}
