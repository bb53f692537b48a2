#include <string>

#include "tests/browser/demo_site.h"
#include "tests/support/browser.h"
#include "tests/support/catch.h"

using likes::testing::Browser;
using likes::testing::DemoSite;

namespace {

constexpr const char* kPost = "/posts/quick-start/";

/// How much begins to move on the page while its button is pressed once.
int movements_of_a_press(DemoSite& site, Browser& browser) {
  browser.open(site.url(kPost));
  browser.run(
      "window.moved = 0;"
      "for (const name of ['transitionrun', 'animationstart'])"
      "  addEventListener(name, () => { window.moved++; }, true)");
  browser.click("form.likes button");
  browser.wait_until("document.querySelector('form.likes output').textContent");
  // What the press has begun is told with the next frame.
  browser.come_to_rest();
  return browser.run("return window.moved + document.getAnimations().length").get<int>();
}

/// The colour of some property of the heart, and that of a system colour's name, as computed.
std::string heart(Browser& browser, const std::string& property) {
  return browser
      .run("return getComputedStyle(document.querySelector('form.likes svg'))." + property)
      .get<std::string>();
}

std::string system_color(Browser& browser, const std::string& name) {
  return browser
      .run(
          "const probe = document.body.appendChild(document.createElement('i'));"
          "probe.style.setProperty('color', '" +
          name +
          "');"
          "const { color } = getComputedStyle(probe);"
          "probe.remove();"
          "return color")
      .get<std::string>();
}

}  // namespace

TEST_CASE("for readers who want less motion nothing moves on a press, nor anywhere on the page") {
  DemoSite site;
  Browser::Options options;
  Browser usual(options);
  CHECK(movements_of_a_press(site, usual) > 0);
  options.reduced_motion = true;
  Browser browser(options);
  CHECK(movements_of_a_press(site, browser) == 0);
  // Not by being too quick to see, either: there is nothing that could move.
  CHECK(browser.run("return [...document.querySelectorAll('*')].filter((element) => {"
                    "  const style = getComputedStyle(element);"
                    "  return style.transitionDuration != '0s' || style.animationName != 'none'"
                    "    || style.scrollBehavior != 'auto';"
                    "}).length") == 0);
}

TEST_CASE("with forced colours the heart has the system's, and is another one when pressed") {
  DemoSite site;
  Browser::Options options;
  options.forced_colors = true;
  options.reduced_motion = true;  // Colours are there at once.
  Browser browser(options);
  browser.open(site.url(kPost));
  CHECK(heart(browser, "stroke") == system_color(browser, "ButtonText"));
  CHECK(heart(browser, "fill") == "none");
  browser.click("form.likes button");
  browser.wait_until("document.querySelector('form.likes output').textContent");
  CHECK(heart(browser, "stroke") == system_color(browser, "ButtonText"));
  CHECK(heart(browser, "fill") == system_color(browser, "Highlight"));
}
