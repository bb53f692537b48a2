#include <string>

#include "tests/browser/demo_site.h"
#include "tests/support/browser.h"
#include "tests/support/catch.h"

using likes::testing::baked_count;
using likes::testing::Browser;
using likes::testing::DemoSite;
using likes::testing::Process;

namespace {

constexpr const char* kPost = "/posts/quick-start/";
constexpr const char* kKey = "posts/quick-start";
constexpr const char* kButton = "form.likes button";
constexpr const char* kCount = "form.likes [data-likes-count]";
constexpr const char* kMessage = "form.likes output";
constexpr const char* kIsPressed = "document.querySelector('form.likes button').ariaPressed";

Browser::Options without_javascript() {
  Browser::Options options;
  options.javascript = false;
  return options;
}

/// Presses the button and waits for what comes of it: the event's name and what it tells.
std::string press(Browser& browser) {
  browser.run(
      "window.told = null;"
      "for (const name of ['likes:change', 'likes:error'])"
      "  addEventListener(name, (e) => { const { key, total, liked, reason } = e.detail;"
      "    window.told = [name, key, total, liked, reason].join(); }, { once: true })");
  browser.click(kButton);
  browser.wait_until("window.told");
  return browser.run("return window.told").get<std::string>();
}

void check_shows(Browser& browser, const std::string& count, bool pressed) {
  CHECK(browser.text(kCount) == count);
  CHECK(browser.attribute(kButton, "aria-pressed") == (pressed ? "true" : "false"));
}

/// Holds the requests for live counts that the page has made against a number, once it has come to
/// rest. A request is there when it has its answer.
void check_live_requests(Browser& browser, int wanted) {
  const std::string made =
      "performance.getEntriesByType('resource')"
      ".filter((entry) => entry.name.includes('/likes?')).length";
  browser.wait_until(made + " >= " + std::to_string(wanted));
  browser.come_to_rest();
  CHECK(browser.run("return " + made) == wanted);
}

}  // namespace

TEST_CASE("without JavaScript the form likes, leads back with thanks, and the next bake shows it") {
  DemoSite site;
  Browser browser(without_javascript());
  browser.open(site.url(kPost));
  CHECK(browser.text(kCount) == "0");
  CHECK(browser.text("form.likes noscript").empty());
  browser.click(kButton);
  browser.wait_for_url(site.url(kPost) + "#likes");
  CHECK(browser.text("h1") == "Quick start");
  CHECK(browser.text("form.likes noscript") == "Thank you. Your like will be in the number soon.");
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
  check_shows(browser, "0", false);

  // A slow server: the like is shown before it answers.
  site.pause_server();
  browser.click(kButton);
  check_shows(browser, "1", true);
  CHECK(browser.text(kMessage).empty());
  browser.click(kButton);  // Impatience sends no second request.
  site.resume_server();
  browser.wait_until("document.querySelector('form.likes output').textContent");
  check_shows(browser, "1", true);
  CHECK(browser.text(kMessage) == "Thank you for your like.");

  // The page is still baked with 0; the reader's own like is not forgotten for that.
  CHECK(baked_count(site.html(kPost), kKey) == "0");
  browser.open(site.url(kPost));
  check_shows(browser, "1", true);
  site.refresh();
  browser.open(site.url(kPost));
  check_shows(browser, "1", true);

  CHECK(press(browser) == "likes:change," + std::string(kKey) + ",0,false,delete");
  check_shows(browser, "0", false);
  CHECK(press(browser) == "likes:change," + std::string(kKey) + ",1,true,post");
  CHECK(press(browser) == "likes:change," + std::string(kKey) + ",0,false,delete");
  CHECK(browser.run("return localStorage.length") == 0);
  CHECK(browser.run("return document.cookie") == "");
  site.refresh();
  CHECK(baked_count(site.html(kPost), kKey) == "0");
  CHECK(browser.console_errors().empty());
}

TEST_CASE("when a like is not taken, the baked number comes back and the reader is told why") {
  DemoSite site(Process::Environment{{"RATE_LIMIT", "2/60s"}});
  Browser browser({});
  browser.open(site.url(kPost));

  browser.set_offline(true);
  CHECK(press(browser) == "likes:error," + std::string(kKey) + ",0,false,0");
  check_shows(browser, "0", false);
  CHECK(browser.text(kMessage) == "You are offline. Please try again later.");
  browser.set_offline(false);

  CHECK(press(browser).starts_with("likes:change"));
  CHECK(press(browser).starts_with("likes:change"));
  CHECK(press(browser) == "likes:error," + std::string(kKey) + ",0,false,429");
  check_shows(browser, "0", false);
  CHECK(browser.text(kMessage) == "That was too often. Please try again in a while.");

  site.restart_server_without(kKey);
  CHECK(press(browser) == "likes:error," + std::string(kKey) + ",0,false,404");
  check_shows(browser, "0", false);
  CHECK(browser.text(kMessage) == "This page cannot be liked any more.");

  site.stop_server();
  CHECK(press(browser) == "likes:error," + std::string(kKey) + ",0,false,1");
  check_shows(browser, "0", false);
  CHECK(browser.text(kMessage) == "The server does not answer. Please try again later.");
}

TEST_CASE("a like that counts already is shown as one, and an unknown number stays one") {
  DemoSite site;
  Browser browser({});
  browser.open(site.url(kPost));
  CHECK(press(browser).starts_with("likes:change"));
  browser.run("localStorage.clear()");
  browser.open(site.url(kPost));
  check_shows(browser, "0", false);
  CHECK(press(browser) == "likes:change," + std::string(kKey) + ",1,true,already");
  CHECK(browser.text(kMessage) == "You have liked this already.");

  browser.run("localStorage.clear()");
  site.stop_server();
  // As in a page whose post the snapshot did not know, brought in by another script.
  browser.run(
      "const other = document.querySelector('form.likes').cloneNode(true);"
      "other.dataset.likes = other.querySelector('[data-likes-count]').dataset.likesCount = 'new';"
      "other.querySelector('[data-likes-count]').textContent = '\u2013';"
      "document.querySelector('form.likes').replaceWith(other)");
  CHECK(press(browser) == "likes:error,new,-1,false,1");
  check_shows(browser, "\u2013", false);
}

TEST_CASE("live counts cost one request, when a button is seen on a page that is not fresh") {
  DemoSite site;
  Browser::Options low;
  low.height = 200;
  Browser other({});
  other.open(site.url(kPost));
  CHECK(press(other).starts_with("likes:change"));
  other.run("localStorage.clear()");

  Browser browser(low);
  browser.open(site.url(kPost));
  browser.run("document.querySelector('form.likes').scrollIntoView()");
  check_live_requests(browser, 0);  // Baked a moment ago.
  site.age(kPost);
  browser.open(site.url(kPost));
  check_live_requests(browser, 0);  // Out of sight.
  check_shows(browser, "0", false);
  browser.run("document.querySelector('form.likes').scrollIntoView()");
  browser.wait_until("document.querySelector('form.likes button').ariaPressed == 'true'");
  check_shows(browser, "1", true);  // The server has known this reader's like.
  check_live_requests(browser, 1);
  CHECK(browser.layout_shift() == 0);

  // Markup that comes later costs one more for the new keys, and none for known ones.
  browser.run(
      "const form = document.querySelector('form.likes');"
      "form.after(form.cloneNode(true));"
      "form.insertAdjacentHTML('afterend', '<span data-likes-count=\"posts/baking\">7</span>')");
  browser.wait_until("document.querySelectorAll('form.likes button[aria-pressed=true]')[1]");
  check_live_requests(browser, 2);

  // A server that does not answer leaves what was baked.
  browser.run("localStorage.clear()");
  browser.open(site.url(kPost));
  site.stop_server();
  browser.run("document.querySelector('form.likes').scrollIntoView()");
  check_live_requests(browser, 1);
  check_shows(browser, "0", false);
}

TEST_CASE("buttons, tabs and pages from the back/forward cache stay in step") {
  DemoSite site;
  Browser browser({});
  // The front page shows the button of one of the posts of its list.
  browser.open(site.url("/"));
  const std::string same = "[data-likes-count='posts/how-a-like-travels']";
  CHECK(press(browser).starts_with("likes:change,posts/how-a-like-travels,1"));
  CHECK(browser.run("return [...document.querySelectorAll(\"" + same +
                    "\")].map((count) => count.textContent).join()") == "1,1");

  const std::string first = browser.tab();
  const std::string second = browser.open_tab();
  browser.open(site.url("/posts/how-a-like-travels/"));
  check_shows(browser, "1", true);
  CHECK(press(browser).starts_with("likes:change"));
  browser.use_tab(first);
  browser.wait_until(std::string(kIsPressed) + " == 'false'");
  check_shows(browser, "0", false);

  browser.run("window.stayed = 1");
  browser.click(".entries [href='/posts/how-a-like-travels/']");
  browser.wait_for_url(site.url("/posts/how-a-like-travels/"));
  CHECK(press(browser).starts_with("likes:change"));
  browser.go_back();
  browser.wait_until(std::string(kIsPressed) + " == 'true'");
  CHECK(browser.run("return window.stayed") == 1);  // It was kept, not loaded again.
  check_shows(browser, "1", true);
}

TEST_CASE("the button works after client-side navigation, as Turbo and htmx do it") {
  DemoSite site;
  Browser browser({});
  browser.open(site.url("/posts/"));
  // Turbo sends every form by itself that nobody has prevented before it.
  browser.run(
      "window.stayed = 1;"
      "document.addEventListener('submit', (event) => {"
      "  if (!event.defaultPrevented) window.sent = 1;"
      "  event.preventDefault();"
      "  event.stopImmediatePropagation();"
      "})");
  // That page has no button and brings no script; the next one does, and the third once more.
  for (const std::string name : {"baking", "quick-start"}) {
    const std::string path = "/posts/" + name + "/";
    browser.run(
        "localStorage['likes:posts/" + name +
        "'] = 7;"
        "fetch('" +
        path +
        "').then((answer) => answer.text()).then((text) => {"
        "  document.body.replaceWith(new DOMParser().parseFromString(text, 'text/html').body);"
        "  history.pushState({}, '', '" +
        path +
        "');"
        "  for (const old of document.querySelectorAll('body script')) {"
        "    const script = document.createElement('script');"
        "    for (const { name, value } of old.attributes) script.setAttribute(name, value);"
        "    old.replaceWith(script);"
        "  }"
        "})");
    browser.wait_until("document.querySelector('[data-likes=\"posts/" + name +
                       "\"] button[aria-pressed=true]')");
    check_shows(browser, "7", true);
  }
  CHECK(press(browser) == "likes:change," + std::string(kKey) + ",0,false,delete");
  CHECK(press(browser) == "likes:change," + std::string(kKey) + ",1,true,post");
  check_shows(browser, "1", true);
  CHECK(browser.run("return window.sent").is_null());
  CHECK(browser.run("return window.stayed") == 1);
}

TEST_CASE("the original blog's names work: ids, text, the class, and a count that rises") {
  DemoSite site;
  Browser browser({});
  browser.open(site.url("/states/"));
  CHECK(browser.text("#like-btn-quick-start").starts_with("Like"));
  CHECK(browser.text("#count-quick-start") == "0");
  browser.click("#like-btn-quick-start");
  browser.wait_until("document.querySelector('#like-btn-quick-start.liked')");
  CHECK(browser.text("#count-quick-start") == "1");
  // As it was on the blog: kept when the reader comes back.
  browser.open(site.url("/states/"));
  browser.wait_until("document.querySelector('#like-btn-quick-start.liked')");
}

TEST_CASE("with hugo server the page says once that no likes server answers, and never else") {
  DemoSite site(Process::Environment{{"HUGO_ENVIRONMENT", "development"},
                                     {"HUGO_PARAMS_LIKES_DEVAPI", "http://localhost:1"}});
  CHECK(site.html(kPost).find("/hugo-likes/hint.js") != std::string::npos);
  Browser browser({});
  browser.open(site.url(kPost));
  browser.wait_until("document.querySelector('form.likes output').textContent");
  CHECK(browser.text(kMessage) ==
        "No likes server answers at http://localhost:1. Run \"likes dev\".");
  CHECK(DemoSite().html(kPost).find("hint.js") == std::string::npos);
}

TEST_CASE("with hugo server the page says what a likes server for development has to say") {
  const std::string port = std::to_string(likes::testing::free_port());
  const DemoSite site(
      Process::Environment{{"HUGO_ENVIRONMENT", "development"},
                           {"HUGO_PARAMS_LIKES_DEVAPI", "http://localhost:" + port}});
  const likes::testing::TempDir dir;
  Process server({LIKES_SERVER, "--dev", dir.write("posts.json", "[]").string()},
                 {{"BIND_ADDRESS", "127.0.0.1:" + port},
                  {"DATABASE_URL", "sqlite:" + (dir.path() / "likes.sqlite").string()}});
  server.wait_for_line("listening on");
  Browser browser({});
  browser.open(site.url(kPost));
  browser.wait_until("document.querySelector('form.likes output').textContent");
  CHECK(browser.text(kMessage) ==
        "'posts/quick-start' is not in posts.json: run 'likes index' again, with -D for drafts");
}
