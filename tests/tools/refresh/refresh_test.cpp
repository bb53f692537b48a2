#include "tools/refresh/refresh.h"

#include <fcntl.h>
#include <sys/file.h>

#include <fstream>
#include <string>

#include "tests/tools/refresh/published_site.h"
#include "tools/support/descriptor.h"

namespace fs = std::filesystem;
using likes::Result;
using likes::refresh::Outcome;
using likes::refresh::refresh;
using likes::refresh::Refreshed;
using likes::refresh::RefreshOptions;
using likes::testing::file_bytes;
using likes::testing::PublishedSite;
using likes::testing::tree_bytes;

namespace {

constexpr std::int64_t kNow = 1'795'200'000;

Refreshed run(const RefreshOptions& options, std::int64_t now = kNow) {
  Result<Refreshed> refreshed = refresh(options, now);
  if (!refreshed) {
    FAIL(refreshed.error().to_string());
  }
  return *std::move(refreshed);
}

std::string baked(const std::string& key, int likes) {
  return "<b data-likes-count=\"" + key + "\">" + std::to_string(likes) + "</b>\n";
}

/// Every file and link below a folder with what tells one state of it from the next.
std::map<std::string, fs::file_time_type> times_below(const fs::path& folder) {
  std::map<std::string, fs::file_time_type> times;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_symlink()) {
      times[entry.path().string()] = entry.last_write_time();
    }
  }
  return times;
}

}  // namespace

TEST_CASE("the first run publishes a copy of the site with the server's counts") {
  const PublishedSite blog;
  const auto before = tree_bytes(blog.site());
  const Refreshed done = run(blog.options());
  CHECK(done.outcome == Outcome::kPublished);
  CHECK(done.summary == "published the new build of " + blog.site().string() + " with 3 pages");
  CHECK(done.failures.empty());
  CHECK(done.warnings.empty());
  CHECK(fs::read_symlink(blog.link()) == "blog.likes/1");
  CHECK(blog.shown("index.html") == baked("a", 1) + baked("b", 1));
  CHECK(tree_bytes(blog.site()) == before);
  // hugo may write into its own files again.
  CHECK_FALSE(fs::equivalent(blog.link() / "style.css", blog.site() / "style.css"));
}

TEST_CASE("nothing is written when no number has changed that a page shows") {
  PublishedSite blog;
  run(blog.options());
  blog.set_likes({{"a", 1}, {"b", 1}, {"elsewhere", 5}});
  run(blog.options());  // the snapshot differs, the pages do not
  const auto before = times_below(blog.dir.path());
  const Refreshed done = run(blog.options());
  CHECK(done.outcome == Outcome::kNothingNew);
  CHECK(done.summary == "nothing new");
  CHECK(times_below(blog.dir.path()) == before);
  CHECK(fs::read_symlink(blog.link()) == "blog.likes/1");
}

TEST_CASE("new numbers come in a generation of their own, and old ones go in time") {
  PublishedSite blog;
  RefreshOptions options = blog.options();
  options.keep = 2;
  run(options);
  for (int likes = 2; likes < 9; ++likes) {
    CAPTURE(likes);
    const fs::path old = fs::canonical(blog.link());
    const auto old_tree = tree_bytes(old);
    blog.set_likes({{"a", likes}, {"b", 1}});
    const Refreshed done = run(options);
    CHECK(done.summary == "published new numbers on 2 pages");
    CHECK(fs::canonical(blog.link()) != old);
    CHECK(tree_bytes(old) == old_tree);  // for those who are still on it
    CHECK(blog.shown("a/index.html") == baked("a", likes));
    CHECK(blog.shown("b/index.html") == baked("b", 1));
    CHECK(blog.generations().size() == std::min<std::size_t>(static_cast<std::size_t>(likes), 3));
  }
  // Built by hard links and renames only: what is the same is there once.
  CHECK(fs::hard_link_count(blog.link() / "style.css") == 3);
}

TEST_CASE("whatever changes in the site is taken up") {
  PublishedSite blog;
  run(blog.options());
  SECTION("a picture") {
    blog.dir.write("public/style.css", "b {}");
  }
  SECTION("a new page") {
    blog.dir.write("public/c/index.html", "new");
  }
  SECTION("a page that is gone") {
    fs::remove_all(blog.site() / "b");
  }
  SECTION("a page written again with the same bytes") {
    blog.dir.write("public/a/index.html", PublishedSite::page_of("a"));
  }
  const Refreshed done = run(blog.options());
  CHECK(done.outcome == Outcome::kPublished);
  CHECK(fs::read_symlink(blog.link()) == "blog.likes/2");
  auto wanted = tree_bytes(blog.site());
  auto found = tree_bytes(blog.link());
  CHECK(found.at("a/index.html") == baked("a", 1));
  for (auto& [name, bytes] : wanted) {
    if (name.ends_with(".html") && name != "c/index.html") {
      bytes = found[name];
    }
  }
  CHECK(found == wanted);
  CHECK(run(blog.options()).outcome == Outcome::kNothingNew);
}

TEST_CASE("a page of two builds in a Nix store never has the same size and time") {
  PublishedSite blog;
  // Every file there is one second old, seen from 1970.
  const fs::file_time_type in_store =
      std::chrono::file_clock::from_sys(std::chrono::sys_seconds(std::chrono::seconds(1)));
  const fs::file_time_type ordinary = in_store + std::chrono::hours(24);
  fs::last_write_time(blog.site() / "a/index.html", ordinary);
  fs::last_write_time(blog.site() / "style.css", in_store);
  run(blog.options());
  CHECK(fs::last_write_time(blog.link() / "a/index.html") > ordinary);  // Its count was baked.
  const fs::file_time_type first = fs::last_write_time(blog.link() / "style.css");
  CHECK(first > ordinary);

  blog.set_likes({{"a", 2}, {"b", 1}});
  run(blog.options());
  CHECK(fs::last_write_time(blog.link() / "style.css") == first);

  blog.dir.write("public/style.css", "q {}");
  fs::last_write_time(blog.site() / "style.css", in_store);
  blog.dir.write("public/robots.txt", "");
  fs::last_write_time(blog.site() / "robots.txt", ordinary);
  run(blog.options());
  CHECK(fs::last_write_time(blog.link() / "style.css") > first);
  CHECK(fs::last_write_time(blog.link() / "robots.txt") == ordinary);
}

TEST_CASE("commands around the switch") {
  PublishedSite blog;
  run(blog.options());
  blog.set_likes({{"a", 2}, {"b", 1}});
  RefreshOptions options = blog.options();
  const std::string said = (blog.dir.path() / "said").string();
  SECTION("see the site before and after, and the pages that change") {
    options.before =
        "cat \"$LIKES_SITE/a/index.html\" " + blog.link().string() + "/a/index.html >" + said;
    options.after = "cat " + blog.link().string() + "/a/index.html \"$LIKES_PAGES\" >>" + said +
                    "; test -f \"$LIKES_COUNTS\"";
    const Refreshed done = run(options);
    CHECK(done.failures.empty());
    CHECK(file_bytes(said) ==
          baked("a", 2) + baked("a", 1) + baked("a", 2) + "index.html\na/index.html\n");
  }
  SECTION("before it, a failure keeps the old site") {
    options.before = "exit 3";
    options.after = "touch " + said;
    const Refreshed done = run(options);
    CHECK(done.outcome == Outcome::kNothingNew);
    CHECK(done.failures == std::vector<std::string>{"--before 'exit 3' ended with exit code 3"});
    CHECK(blog.shown("a/index.html") == baked("a", 1));
    CHECK_FALSE(fs::exists(said));
    options.before = "";
    CHECK(run(options).outcome == Outcome::kPublished);
    CHECK(blog.shown("a/index.html") == baked("a", 2));
  }
  SECTION("after it, a failure is told") {
    options.after = "kill -9 $$";
    const Refreshed done = run(options);
    CHECK(done.outcome == Outcome::kPublished);
    CHECK(done.failures ==
          std::vector<std::string>{"--after 'kill -9 $$' ended with signal 9 (Killed)"});
    CHECK(blog.shown("a/index.html") == baked("a", 2));
  }
}

TEST_CASE("a server that is away does not keep a new build waiting") {
  PublishedSite blog;
  RefreshOptions options = blog.options();
  SECTION("unless there have never been counts") {
    blog.set_away(true);
    const Result<Refreshed> refreshed = refresh(options, kNow);
    REQUIRE_FALSE(refreshed);
    CHECK_THAT(refreshed.error().message,
               Catch::Matchers::EndsWith("/api/likes answers with status 503, wanted 200"));
    CHECK_FALSE(fs::exists(blog.link()));
  }
  SECTION("and is a failure, or a warning") {
    run(options);
    blog.set_away(true);
    blog.dir.write("public/a/index.html", PublishedSite::page_of("a") + "new");
    options.stale_ok = GENERATE(false, true);
    const Refreshed done = run(options);
    CHECK(done.outcome == Outcome::kPublished);
    CHECK(blog.shown("a/index.html") == baked("a", 1) + "new");
    const std::vector<std::string>& told = options.stale_ok ? done.warnings : done.failures;
    REQUIRE(told.size() == 1);
    CHECK_THAT(told[0], Catch::Matchers::EndsWith("; going on with the counts of before"));
    CHECK(done.failures.size() + done.warnings.size() == 1);
  }
}

TEST_CASE("two runs at once are kept apart") {
  const PublishedSite blog;
  run(blog.options());
  const likes::Descriptor other(::open((blog.folder() / "lock").c_str(), O_RDWR | O_CLOEXEC));
  REQUIRE(::flock(other.get(), LOCK_EX | LOCK_NB) == 0);
  const Refreshed done = run(blog.options());
  CHECK(done.outcome == Outcome::kBusy);
  CHECK(done.summary == "another run is at work on " + blog.link().string());
}

TEST_CASE("a list that hugo would draw differently") {
  PublishedSite blog;
  const auto list = [&](const std::string& drawn) {
    return "<ol data-likes-list=2 data-likes-drawn=\"" + drawn + "\"></ol>";
  };
  blog.dir.write("public/index.html", list("a b"));
  RefreshOptions options = blog.options();
  run(options);
  blog.set_likes({{"a", 1}, {"b", 2}});
  const std::string page = (blog.site() / "index.html").string();
  SECTION("is told where nobody can build the site") {
    const Refreshed done = run(options);
    CHECK(done.redraws == std::vector<std::string>{"index.html"});
    CHECK(done.summary == "published new numbers on 1 page; hugo has to draw 1 page anew");
    const Refreshed again = run(options);
    CHECK(again.summary == "nothing new; hugo has to draw 1 page anew");
  }
  SECTION("is drawn by the command, which knows the pages and the counts") {
    options.rebuild = "cp \"$LIKES_PAGES\" " + (blog.dir.path() / "pages").string() +
                      " && grep -q '\"b\":{\"total\":2' \"$LIKES_COUNTS\" && printf '%s' '" +
                      list("b a") + "' >" + page;
    const Refreshed done = run(options);
    CHECK(done.failures.empty());
    CHECK(done.redraws.empty());
    CHECK(done.summary == "published new numbers on 1 page, then the new build of " +
                              blog.site().string() + " with 3 pages");
    CHECK(file_bytes(blog.dir.path() / "pages") == "index.html\n");
    CHECK(blog.shown("index.html") == list("b a"));
  }
  SECTION("makes the command run once in a while at most, with bakes in between") {
    const std::string runs = (blog.dir.path() / "runs").string();
    options.rebuild = "echo run >>" + runs + "; false";
    options.rebuild_every = 100;
    const Refreshed failed = run(options, kNow);
    CHECK(failed.outcome == Outcome::kPublished);
    CHECK(failed.failures.size() == 1);
    blog.set_likes({{"a", 1}, {"b", 3}});
    const Refreshed between = run(options, kNow + 99);
    CHECK(between.outcome == Outcome::kPublished);
    CHECK(between.failures.empty());
    CHECK(blog.shown("b/index.html") == baked("b", 3));
    CHECK(file_bytes(runs) == "run\n");
    run(options, kNow + 100);
    CHECK(file_bytes(runs) == "run\nrun\n");
  }
}

TEST_CASE("what was killed or damaged is made good") {
  PublishedSite blog;
  run(blog.options());
  blog.set_likes({{"a", 2}, {"b", 1}});
  SECTION("half of a copy") {
    fs::create_directories(blog.folder() / ".2.likes-bake/a");
    fs::create_directories(blog.folder() / "7/a");
  }
  SECTION("a state that is none") {
    std::ofstream(blog.folder() / "state.json") << "{\"generations\":[{\"name\":\"../..\"}, 5";
  }
  SECTION("a state that names what is not there") {
    std::ofstream(blog.folder() / "state.json")
        << R"({"generations":[{"name":"../..","build":"x"},{"name":"9","build":"x"}]})";
  }
  SECTION("no stamps") {
    fs::remove(blog.folder() / "site-stamps");
  }
  SECTION("stamps that are none") {
    std::ofstream(blog.folder() / "site-stamps") << "x";
  }
  SECTION("no cache") {
    fs::remove_all(blog.folder() / "cache");
  }
  SECTION("no counts") {
    fs::remove(blog.folder() / "likes.json");
  }
  SECTION("a link that points elsewhere") {
    fs::remove(blog.link());
    fs::create_directory_symlink(blog.site(), blog.link());
  }
  SECTION("a generation that somebody has removed") {
    fs::remove_all(blog.folder() / "1");
  }
  CHECK(run(blog.options()).outcome == Outcome::kPublished);
  CHECK(blog.shown("a/index.html") == baked("a", 2));
  CHECK(blog.shown("style.css") == "p {}");
  CHECK(blog.generations().size() <= 2);
  CHECK(run(blog.options()).outcome == Outcome::kNothingNew);
}

TEST_CASE("what cannot be published is refused, and the published site stays") {
  PublishedSite blog;
  RefreshOptions options = blog.options();
  std::string message;
  SECTION("a link that is a folder") {
    blog.dir.write("www/blog/index.html", "mine");
    message = blog.link().string() +
              ": is there and no symbolic link; wanted a name that is free or a link to switch";
  }
  SECTION("a site that is not there") {
    options.site = blog.dir.path() / "nowhere";
    message = options.site.string() + ": cannot read the built site: No such file or directory";
  }
  SECTION("a site without a page") {
    run(options);
    fs::remove_all(blog.site());
    fs::create_directories(blog.site());
    message = blog.site().string() + ": has no page, wanted a site that hugo has built";
  }
  const bool was_published = fs::is_symlink(blog.link());
  const Result<Refreshed> refreshed = refresh(options, kNow);
  REQUIRE_FALSE(refreshed);
  CHECK(refreshed.error().to_string() == message);
  if (was_published) {
    CHECK(blog.shown("a/index.html") == baked("a", 1));
    CHECK(blog.generations() == std::set<std::string>{"1"});
  }
}
