#include "tools/support/stamped_cache.h"

#include <filesystem>
#include <string>

#include "tests/support/catch.h"
#include "tests/support/settle.h"
#include "tests/support/temp_dir.h"

namespace fs = std::filesystem;
using likes::Stamp;
using likes::StampedCache;
using likes::testing::settle;
using likes::testing::TempDir;

namespace {

constexpr std::string_view kMagic = "test cache 1\n";

/// A site of one file.
struct Site {
  Site() { settle(dir.path()); }

  /// Enters a world and leaves there what is made of the file, where it is not known.
  [[nodiscard]] bool knows(const std::string& world) const {
    StampedCache cache(dir.path() / "cache", kMagic, folder());
    cache.enter(world);
    const Stamp stamp = StampedCache::stamp(file);
    const std::optional<std::string_view> found = cache.find("key", stamp);
    CHECK((!found || *found == "made"));
    if (!found) {
      cache.keep("key", stamp, "made");
    }
    cache.save();
    return found.has_value();
  }

  [[nodiscard]] fs::path folder() const { return dir.path() / "site"; }

  TempDir dir;
  fs::path file = dir.write("site/a.md", "one");
};

}  // namespace

TEST_CASE("what was made of a file is known while it stays as it is") {
  const Site site;
  CHECK_FALSE(site.knows("world"));
  CHECK(site.knows("world"));
  site.dir.write("site/a.md", "two");
  settle(site.folder());
  CHECK_FALSE(site.knows("world"));
  CHECK(site.knows("world"));
}

TEST_CASE("nothing is known in another world") {
  const Site site;
  CHECK_FALSE(site.knows("world"));
  CHECK_FALSE(site.knows("other world"));
  CHECK_FALSE(site.knows("world"));
}

TEST_CASE("a file that has just been written, or that is not there, is not trusted") {
  const Site site;
  Stamp just_now = StampedCache::stamp(site.file);
  just_now.modified_ns = just_now.changed_ns += 3'600'000'000'000;
  for (const Stamp& stamp : {just_now, StampedCache::stamp(site.folder() / "none")}) {
    {
      StampedCache cache(site.dir.path() / "cache", kMagic, site.folder());
      cache.enter("world");
      cache.keep("key", stamp, "made");
      cache.save();
    }
    StampedCache later(site.dir.path() / "cache", kMagic, site.folder());
    later.enter("world");
    CHECK_FALSE(later.find("key", stamp));
  }
}

TEST_CASE("what is no longer met is forgotten, and a file without news stays as it is") {
  const Site site;
  const fs::path file = site.dir.path() / "cache";
  CHECK_FALSE(site.knows("world"));
  const fs::file_time_type before = fs::last_write_time(file);
  CHECK(site.knows("world"));
  CHECK(fs::last_write_time(file) == before);
  {
    StampedCache cache(file, kMagic, site.folder());
    cache.enter("world");
    cache.save();
  }
  CHECK_FALSE(site.knows("world"));
}

TEST_CASE("a cache may go before it has been entered") {
  const Site site;
  CHECK_FALSE(site.knows("world"));
  { const StampedCache cache(site.dir.path() / "cache", kMagic, site.folder()); }
  CHECK(site.knows("world"));
}
