#include <cstdlib>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "tests/browser/demo_site.h"
#include "tests/support/browser.h"
#include "tests/support/catch.h"
#include "tests/support/golden.h"

using likes::testing::Browser;
using likes::testing::DemoSite;

namespace {

struct Page {
  const char* name;
  const char* path;
};

constexpr Page kPages[] = {
    {"home", "/"},
    {"list", "/posts/"},
    {"post", "/posts/how-a-like-travels/"},
    {"states", "/states/"},
    {"themes", "/posts/themes/"},
    {"tags", "/tags/"},
    {"api", "/posts/http-api/"},
    {"not-found", "/no/such/page/"},
};

struct Look {
  const char* name;
  Browser::Options options;
};

constexpr Look kLooks[] = {
    {"light", {true, false, 1000, 900}},  {"dark", {true, true, 1000, 900}},
    {"phone", {true, false, 360, 740}},   {"forced-colors", {true, true, 1000, 900, true}},
    {"no-js", {false, false, 1000, 900}},
};

}  // namespace

// With LIKES_SCREENSHOTS=DIR each page and look is kept there as a picture.
TEST_CASE("every page fits its window and breaks no rule of its own content security policy") {
  DemoSite site;
  for (const Look& look : kLooks) {
    if (look.options.forced_colors && std::getenv("LIKES_SCREENSHOTS") == nullptr) {
      continue;  // Colours change nothing of what is checked here.
    }
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
      browser.keep_picture(std::string(page.name) + "-" + look.name);
    }
  }
}

// Not run by itself: tests/browser/axe says how.
TEST_CASE("axe-core finds nothing against any page, light and dark, before and after a like",
          "[.axe]") {
  const char* file = std::getenv("LIKES_AXE");
  REQUIRE(file != nullptr);
  const std::string axe = likes::testing::file_bytes(file);
  const std::string top = LIKES_SOURCE_DIR;
  const auto [source, pages] = GENERATE_COPY(
      std::pair(top, std::vector<Page>(std::begin(kPages), std::end(kPages))),
      std::pair(top + "/tests/browser/arabic",
                std::vector<Page>{{"arabic list", "/"}, {"arabic post", "/posts/coffee/"}}));
  DemoSite site({}, source);
  for (const Look& look : kLooks) {
    if (!look.options.javascript) {
      continue;  // axe is a script.
    }
    Browser browser(look.options);
    for (const Page& page : pages) {
      INFO(page.name << " " << look.name);
      browser.open(site.url(page.path));
      const auto violations = [&] {
        browser.run("window.found = null; const module = undefined, exports = undefined;" + axe +
                    ";axe.run().then((result) => { window.found = result.violations.map("
                    "(rule) => rule.id + ': ' + rule.nodes.map((node) => node.target).join()); })");
        browser.wait_until("window.found");
        return browser.run("return window.found.join('; ')").get<std::string>();
      };
      CHECK(violations() == "");
      if (browser.run("return Boolean(document.querySelector('form.likes'))").get<bool>()) {
        browser.run("document.querySelector('form.likes button').click()");
        browser.wait_until("document.querySelector('form.likes output').textContent");
        CHECK(violations() == "");
      }
    }
  }
}
