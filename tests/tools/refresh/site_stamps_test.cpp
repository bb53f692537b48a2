#include "tools/refresh/site_stamps.h"

#include <optional>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"
#include "tests/tools/bake/site_support.h"

namespace fs = std::filesystem;
using likes::Result;
using likes::refresh::SiteStamps;
using likes::testing::TempDir;

TEST_CASE("stamps hold until something changes, whatever it is") {
  const TempDir dir;
  const fs::path site = dir.path() / "site";
  dir.write("site/a/index.html", "one");
  dir.write("site/odd name\n%/x.css", "p {}");
  fs::create_symlink("a", site / "link");
  likes::testing::settle(site);
  const Result<SiteStamps> stamps = SiteStamps::take(site);
  REQUIRE(stamps);
  CHECK(stamps->still_hold(site));
  CHECK(stamps->name() == SiteStamps::take(site)->name());
  CHECK(stamps->name() == SiteStamps::take(site.string() + "/")->name());

  const fs::path file = dir.path() / "stamps";
  REQUIRE(stamps->save(file));
  const std::optional<SiteStamps> loaded = SiteStamps::load(file);
  REQUIRE(loaded);
  CHECK(loaded->name() == stamps->name());
  CHECK(loaded->still_hold(site));

  SECTION("bytes") {
    dir.write("site/a/index.html", "two");
  }
  SECTION("a name") {
    fs::rename(site / "a/index.html", site / "a/other.html");
  }
  SECTION("a new file") {
    dir.write("site/odd name\n%/y.css", "");
  }
  SECTION("a link's target") {
    fs::remove(site / "link");
    fs::create_symlink("b", site / "link");
  }
  SECTION("permissions") {
    fs::permissions(site / "a/index.html", fs::perms::owner_read);
  }
  SECTION("a time that was set back") {
    const auto time = fs::last_write_time(site / "a/index.html");
    dir.write("site/a/index.html", "two");
    fs::last_write_time(site / "a/index.html", time);
  }
  SECTION("everything") {
    fs::remove_all(site);
  }
  CHECK_FALSE(loaded->still_hold(site));
}

TEST_CASE("stamps that are no stamps are none") {
  const TempDir dir;
  CHECK_FALSE(SiteStamps::load(dir.path() / "nothing"));
  CHECK_FALSE(SiteStamps::load(dir.write("other", "something else")));
  dir.write("site/index.html", "");
  REQUIRE(SiteStamps::take(dir.path() / "site")->save(dir.path() / "stamps"));
  const std::string whole = likes::testing::file_bytes(dir.path() / "stamps");
  CHECK_FALSE(SiteStamps::load(dir.write("half", whole.substr(0, whole.size() - 3))));
  CHECK_FALSE(SiteStamps::take(dir.path() / "nowhere"));
}
