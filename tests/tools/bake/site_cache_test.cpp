#include "tools/bake/site_cache.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"
#include "tests/tools/bake/site_support.h"
#include "tools/bake/bake_site.h"

namespace fs = std::filesystem;
using likes::bake::bake_site;
using likes::bake::BakedSite;
using likes::bake::Coding;
using likes::testing::file_bytes;
using likes::testing::likes_of;
using likes::testing::settle;
using likes::testing::TempDir;
using likes::testing::tree_bytes;

namespace {

std::string page_showing(const std::string& key, int digit) {
  return "<p><b data-likes-count=\"" + key + "\">" + std::to_string(digit) + "</b></p>\n";
}

void write(const fs::path& file, const std::string& bytes) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
}

/// Writes into the same file with the same size and sets its time of modification back.
void write_unseen(const fs::path& file, const std::string& bytes) {
  struct stat before = {};
  REQUIRE(::stat(file.c_str(), &before) == 0);
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
  REQUIRE(::pwrite(descriptor, bytes.data(), bytes.size(), 0) ==
          static_cast<ssize_t>(bytes.size()));
  const std::array<timespec, 2> times = {before.st_atim, before.st_mtim};
  REQUIRE(::futimens(descriptor, times.data()) == 0);
  ::close(descriptor);
}

/// Does something to the same file of two sites, or to the cache.
class Mischief {
 public:
  Mischief(fs::path cached, fs::path plain, fs::path cache)
      : sites_{std::move(cached), std::move(plain)}, cache_(std::move(cache)) {}

  void happen(std::mt19937& random) {
    const auto pick = [&random](int below) {
      return std::uniform_int_distribution<int>(0, below - 1)(random);
    };
    const std::string folder = "f" + std::to_string(pick(4));
    const std::string name = folder + "/p" + std::to_string(pick(4)) + ".html";
    const std::string page = page_showing("k" + std::to_string(pick(4)), pick(10));
    const int what = pick(20);  // Mostly nothing: there is to be a cache to speak of.
    for (const fs::path& site : sites_) {
      const fs::path file = site / name;
      const bool exists = fs::exists(file);
      switch (what) {
        case 0:
          write(file, page);
          break;
        case 1:
          if (exists && file_bytes(file).size() == page.size()) {
            write_unseen(file, page);
          }
          break;
        case 2:
          fs::remove(file);
          break;
        case 3:
          if (exists) {
            fs::rename(file, site / folder / "moved.html");
          }
          break;
        case 4:
          write(site / (name + ".gz"), "stale");
          break;
        case 5:
          fs::remove(site / (name + ".gz"));
          break;
        case 6:
          write(file, page + page_showing("k0", 3) + "<i data-likes-count=k1><b></b></i>");
          break;
        default:
          break;
      }
    }
    if (what == 7) {
      fs::remove_all(cache_);
    } else if (what == 8) {
      damage_cache(random);
    }
  }

 private:
  void damage_cache(std::mt19937& random) const {
    for (const fs::directory_entry& entry : fs::directory_iterator(cache_)) {
      std::string bytes = file_bytes(entry.path());
      bytes[random() % bytes.size()] ^= 1;
      bytes.resize(random() % 2 == 0 ? bytes.size() : random() % bytes.size());
      write(entry.path(), bytes);
    }
  }

  std::vector<fs::path> sites_;
  fs::path cache_;
};

}  // namespace

TEST_CASE("with the cache only changed pages are read, and it is written only with news") {
  const TempDir dir;
  const fs::path site = dir.path() / "site";
  const likes::bake::BakeOptions options = {{}, true, dir.path() / "cache"};
  for (const char* name : {"a", "b", "c"}) {
    write(site / name / "index.html", page_showing(name, 0));
    write(site / name / "index.html.gz", "stale");
    write(site / name / "none.html", "<p>nothing</p>");
  }
  settle(site);
  const auto run = [&](std::int64_t a) {
    const likes::Result<BakedSite> baked = bake_site(site, likes_of({{"a", a}, {"b", 2}}), options);
    REQUIRE(baked);
    CHECK(baked->pages == 6);
    CHECK(baked->counts == 3);
    CHECK(baked->unknown == 1);
    CHECK(baked->problems.empty());
    settle(site);
    return *baked;
  };
  CHECK(run(1).read == 6);
  run(1);  // What had just been written could not be trusted.
  const fs::path cache = likes::bake::site_cache_file(options.cache, site);
  run(1);
  const auto written = fs::last_write_time(cache);
  CHECK(run(1).read == 0);
  CHECK(fs::last_write_time(cache) == written);

  const BakedSite one = run(7);
  CHECK(one.read == 1);
  CHECK(one.changed == 1);
  CHECK(file_bytes(site / "a/index.html") == page_showing("a", 7));

  run(7);
  write_unseen(site / "b/index.html", page_showing("b", 9));
  const BakedSite touched = run(7);
  CHECK(touched.read == 1);
  CHECK(touched.changed == 1);
  CHECK(file_bytes(site / "b/index.html") == page_showing("b", 2));

  run(7);
  fs::remove(cache);
  CHECK(run(7).read == 6);
}

TEST_CASE("whatever happens to files and cache, a run with the cache does what one without does") {
  const TempDir dir;
  const fs::path cached = dir.path() / "cached";
  const fs::path plain = dir.path() / "plain";
  const fs::path cache = dir.path() / "cache";
  fs::create_directories(cached);
  fs::create_directories(plain);
  std::mt19937 random(20261121);  // fixed, so that a failure comes again
  std::size_t pages = 0;
  std::size_t read = 0;
  for (int round = 0; round < 250; ++round) {
    Mischief mischief(cached, plain, cache);
    for (std::size_t i = random() % 3; i > 0; --i) {
      fs::create_directories(cache);
      mischief.happen(random);
    }
    const likes::formats::LikeCounts counts =
        likes_of({{"k0", random() % 3}, {"k1", random() % 9 / 8}, {"k2", 5}});
    const likes::Result<BakedSite> with = bake_site(cached, counts, {{}, true, cache});
    const likes::Result<BakedSite> without = bake_site(plain, counts);
    CAPTURE(round);
    REQUIRE(with);
    REQUIRE(without);
    REQUIRE(tree_bytes(cached) == tree_bytes(plain));
    REQUIRE(with->pages == without->pages);
    REQUIRE(with->changed == without->changed);
    REQUIRE(with->counts == without->counts);
    REQUIRE(with->unknown == without->unknown);
    REQUIRE(with->problems.size() == without->problems.size());
    pages += with->pages;
    read += with->read;
    settle(cached);
  }
  CHECK(pages > 500);
  CHECK(read < pages * 3 / 4);  // or the cache would not have been tested
}

TEST_CASE("a cache that cannot be written changes nothing") {
  const TempDir dir;
  const fs::path page = dir.write("site/index.html", page_showing("a", 0));
  const fs::path no_folder = dir.write("file", "");
  const likes::Result<BakedSite> baked =
      bake_site(dir.path() / "site", likes_of({{"a", 4}}), {{}, true, no_folder / "cache"});
  REQUIRE(baked);
  CHECK(baked->problems.empty());
  CHECK(file_bytes(page) == page_showing("a", 4));
}

TEST_CASE("the caches of sites that are gone are removed") {
  const TempDir dir;
  const fs::path cache = dir.path() / "cache";
  for (const char* name : {"one", "two"}) {
    fs::remove_all(dir.path() / "one");
    write(dir.path() / name / "index.html", page_showing("a", 0));
    REQUIRE(bake_site(dir.path() / name, likes_of({{"a", 4}}), {{}, true, cache}));
    CHECK(fs::exists(likes::bake::site_cache_file(cache, dir.path() / name)));
    CHECK(std::distance(fs::directory_iterator(cache), {}) == 1);
  }
}
