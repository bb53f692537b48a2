// What the component costs a page before and after its reader does something.
#include <algorithm>
#include <string>
#include <vector>

#include "tests/browser/demo_site.h"
#include "tests/support/browser.h"
#include "tests/support/catch.h"

using likes::testing::Browser;
using likes::testing::DemoSite;
using likes::testing::Process;
using nlohmann::json;

namespace {

constexpr const char* kPost = "/posts/quick-start/";

/// What the page has asked for by now, without hashes: "/hugo-likes/like.js".
std::vector<std::string> requests(Browser& browser) {
  auto names = browser
                   .run(
                       "return performance.getEntriesByType('resource').map((entry) =>"
                       "  new URL(entry.name).pathname.replace(/(\\.min)?\\.[0-9a-f]{64}/, ''))")
                   .get<std::vector<std::string>>();
  std::sort(names.begin(), names.end());
  return names;
}

/// A stretch of a thread's time, in microseconds; `busy` of it the processor was its own, which
/// does not depend on what else the machine has to do.
struct Span {
  std::string thread;
  double start;
  double length;
  double busy;

  [[nodiscard]] bool holds(const Span& other) const {
    return thread == other.thread && start <= other.start &&
           other.start + other.length <= start + length;
  }
};

Span span_of(const json& event) {
  return {event["pid"].dump() + "/" + event["tid"].dump(), event["ts"].get<double>(),
          event.value("dur", 0.0), event.value("tdur", 0.0)};
}

struct Work {
  std::vector<Span> tasks;
  std::vector<Span> ours;  ///< None of them within another.
};

/// The tasks of all threads, and what the component's scripts did in them.
Work work_of(std::vector<json> events) {
  std::sort(events.begin(), events.end(),
            [](const json& a, const json& b) { return a.value("ts", 0.0) < b.value("ts", 0.0); });
  Work work;
  for (const json& event : events) {
    if (event.value("ph", "") != "X") {
      continue;
    }
    const Span span = span_of(event);
    if (event["name"] == "RunTask") {
      work.tasks.push_back(span);
    } else if (event["args"].dump().find("/hugo-likes/like.") != std::string::npos &&
               std::none_of(work.ours.begin(), work.ours.end(),
                            [&](const Span& other) { return other.holds(span); })) {
      work.ours.push_back(span);
    }
  }
  return work;
}

}  // namespace

TEST_CASE(
    "before anything is pressed the component asks for two files, and the next page for none") {
  DemoSite site;
  DemoSite without(Process::Environment{{"HUGO_PARAMS_LIKES_ENABLE", "false"}});
  Browser browser({});
  browser.open(without.url(kPost));
  browser.come_to_rest();
  std::vector<std::string> wanted = requests(browser);
  wanted.emplace_back("/hugo-likes/like.css");
  wanted.emplace_back("/hugo-likes/like.js");
  std::sort(wanted.begin(), wanted.end());
  browser.open(site.url(kPost));
  browser.run("document.querySelector('form.likes').scrollIntoView()");
  browser.come_to_rest();
  CHECK(requests(browser) == wanted);
  browser.open(site.url("/posts/baking/"));
  browser.come_to_rest();
  CHECK(browser.run("return performance.getEntriesByType('resource')"
                    ".filter((entry) => entry.name.includes('/hugo-likes/'))"
                    ".map((entry) => entry.transferSize).join()") == "0,0");
}

TEST_CASE("nothing on a page moves when its live counts come, nor when its button is pressed") {
  DemoSite site;
  site.import_likes(LIKES_SOURCE_DIR "/tests/browser/likes.jsonl");
  Browser browser({});
  for (const std::string path : {"/posts/quick-start/", "/"}) {
    INFO(path);
    site.age(path);
    browser.open(site.url(path));
    browser.run("document.querySelector('form.likes').scrollIntoView()");
    browser.wait_until("document.querySelector('form.likes button').innerText.includes('1,234')");
    CHECK(browser.layout_shift() == 0);
    browser.click("form.likes button");
    browser.wait_until("document.querySelector('form.likes output').textContent");
    CHECK(browser.text("form.likes [data-likes-count]") == "1,235");
    CHECK(browser.layout_shift() == 0);
  }
}

// A task is long, and blocks its page, from 50 ms on. How long one is depends on the machine, so
// what the component's script takes is held against what the browser itself takes to load and show
// the page: here about a thirtieth, on a processor six times slower than the machine's.
TEST_CASE("the script takes a small part of what a slow device's page takes") {
  DemoSite site;
  site.age(kPost);
  Browser::Options options;
  options.traced = true;
  Browser browser(options);
  browser.slow_down(6);
  browser.open(site.url(kPost));
  browser.run("document.querySelector('form.likes').scrollIntoView()");
  browser.come_to_rest();
  browser.click("form.likes button");
  browser.wait_until("document.querySelector('form.likes output').textContent");
  const Work work = work_of(browser.trace());
  REQUIRE(work.ours.size() >= 3);  // Evaluated, shown to be in view, pressed.
  // Where the press was heard; scripts may be compiled on a thread beside.
  const std::string& thread = work.ours.back().thread;
  double own = 0;
  double longest = 0;
  for (const Span& span : work.ours) {
    if (span.thread == thread) {
      own += span.busy;
      longest = std::max(longest, span.busy);
    }
  }
  double page = -own;
  for (const Span& task : work.tasks) {
    page += task.thread == thread ? task.busy : 0;
  }
  INFO("the script " << own << " us, its longest piece " << longest << " us; the page " << page
                     << " us");
  CHECK(own * 10 < page);
}
