// `likes refresh` as a program: what it says and exits with, signals, being killed, a full disk.

#include "tools/refresh/refresh_command.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mount.h>

#include <sched.h>
#include <csignal>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/process.h"
#include "tests/support/random_kills.h"
#include "tests/tools/refresh/published_site.h"
#include "tools/support/descriptor.h"

namespace fs = std::filesystem;
using likes::testing::kill_runs;
using likes::testing::Process;
using likes::testing::PublishedSite;
using likes::testing::RandomKills;
using likes::testing::run_to_end;
using likes::testing::tree_bytes;

namespace {

struct Run {
  int exit;
  std::string output;
};

Run run(std::vector<std::string> words, const std::vector<std::string>& more = {}) {
  words.insert(words.end(), more.begin(), more.end());
  Process process(words);
  const int exit = process.wait();
  return {exit, process.output()};
}

}  // namespace

TEST_CASE("one line a run, and exit codes for timers") {
  PublishedSite blog;
  const std::vector<std::string> command = blog.command();
  Run done = run(command);
  CHECK(done.exit == 0);
  CHECK(done.output ==
        "likes refresh: published the new build of " + blog.site().string() + " with 3 pages\n");
  done = run(command);
  CHECK(done.exit == 0);
  CHECK(done.output == "likes refresh: nothing new\n");
  {
    const likes::Descriptor other(::open((blog.folder() / "lock").c_str(), O_RDWR | O_CLOEXEC));
    REQUIRE(::flock(other.get(), LOCK_EX | LOCK_NB) == 0);
    done = run(command);
    CHECK(done.exit == 75);
    CHECK(done.output == "likes refresh: another run is at work on " + blog.link().string() + "\n");
  }
  blog.set_away(true);
  CHECK(run(command).exit == 1);
  CHECK(run(command, {"--stale-ok"}).exit == 0);
}

TEST_CASE("pages that wait for hugo are printed") {
  PublishedSite blog;
  blog.dir.write("public/index.html", "<ol data-likes-list=2 data-likes-drawn=b></ol>");
  const Run done = run(blog.command());
  CHECK(done.exit == 0);
  CHECK_THAT(done.output,
             Catch::Matchers::EndsWith("; hugo has to draw 1 page anew\nindex.html\n"));
}

TEST_CASE("wrong words are usage errors") {
  PublishedSite blog;
  struct Case {
    std::vector<std::string> words;
    std::string message;
  };
  const std::vector<std::string> whole = {"--from", "http://localhost", "--site",
                                          "a",      "--publish",        "b"};
  const auto with = [&](const std::string& option, const std::string& value) {
    std::vector<std::string> words = whole;
    words.insert(words.end(), {option, value});
    return words;
  };
  const Case cases[] = {
      {{}, "wanted --from URL"},
      {{"--from", "http://localhost"}, "wanted --site PUBLIC"},
      {{"--from", "http://localhost", "--site", "a"}, "wanted --publish LINK"},
      {with("--keep", "0"), "found --keep 0, wanted a number from 1 to 100"},
      {with("--keep", "101"), "found --keep 101, wanted a number from 1 to 100"},
      {with("--watch", "0"), "found --watch 0, wanted seconds from 1 to 86400"},
      {with("--watch", "86401"), "found --watch 86401, wanted seconds from 1 to 86400"},
      {with("--rebuild-every", "often"),
       "found --rebuild-every often, wanted a time as 90s, 5m or 1h"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.message) {
      const Run done = run({LIKES_PROGRAM, "refresh"}, c.words);
      CHECK(done.exit == 2);
      CHECK(done.output == "likes refresh: " + c.message + "\nTry: likes refresh --help\n");
    }
  }
}

TEST_CASE("watching goes on until a signal") {
  PublishedSite blog;
  std::vector<std::string> command = blog.command();
  command.insert(command.end(),
                 {"--watch", "1", "--after", "touch " + blog.dir.path().string() + "/after"});
  const int signal = GENERATE(SIGTERM, SIGINT);
  Process process(command);
  process.wait_for_line("published the new build");
  blog.set_likes({{"a", 7}, {"b", 1}});
  process.wait_for_line("published new numbers on 2 pages");
  process.signal(signal);
  CHECK(process.wait() == 0);
  CHECK_THAT(blog.shown("a/index.html"), Catch::Matchers::EndsWith(">7</b>\n"));
}

TEST_CASE("a signal while a command runs ends both, and the site is whole") {
  PublishedSite blog;
  std::vector<std::string> command = blog.command();
  command.insert(command.end(), {"--before", "echo waiting; exec sleep 1000"});
  Process process(command);
  process.wait_for_line("waiting");
  process.signal(SIGTERM);
  CHECK(process.wait() == 1);
  CHECK_FALSE(fs::exists(blog.link()));
  CHECK(run(blog.command()).exit == 0);
  CHECK(fs::exists(blog.link() / "index.html"));
}

TEST_CASE("killed at any moment, readers have the old site or the new one") {
  constexpr int kPages = 60;
  PublishedSite blog;
  for (int i = 0; i < kPages; ++i) {
    blog.dir.write("public/many/" + std::to_string(i) + ".html", PublishedSite::page_of("a"));
  }
  const auto whole = [&](int likes) {
    auto tree = tree_bytes(blog.site());
    for (auto& [name, bytes] : tree) {
      for (std::size_t at = 0; (at = bytes.find(">0<", at)) != std::string::npos; ++at) {
        const bool is_a = bytes.compare(at - 2, 2, "a\"") == 0;
        bytes.replace(at + 1, 1, is_a ? std::to_string(likes) : "1");
      }
    }
    return tree;
  };
  const std::vector<std::string> command = blog.command();
  REQUIRE(run_to_end(command) == 0);
  RandomKills kills(20261124);
  int likes = 1;
  for (int run = 0; run < kill_runs(); ++run) {
    CAPTURE(run);
    const auto old_tree = whole(likes);
    blog.set_likes({{"a", ++likes}, {"b", 1}});
    if (run % 5 == 0) {  // a new build, as well
      blog.dir.write("public/style.css", "p {} /* " + std::to_string(run) + " */");
    }
    auto new_tree = whole(likes);
    auto old_here = old_tree;
    if (run % 5 == 0) {
      old_here.at("style.css") = run == 0 ? "p {}" : "p {} /* " + std::to_string(run - 5) + " */";
    }
    kills.run(command);
    const auto found = tree_bytes(fs::canonical(blog.link()));
    REQUIRE((found == old_here || found == new_tree));
    REQUIRE(run_to_end(command) == 0);
    REQUIRE(tree_bytes(fs::canonical(blog.link())) == new_tree);
    REQUIRE(blog.generations().size() <= 3);
  }
  CHECK(kills.killed() > kill_runs() / 4);  // or nothing was tested
}

TEST_CASE("a full disk leaves the published site as it was") {
  PublishedSite blog;
  blog.dir.write("public/large.css", std::string(300'000, 'x'));
  fs::create_directories(blog.dir.path() / "www");
  bool mounted = false;
  likes::Result<likes::refresh::Refreshed> first = likes::refresh::Refreshed{};
  likes::Result<likes::refresh::Refreshed> second = likes::refresh::Refreshed{};
  std::map<std::string, std::string> before;
  std::map<std::string, std::string> after;
  // A thread of its own can have mounts of its own, which end with it.
  std::thread([&] {
    mounted = ::unshare(CLONE_FS) == 0 && ::unshare(CLONE_NEWNS) == 0 &&
              ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
              ::mount("none", (blog.dir.path() / "www").c_str(), "tmpfs", 0, "size=500k") == 0;
    if (mounted) {
      first = likes::refresh::refresh(blog.options(), 0);
      before = tree_bytes(fs::canonical(blog.link()));
      blog.dir.write("public/large.css", std::string(300'000, 'y'));
      second = likes::refresh::refresh(blog.options(), 0);
      after = tree_bytes(fs::canonical(blog.link()));
    }
  }).join();
  if (!mounted) {
    WARN("not tested: a small disk can be mounted by root only. Run this test as root.");
    return;
  }
  REQUIRE(first);
  REQUIRE_FALSE(second);
  CHECK_THAT(second.error().to_string(),
             Catch::Matchers::EndsWith("large.css: cannot copy: No space left on device"));
  CHECK(before.at("large.css").front() == 'x');
  CHECK(after == before);
}
