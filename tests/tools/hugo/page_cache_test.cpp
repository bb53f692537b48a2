#include "tools/hugo/page_cache.h"

#include <filesystem>

#include "tests/support/catch.h"
#include "tests/support/settle.h"
#include "tests/support/temp_dir.h"

namespace likes::hugo {
namespace {

using testing::settle;
using testing::TempDir;

/// A site of one file, and the page that is made of it.
struct Site {
  Site() {
    page.source.place = dir.write("site/a.md", "one").string();
    page.title = "title";
    settle(dir.path());
  }

  [[nodiscard]] std::filesystem::path folder() const { return dir.path() / "site"; }

  /// Enters a world, and leaves the page there where it is not known.
  bool knows(const std::string& world) const {
    PageCache cache(dir.path() / "cache", folder());
    cache.enter(world);
    const Stamp stamp = PageCache::stamp(page.source);
    const std::unique_ptr<Page> found = cache.find(page.source, stamp);
    CHECK((found == nullptr || found->title == "title"));
    if (found == nullptr) {
      cache.keep(page, stamp);
    }
    cache.save();
    return found != nullptr;
  }

  TempDir dir;
  Page page;
};

TEST_CASE("a page is known while its file stays as it is") {
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

TEST_CASE("each language has its own page") {
  Site site;
  CHECK_FALSE(site.knows("world"));
  site.page.source.language = 1;
  CHECK_FALSE(site.knows("world"));
}

TEST_CASE("a file that has just been written is not trusted") {
  const Site site;
  PageCache cache(site.dir.path() / "cache", site.folder());
  cache.enter("world");
  Stamp stamp = PageCache::stamp(site.page.source);
  stamp.modified_ns = stamp.changed_ns += 3'600'000'000'000;
  cache.keep(site.page, stamp);
  CHECK(cache.find(site.page.source, stamp) == nullptr);
  cache.save();
  PageCache later(site.dir.path() / "cache", site.folder());
  later.enter("world");
  CHECK(later.find(site.page.source, stamp) == nullptr);
}

TEST_CASE("a page that is no longer met is forgotten, and a file without news stays as it is") {
  Site site;
  const std::filesystem::path file = site.dir.path() / "cache";
  CHECK_FALSE(site.knows("world"));
  const std::filesystem::file_time_type before = std::filesystem::last_write_time(file);
  CHECK(site.knows("world"));
  CHECK(std::filesystem::last_write_time(file) == before);
  {
    PageCache cache(file, site.folder());
    cache.enter("world");
    cache.save();
  }
  CHECK_FALSE(site.knows("world"));
}

}  // namespace
}  // namespace likes::hugo
