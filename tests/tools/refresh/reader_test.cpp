// What a reader sees while the site is refreshed under a real web server.

#include <cstdlib>
#include <string>

#include "tests/support/browser.h"
#include "tests/support/process.h"
#include "tests/tools/refresh/published_site.h"

using likes::testing::Browser;
using likes::testing::free_port;
using likes::testing::Process;
using likes::testing::PublishedSite;

namespace {

int switches() {
  const char* value = std::getenv("LIKES_SWITCHES");
  return value != nullptr ? std::atoi(value) : 12;
}

std::string nginx_config(const PublishedSite& blog, int port) {
  const std::string folder = blog.dir.path().string();
  std::string config = "daemon off; master_process off; error_log stderr notice; pid " + folder +
                       "/nginx.pid;\nevents {}\nhttp { access_log off; types { text/html html; }\n";
  for (const char* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
    config += std::string(kind) + "_temp_path " + folder + "/tmp;\n";
  }
  return config + "server { listen 127.0.0.1:" + std::to_string(port) + "; root " +
         blog.link().string() + "; } }\n";
}

/// Loads a page in a frame, again and again, and writes down what is wrong with it: not there, cut
/// off, of two generations at once, or with a number that has fallen.
constexpr const char* kReader = R"(
  window.seen = {loads: 0, wrong: [], last: 0};
  const frame = document.createElement('iframe');
  frame.onload = () => {
    const counts = [...frame.contentDocument.querySelectorAll('[data-likes-count]')].map(b => +b.textContent);
    seen.loads++;
    if (counts.length !== 2 || counts[0] !== counts[1] || counts[0] < seen.last || !frame.contentDocument.getElementById('end'))
      seen.wrong.push(counts.join() + ' after ' + seen.last + ': ' + frame.contentDocument.title);
    seen.last = counts[0];
    frame.src = '/long/index.html?' + seen.loads;
  };
  frame.src = '/long/index.html';
  document.body.append(frame);
)";

}  // namespace

TEST_CASE("a reader never meets a page that is missing, torn or older than the last") {
  PublishedSite blog;
  const std::string count = PublishedSite::page_of("a");
  blog.dir.write("public/long/index.html",
                 "<!doctype html>" + count + std::string(200'000, 'x') + count + "<i id=end></i>");
  REQUIRE(likes::refresh::refresh(blog.options(), 0));
  const int port = free_port();
  const std::string config = blog.dir.write("nginx.conf", nginx_config(blog, port));
  Process nginx({"nginx", "-e", "stderr", "-c", config}, {}, "nginx");
  nginx.wait_for_line("[notice]");
  Browser browser({});
  browser.open("http://127.0.0.1:" + std::to_string(port) + "/index.html");
  browser.run(kReader);
  for (int likes = 2; likes < 2 + switches(); ++likes) {
    blog.set_likes({{"a", likes}, {"b", 1}});
    const likes::Result<likes::refresh::Refreshed> done =
        likes::refresh::refresh(blog.options(), 0);
    REQUIRE(done);
    REQUIRE(done->outcome == likes::refresh::Outcome::kPublished);
    // Every other switch meets a reader who is in the middle of a page.
    if (likes % 2 == 0) {
      browser.wait_until("seen.last === " + std::to_string(likes));
    }
  }
  browser.wait_until("seen.last === " + std::to_string(switches() + 1));
  CHECK(browser.run("return seen.wrong.join('\\n')").get<std::string>().empty());
  CHECK(browser.run("return seen.loads").get<int>() >= switches() / 2);
}
