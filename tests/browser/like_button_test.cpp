#include <string>

#include "tests/browser/demo_site.h"
#include "tests/support/browser.h"
#include "tests/support/catch.h"

using likes::testing::baked_count;
using likes::testing::Browser;
using likes::testing::DemoSite;

namespace {

constexpr const char* kPost = "/posts/quick-start/";
constexpr const char* kKey = "posts/quick-start";
constexpr const char* kButton = "form.likes button";
constexpr const char* kCount = "form.likes [data-likes-count]";

Browser::Options without_javascript() {
  Browser::Options options;
  options.javascript = false;
  return options;
}

}  // namespace

TEST_CASE("without JavaScript the form likes, leads back, and the next bake shows it") {
  DemoSite site;
  Browser browser(without_javascript());
  browser.open(site.url(kPost));
  CHECK(browser.text(kCount) == "0");
  browser.click(kButton);
  browser.wait_for_url(site.url(kPost) + "#likes");
  CHECK(browser.text("h1") == "Quick start");
  site.refresh();
  CHECK(baked_count(site.html(kPost), kKey) == "1");
  CHECK(baked_count(site.html("/posts/"), kKey) == "1");
  browser.open(site.url(kPost));
  CHECK(browser.text(kCount) == "1");
}

TEST_CASE("with JavaScript a like shows at once, outlives a reload, and can be taken back") {
  DemoSite site;
  Browser browser({});
  browser.open(site.url(kPost));
  CHECK(browser.attribute(kButton, "aria-pressed") == "false");
  browser.run(
      "addEventListener('likes:change', (e) => { window.changed = [e.detail.key, e.detail.total, "
      "e.detail.liked].join(); })");
  browser.click(kButton);
  browser.wait_until("window.changed");
  CHECK(browser.run("return window.changed") == std::string(kKey) + ",1,true");
  CHECK(browser.text(kCount) == "1");
  CHECK(browser.attribute(kButton, "aria-pressed") == "true");

  // The page is still baked with 0; the reader's own like is not forgotten for that.
  CHECK(baked_count(site.html(kPost), kKey) == "0");
  browser.open(site.url(kPost));
  browser.wait_until("document.querySelector('form.likes button').ariaPressed == 'true'");
  CHECK(browser.text(kCount) == "1");

  browser.run("addEventListener('likes:change', () => { window.changed = 1; })");
  browser.click(kButton);
  browser.wait_until("window.changed");
  CHECK(browser.text(kCount) == "0");
  CHECK(browser.attribute(kButton, "aria-pressed") == "false");
  site.refresh();
  CHECK(baked_count(site.html(kPost), kKey) == "0");
  CHECK(browser.console_errors().empty());
}

TEST_CASE("with the server down the baked number stays and the reader is told") {
  DemoSite site;
  Browser browser({});
  browser.open(site.url(kPost));
  site.stop_server();
  browser.run("addEventListener('likes:error', (e) => { if (e.detail.key) window.failed = 1; })");
  browser.click(kButton);
  browser.wait_until("window.failed");
  CHECK(browser.text(kCount) == "0");
  CHECK(browser.attribute(kButton, "aria-pressed") == "false");
  CHECK(browser.text("form.likes output") == "The server does not answer. Please try again later.");
}
