// `likes bake` is killed, or the disk is full: real runs of the real program.

#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/random_kills.h"
#include "tests/support/temp_dir.h"
#include "tests/tools/bake/site_support.h"
#include "tools/bake/bake_site.h"
#include "tools/bake/compression.h"

namespace fs = std::filesystem;
using likes::bake::bake_site;
using likes::bake::Coding;
using likes::testing::kill_runs;
using likes::testing::likes_of;
using likes::testing::RandomKills;
using likes::testing::run_to_end;
using likes::testing::TempDir;
using likes::testing::tree_bytes;

namespace {

using Tree = std::map<std::string, std::string>;

constexpr int kPages = 120;

/// A site of pages that differ in length, some with their compressed form.
void make_site(const fs::path& site) {
  for (int i = 0; i < kPages; ++i) {
    const fs::path folder = site / ("post-" + std::to_string(i));
    fs::create_directories(folder);
    std::string page =
        "<!doctype html><b data-likes-count=\"posts/" + std::to_string(i % 7) + "\">0</b>";
    page.append(static_cast<std::size_t>(i) * 100, 'x');
    std::ofstream(folder / "index.html") << page;
    if (i % 3 == 0) {
      std::ofstream(folder / "index.html.gz")
          << likes::bake::compress(Coding::kGzip, page).value_or("");
    }
  }
  std::ofstream(site / "style.css") << "p {}";
}

likes::formats::LikeCounts counts_of(std::int64_t base) {
  likes::formats::LikeCounts counts;
  for (int i = 0; i < 7; ++i) {
    counts.likes["posts/" + std::to_string(i)].total = base + i;
  }
  return counts;
}

/// Every file is that of one of the two trees, and none is missing.
void check_whole(const Tree& tree, const Tree& one, const Tree& other) {
  for (const auto& [name, bytes] : one) {
    const auto found = tree.find(name);
    REQUIRE(found != tree.end());
    if (found->second != bytes && found->second != other.at(name)) {
      FAIL(name << " is neither old nor new");
    }
  }
}

/// Two states of a site, and the files to bake either.
struct Fixture {
  Fixture() {
    make_site(old_site());
    fs::copy(old_site(), new_site(), fs::copy_options::recursive);
    fs::copy(old_site(), site(), fs::copy_options::recursive);
    for (const auto& [state, base] : {std::pair(old_site(), 10), std::pair(new_site(), 9000)}) {
      const likes::formats::LikeCounts counts = counts_of(base);
      REQUIRE(bake_site(state, counts));
      std::ofstream(state.string() + ".json") << likes::formats::write_like_counts(counts);
    }
    old_tree = tree_bytes(old_site());
    new_tree = tree_bytes(new_site());
  }

  [[nodiscard]] fs::path site() const { return dir.path() / "site"; }
  [[nodiscard]] fs::path out() const { return dir.path() / "out"; }
  [[nodiscard]] fs::path old_site() const { return dir.path() / "old"; }
  [[nodiscard]] fs::path new_site() const { return dir.path() / "new"; }

  [[nodiscard]] std::vector<std::string> command(bool to_new, bool to_out) const {
    std::vector<std::string> words = {LIKES_PROGRAM,
                                      "bake",
                                      site(),
                                      "--likes",
                                      (to_new ? new_site() : old_site()).string() + ".json",
                                      "--cache",
                                      dir.path() / "cache"};
    if (to_out) {
      words.insert(words.end(), {"--out", out()});
    }
    return words;
  }

  TempDir dir;
  Tree old_tree;
  Tree new_tree;
};

}  // namespace

TEST_CASE("killed at any moment, pages are old or new, and the next run finishes") {
  Fixture fixture;
  const auto finish = [&](bool to_new, bool to_out) {
    REQUIRE(run_to_end(fixture.command(to_new, to_out)) == 0);
  };
  finish(false, false);
  RandomKills kills(20261122);
  bool is_new = false;
  for (int run = 0; run < kill_runs(); ++run) {
    CAPTURE(run);
    is_new = !is_new;
    kills.run(fixture.command(is_new, false));
    check_whole(tree_bytes(fixture.site()), fixture.old_tree, fixture.new_tree);
    finish(is_new, false);
    REQUIRE(tree_bytes(fixture.site()) == (is_new ? fixture.new_tree : fixture.old_tree));
  }
  CHECK(kills.killed() > kill_runs() / 4);  // or nothing was tested
}

TEST_CASE("killed at any moment, a new tree is there whole or not at all") {
  Fixture fixture;
  const auto finish = [&](bool to_new) { REQUIRE(run_to_end(fixture.command(to_new, true)) == 0); };
  const Tree source = tree_bytes(fixture.site());
  RandomKills kills(20261123);
  for (int run = 0; run < kill_runs(); ++run) {
    CAPTURE(run);
    fs::remove_all(fixture.out());
    const bool was_killed = kills.run(fixture.command(true, true));
    if (fs::exists(fixture.out())) {
      REQUIRE(tree_bytes(fixture.out()) == fixture.new_tree);
    } else {
      REQUIRE(was_killed);
      finish(true);
      REQUIRE(tree_bytes(fixture.out()) == fixture.new_tree);
    }
    REQUIRE(tree_bytes(fixture.site()) == source);
    REQUIRE_FALSE(fs::exists(fixture.dir.path() / ".out.likes-bake"));
  }
  CHECK(kills.killed() > kill_runs() / 4);
}

TEST_CASE("a file that cannot be written whole leaves the site as it was") {
  // The limit is the process's own; the disk itself is not filled by this.
  Fixture fixture;
  const Tree before = tree_bytes(fixture.site());
  rlimit usual = {};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &usual) == 0);
  for (const fs::path& out : {fs::path(), fixture.out()}) {
    DYNAMIC_SECTION((out.empty() ? "in place" : "a new tree")) {
      const rlimit tight = {5000, usual.rlim_max};
      const sighandler_t handler = std::signal(SIGXFSZ, SIG_IGN);
      REQUIRE(::setrlimit(RLIMIT_FSIZE, &tight) == 0);
      const likes::Result<likes::bake::BakedSite> baked =
          bake_site(fixture.site(), counts_of(9000), {out, true, {}});
      REQUIRE(::setrlimit(RLIMIT_FSIZE, &usual) == 0);
      std::signal(SIGXFSZ, handler);
      REQUIRE_FALSE(baked);
      CHECK_THAT(
          baked.error().to_string(),
          Catch::Matchers::EndsWith("cannot write: File too large; no page has been changed"));
      CHECK(tree_bytes(fixture.site()) == before);
      CHECK_FALSE(fs::exists(fixture.out()));
      CHECK_FALSE(fs::exists(fixture.dir.path() / ".out.likes-bake"));
    }
  }
}

TEST_CASE("a full disk leaves the site as it was") {
  const TempDir dir;
  bool mounted = false;
  likes::Result<likes::bake::BakedSite> baked = likes::bake::BakedSite{};
  Tree before;
  Tree after;
  // A thread of its own can have mounts of its own, which end with it.
  std::thread([&] {
    mounted = ::unshare(CLONE_FS) == 0 && ::unshare(CLONE_NEWNS) == 0 &&
              ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
              ::mount("none", dir.path().c_str(), "tmpfs", 0, "size=1300k") == 0;
    if (mounted) {
      make_site(dir.path());
      before = tree_bytes(dir.path());
      baked = bake_site(dir.path(), counts_of(9000));
      after = tree_bytes(dir.path());
    }
  }).join();
  if (!mounted) {
    WARN("not tested: a small disk can be mounted by root only. Run this test as root.");
    return;
  }
  REQUIRE_FALSE(baked);
  CHECK_THAT(
      baked.error().to_string(),
      Catch::Matchers::EndsWith("cannot write: No space left on device; no page has been changed"));
  CHECK(before.size() > kPages);
  CHECK(after == before);
}
