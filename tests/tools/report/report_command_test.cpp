// `likes report` from its files to what a reader's browser shows.

#include "tools/report/report_command.h"

#include <string>
#include <vector>

#include "tests/support/browser.h"
#include "tests/support/captured_output.h"
#include "tests/support/catch.h"
#include "tests/support/golden.h"
#include "tests/support/temp_dir.h"
#include "tools/formats/like_counts.h"
#include "tools/formats/posts_index.h"
#include "tools/support/utc_time.h"

using likes::formats::LikeCounts;
using likes::formats::Post;
using likes::testing::Browser;
using likes::testing::CapturedOutput;
using likes::testing::file_bytes;
using likes::testing::TempDir;

namespace {

constexpr std::int64_t kNewest = 1795165200;  // 2026-11-20
constexpr std::int64_t kDay = 86400;

struct Outcome {
  int exit;
  std::string err;
};

Outcome run_report(std::vector<std::string> words) {
  likes::CommandLine command_line("likes", "0", "");
  likes::report::add_report_command(command_line);
  words.insert(words.begin(), "report");
  const CapturedOutput captured;
  const int exit = static_cast<int>(command_line.run(words));
  return {exit, captured.err()};
}

/// Twelve posts, liked for most of a year, more and more; one has a title that is to be escaped.
struct Files {
  Files() {
    LikeCounts counts;
    counts.newest = kNewest;
    std::vector<Post> posts;
    for (int i = 0; i < 12; ++i) {
      Post post;
      post.key = std::string(i % 3 == 0 ? "notes/" : "posts/") + std::to_string(i);
      post.section = post.key.substr(0, 5);
      post.title = i == 11
                       ? "<script>alert(1)</script> & a title that is much longer than the space"
                       : "Post " + std::to_string(i);
      post.url = "https://example.org/" + post.key + "/";
      for (int day = 300; day >= 0; --day) {
        const std::int64_t likes = (i * 7 + (300 - day) / 20) * ((day * 31 + i * 17) % 5) / 8;
        if (likes > 0) {
          counts.likes[post.key].days.push_back({likes::utc_day(kNewest - day * kDay), likes});
          counts.likes[post.key].total += likes;
        }
      }
      posts.push_back(std::move(post));
    }
    dir.write("likes.json", likes::formats::write_like_counts(counts));
    std::string lines;
    for (const likes::formats::Post& post : posts) {
      lines += (lines.empty() ? "" : ",") + likes::formats::write_post(post);
    }
    dir.write("posts.json", "[" + lines + "]");
  }

  [[nodiscard]] std::string path(const std::string& name) const { return dir.path() / name; }

  TempDir dir;
};

}  // namespace

TEST_CASE("the page is whole in itself and fits every window") {
  const Files files;
  for (const std::string since : {"", "2026-01-24"}) {
    std::vector<std::string> words = {"--likes", files.path("likes.json"),
                                      "--posts", files.path("posts.json"),
                                      "-o",      files.path("report.html")};
    if (!since.empty()) {
      words.insert(words.end(), {"--since", since});
    }
    const Outcome outcome = run_report(words);
    REQUIRE(outcome.exit == 0);
    const std::string html = file_bytes(files.path("report.html"));
    CHECK(html.find("<script") == std::string::npos);
    CHECK(html.find("src=") == std::string::npos);
    CHECK(html.find("url(") == std::string::npos);
    CHECK(run_report(words).exit == 0);
    CHECK(file_bytes(files.path("report.html")) == html);
    for (const Browser::Options& look :
         {Browser::Options{false, false, 1000, 900}, Browser::Options{false, true, 1000, 900},
          Browser::Options{false, false, 360, 740}}) {
      CAPTURE(since, look.dark, look.width);
      Browser browser(look);
      browser.open("file://" + files.path("report.html"));
      CHECK(browser.text("h1") == "What readers like on example.org");
      CHECK(browser.run("return document.documentElement.scrollWidth").get<int>() <= look.width);
      CHECK(browser.run("return document.querySelectorAll('ol li').length").get<int>() >= 15);
      CHECK(browser.run("return document.querySelectorAll('.months svg').length").get<int>() ==
            (since.empty() ? 4 : 11));
      // The curve is drawn over the whole width, and dark is dark.
      CHECK(browser
                .run("const curve = document.querySelector('polyline').getBoundingClientRect();"
                     "return curve.width > 0.8 * document.querySelector('h1').clientWidth")
                .get<bool>());
      CHECK((browser.run("return getComputedStyle(document.body).backgroundColor")
                 .get<std::string>() == "rgb(23, 21, 19)") == look.dark);
      CHECK(browser.console_errors().empty());
      browser.keep_picture(std::string("report-") + (look.dark ? "dark-" : "") +
                           std::to_string(look.width) + since);
    }
  }
}

TEST_CASE("a report says what it has made, and why it has not") {
  const Files files;
  const std::string out = files.path("report.html");
  Outcome outcome = run_report({"--likes", files.path("likes.json"), "-o", out});
  CHECK(outcome.exit == 0);
  CHECK_THAT(outcome.err, Catch::Matchers::StartsWith("likes report: "));
  CHECK_THAT(outcome.err, Catch::Matchers::EndsWith(" of them since 2026-08-23 -> " + out + "\n"));

  outcome = run_report({"--likes", files.path("likes.json"), "--since", "2026-13-01"});
  CHECK(outcome.exit == 2);
  CHECK(outcome.err ==
        "likes report: found --since 2026-13-01, wanted a day like 2026-09-01\n"
        "Try: likes report --help\n");
  CHECK(run_report({"--likes", files.path("nothing"), "-o", out}).exit == 1);
  CHECK(run_report({"--likes", files.path("posts.json"), "-o", out}).exit == 1);
  CHECK(run_report(
            {"--likes", files.path("likes.json"), "--posts", files.path("likes.json"), "-o", out})
            .exit == 1);
}

TEST_CASE("a site without likes has a page as well") {
  const TempDir dir;
  const std::string out = dir.path() / "report.html";
  dir.write("likes.json", likes::formats::write_like_counts({}));
  REQUIRE(run_report({"--likes", dir.path() / "likes.json", "-o", out}).exit == 0);
  CHECK(file_bytes(out).find("No post has a like yet.") != std::string::npos);
}
