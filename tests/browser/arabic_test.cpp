#include <string>

#include "tests/browser/demo_site.h"
#include "tests/support/browser.h"
#include "tests/support/catch.h"

using likes::testing::baked_count;
using likes::testing::Browser;
using likes::testing::DemoSite;

namespace {

constexpr const char* kPost = "/posts/coffee/";
constexpr const char* kKey = "posts/coffee";
constexpr const char* kButton = "form.likes button";
constexpr const char* kWord = "form.likes button > span:first-of-type";
constexpr const char* kCount = "form.likes [data-likes-count]";
constexpr const char* kMessage = "form.likes output";

struct Look {
  const char* name;
  Browser::Options options;
};

constexpr Look kLooks[] = {
    {"light", {true, false, 1000, 900}},
    {"dark", {true, true, 1000, 900}},
    {"phone", {true, false, 360, 740}},
    {"no-js", {false, false, 360, 740}},
};

/// The site in Arabic with likes from before, in its pages as in its server.
class ArabicSite : public DemoSite {
 public:
  ArabicSite() : DemoSite({}, kSource) {
    import_likes(kSource + "/likes.jsonl");
    rebuild();
  }

 private:
  inline static const std::string kSource = LIKES_SOURCE_DIR "/tests/browser/arabic";
};

/// Whether the text goes on from the one element to the other as Arabic does, to the left.
bool goes_on_to_the_left(Browser& browser, const std::string& from, const std::string& to) {
  return browser
      .run(
          "const box = (css) => document.querySelector(css).getBoundingClientRect();"
          "return box(\"" +
          from + "\").left >= box(\"" + to + "\").right")
      .get<bool>();
}

}  // namespace

TEST_CASE("a page in Arabic is laid out from right to left and fits its window") {
  ArabicSite site;
  for (const Look& look : kLooks) {
    INFO(look.name);
    Browser browser(look.options);
    browser.open(site.url(kPost));
    CHECK(goes_on_to_the_left(browser, "form.likes svg", kWord));
    CHECK(goes_on_to_the_left(browser, kWord, kCount));
    CHECK(goes_on_to_the_left(browser, kButton, kMessage));
    CHECK(goes_on_to_the_left(browser, ".likes-list a", ".likes-list [data-likes-count]"));
    // Each line of text begins at the right; so do button and curve.
    CHECK(browser
              .run("const right = (css) =>"
                   "  Math.round(document.querySelector(css).getBoundingClientRect().right);"
                   "return ['.text', 'form.likes', 'form.likes button', '.likes-trend']"
                   "  .map((css) => right(css) - right('h1')).join()")
              .get<std::string>() == "0,0,0,0");
    CHECK(browser.run("return document.documentElement.scrollWidth").get<int>() <=
          look.options.width);
    CHECK(browser.text("form.likes button > span") == "أعجبني");
    CHECK(browser.text(kCount) == "999");
    CHECK(browser.run("return [...document.querySelectorAll('.likes-list li')]"
                      ".map((entry) => entry.innerText).join()") ==
          "الشاي بعد العصر 98,765,القهوة في الصباح 999,خبز البيت 7");
    CHECK(browser.attribute(".likes-trend", "aria-label") == "99,771 إعجابًا خلال 30 يومًا");
    CHECK(browser.console_errors().empty());
    browser.keep_picture("arabic-" + std::string(look.name));
    browser.open(site.url("/"));
    CHECK(browser.run("return document.documentElement.scrollWidth").get<int>() <=
          look.options.width);
    CHECK(goes_on_to_the_left(browser, ".entry a", ".entry [data-likes-count]"));
    browser.keep_picture("arabic-list-" + std::string(look.name));
  }
}

TEST_CASE("in Arabic a like is counted, thanked for and taken back, live as baked") {
  ArabicSite site;
  Browser browser({});
  browser.open(site.url(kPost));
  browser.click(kButton);
  browser.wait_until("document.querySelector('form.likes output').textContent");
  CHECK(browser.text(kCount) == "1,000");
  CHECK(browser.text(kMessage) == "شكرًا على إعجابك.");
  CHECK(goes_on_to_the_left(browser, kButton, kMessage));
  CHECK(browser.layout_shift() == 0);
  browser.keep_picture("arabic-thanks");
  browser.click(kButton);
  browser.wait_until("document.querySelector('form.likes button').ariaPressed == 'false'");
  browser.wait_until("document.querySelector('form.likes output').textContent.startsWith('أ')");
  CHECK(browser.text(kCount) == "999");
  CHECK(browser.text(kMessage) == "أُلغي إعجابك.");

  Browser::Options options;
  options.javascript = false;
  Browser plain(options);
  plain.open(site.url(kPost));
  plain.click(kButton);
  plain.wait_for_url(site.url(kPost) + "#likes");
  CHECK(plain.text("form.likes noscript") == "شكرًا. سيظهر إعجابك في العدد قريبًا.");
  CHECK(goes_on_to_the_left(plain, kButton, "form.likes noscript"));
  plain.keep_picture("arabic-thanks-no-js");

  // The page says 999 still, and a script asks for what is new.
  site.age(kPost);
  CHECK(baked_count(site.html(kPost), kKey) == "999");
  Browser other({});
  other.open(site.url(kPost));
  other.wait_until("document.querySelector('form.likes button').ariaPressed == 'true'");
  const std::string live = other.text(kCount);
  CHECK(live == "1,000");
  CHECK(other.layout_shift() == 0);
  site.refresh();
  CHECK(baked_count(site.html(kPost), kKey) == live);
}
