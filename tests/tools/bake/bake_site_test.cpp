#include "tools/bake/bake_site.h"

#include <filesystem>
#include <string>

#include "tests/support/catch.h"
#include "tests/support/golden.h"
#include "tests/support/temp_dir.h"
#include "tests/tools/bake/site_support.h"
#include "tools/bake/compression.h"
#include "tools/html/page_file.h"

namespace fs = std::filesystem;
using likes::bake::bake_site;
using likes::bake::BakedSite;
using likes::bake::Coding;
using likes::formats::LikeCounts;
using likes::testing::file_bytes;
using likes::testing::TempDir;
using likes::testing::tree_bytes;

namespace {

constexpr const char* kPage = "<p><b data-likes-count=\"posts/a\">1</b></p>\n";

LikeCounts likes_of_a(std::int64_t total) {
  LikeCounts counts;
  counts.likes["posts/a"] = {total, {}};
  return counts;
}

}  // namespace

TEST_CASE("every page below the site is baked, and nothing else is touched") {
  const TempDir site;
  const fs::path deep = site.write("posts/a/index.html", kPage);
  const fs::path other_case = site.write("old.HTM", kPage);
  const fs::path text = site.write("notes.txt", kPage);
  const fs::path plain = site.write("plain.html", "<p>nothing</p>");
  const auto plain_time = fs::last_write_time(plain);

  const likes::Result<BakedSite> baked = bake_site(site.path(), likes_of_a(5));
  REQUIRE(baked);
  CHECK(baked->pages == 3);
  CHECK(baked->changed == 2);
  CHECK(baked->counts == 2);
  CHECK(baked->problems.empty());
  CHECK(file_bytes(deep) == "<p><b data-likes-count=\"posts/a\">5</b></p>\n");
  CHECK(file_bytes(other_case) == file_bytes(deep));
  CHECK(file_bytes(text) == kPage);
  CHECK(fs::last_write_time(plain) == plain_time);

  const likes::Result<BakedSite> again = bake_site(site.path(), likes_of_a(5));
  REQUIRE(again);
  CHECK(again->changed == 0);
}

TEST_CASE("links are not followed out of the site") {
  const TempDir site;
  const TempDir elsewhere;
  const fs::path target = elsewhere.write("index.html", kPage);
  fs::create_symlink(target, site.path() / "link.html");
  fs::create_directory_symlink(elsewhere.path(), site.path() / "folder");
  const likes::Result<BakedSite> baked = bake_site(site.path(), likes_of_a(5));
  REQUIRE(baked);
  CHECK(baked->pages == 0);
  CHECK(file_bytes(target) == kPage);
}

TEST_CASE("a page in another encoding is told and left alone") {
  const TempDir site;
  const std::string latin1 = std::string("<p>caf\xE9 ") + kPage;
  const fs::path page = site.write("index.html", latin1);
  const fs::path good = site.write("posts/index.html", kPage);
  const likes::Result<BakedSite> baked = bake_site(site.path(), likes_of_a(5));
  REQUIRE(baked);
  REQUIRE(baked->problems.size() == 1);
  CHECK(baked->problems.front().to_string() ==
        page.string() + ": is not UTF-8; its counts are left as they are");
  CHECK(file_bytes(page) == latin1);
  CHECK(file_bytes(good) != kPage);
}

TEST_CASE("a site that is not there is an error") {
  const TempDir dir;
  const likes::Result<BakedSite> baked = bake_site(dir.path() / "public", likes_of_a(5));
  REQUIRE_FALSE(baked);
  CHECK(baked.error().to_string() == (dir.path() / "public").string() +
                                         ": cannot read the built site: No such file or directory");
}

TEST_CASE("feeds are baked with the pages") {
  const TempDir site;
  const fs::path rss = site.write(
      "index.xml", "<d>&lt;b data-likes-count=&#34;posts/a&#34;&gt;1&lt;/b&gt; &amp;</d>");
  const fs::path json =
      site.write("feed.json", R"(["\u003cb data-likes-count=\"posts/a\"\u003e1\u003c/b\u003e"])");
  REQUIRE(bake_site(site.path(), likes_of_a(5)));
  CHECK(file_bytes(rss) == "<d>&lt;b data-likes-count=&#34;posts/a&#34;&gt;5&lt;/b&gt; &amp;</d>");
  CHECK(file_bytes(json) == R"(["\u003cb data-likes-count=\"posts/a\"\u003e5\u003c/b\u003e"])");
}

TEST_CASE("compressed pages never stay behind their page") {
  const std::string old_page = kPage;
  const std::string new_page = "<p><b data-likes-count=\"posts/a\">5</b></p>\n";
  struct Case {
    const char* name;
    std::string page;
    Coding coding;
    std::string compressed;
    std::size_t changed;
  };
  const auto packed = [](Coding coding, const std::string& page) {
    return likes::bake::compress(coding, page).value();
  };
  const Case cases[] = {
      {"gzip", old_page, Coding::kGzip, packed(Coding::kGzip, old_page), 1},
      {"Brotli", old_page, Coding::kBrotli, packed(Coding::kBrotli, old_page), 1},
      {"left behind by a killed run", new_page, Coding::kGzip, packed(Coding::kGzip, old_page), 1},
      {"cut short", new_page, Coding::kBrotli, packed(Coding::kBrotli, new_page).substr(0, 9), 1},
      {"no gzip at all", new_page, Coding::kGzip, "text", 1},
      {"right already", new_page, Coding::kGzip, packed(Coding::kGzip, new_page), 0},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const TempDir site;
      const fs::path page = site.write("index.html", c.page);
      const fs::path compressed =
          site.write("index.html" + std::string(suffix_of(c.coding)), c.compressed);
      fs::permissions(compressed, fs::perms::owner_read | fs::perms::owner_write);
      const likes::Result<BakedSite> baked = bake_site(site.path(), likes_of_a(5));
      REQUIRE(baked);
      CHECK(baked->changed == c.changed);
      CHECK(baked->problems.empty());
      CHECK(file_bytes(page) == new_page);
      CHECK(decompresses_to(c.coding, file_bytes(compressed), new_page));
      CHECK(fs::status(compressed).permissions() ==
            (fs::perms::owner_read | fs::perms::owner_write));
      CHECK((c.changed == 0 || fs::last_write_time(compressed) == fs::last_write_time(page)));
    }
  }
}

TEST_CASE("compressed pages that cannot be made anew are removed once they are old") {
  const TempDir site;
  const fs::path page = site.write("index.html", kPage);
  const fs::path compressed = site.write("index.html.zst", "x");
  const fs::path out = site.path().string() + "-out";
  const likes::Result<BakedSite> anew = bake_site(site.path(), likes_of_a(5), {out, true, {}});
  REQUIRE(anew);
  CHECK(fs::exists(compressed));
  CHECK_FALSE(fs::exists(out / "index.html.zst"));
  fs::remove_all(out);

  const likes::Result<BakedSite> same = bake_site(site.path(), likes_of_a(1));
  REQUIRE(same);
  CHECK(same->problems.empty());
  CHECK(fs::exists(compressed));

  const likes::Result<BakedSite> baked = bake_site(site.path(), likes_of_a(5));
  REQUIRE(baked);
  REQUIRE(baked->problems.size() == 1);
  CHECK(baked->problems.front().to_string() ==
        compressed.string() +
            ": shows the old counts and cannot be written by this program; it is removed");
  CHECK_FALSE(fs::exists(compressed));
}

TEST_CASE("a page that only looks compressed, or has no marker, keeps its neighbours") {
  const TempDir site;
  const fs::path plain = site.write("plain.html", "<p>nothing</p>");
  const fs::path other = site.write("plain.html.gz", "something else");
  const fs::path alone = site.write("alone.html.gz", "something else");
  REQUIRE(bake_site(site.path(), likes_of_a(5)));
  CHECK(file_bytes(other) == "something else");
  CHECK(file_bytes(alone) == "something else");
}

TEST_CASE("a new tree has everything, and what is unchanged is the same file") {
  const TempDir dir;
  const fs::path page = dir.write("public/posts/a/index.html", kPage);
  const fs::path style = dir.write("public/css/style.css", "p {}");
  fs::create_directories(dir.path() / "public/empty");
  fs::create_symlink("css/style.css", dir.path() / "public/link.css");
  fs::permissions(page, fs::perms::owner_read | fs::perms::owner_write);
  const fs::path site = dir.path() / "public";
  const auto before = tree_bytes(site);
  auto expected = before;
  expected["posts/a/index.html"] = "<p><b data-likes-count=\"posts/a\">5</b></p>\n";
  for (const bool link : {true, false}) {
    DYNAMIC_SECTION((link ? "links" : "copies")) {
      const fs::path out = dir.path() / "deep" / "out/";
      const likes::Result<BakedSite> baked = bake_site(site, likes_of_a(5), {out, link, {}});
      REQUIRE(baked);
      CHECK(baked->changed == 1);
      CHECK(baked->problems.empty());
      CHECK(tree_bytes(out) == expected);
      CHECK(tree_bytes(site) == before);
      CHECK(fs::hard_link_count(out / "css/style.css") == (link ? 2 : 1));
      CHECK(fs::hard_link_count(out / "posts/a/index.html") == 1);
      CHECK(fs::last_write_time(out / "css/style.css") == fs::last_write_time(style));
      CHECK(fs::status(out / "posts/a/index.html").permissions() == fs::status(page).permissions());
      CHECK(std::distance(fs::directory_iterator(dir.path() / "deep"), {}) == 1);
    }
  }
}

TEST_CASE("a new tree of a site that nobody may write to can be written to") {
  const TempDir parent;
  const fs::path site = parent.write("site/posts/a/index.html", kPage).parent_path();
  const fs::perms read_only = fs::perms::owner_read | fs::perms::owner_exec;
  fs::permissions(site, read_only);
  fs::permissions(parent.path() / "site", read_only);

  const fs::path out = parent.path() / "out";
  REQUIRE(bake_site(parent.path() / "site", likes_of_a(5), {out, true, ""}));
  const fs::perms wanted = read_only | fs::perms::owner_write;
  CHECK(fs::status(out).permissions() == wanted);
  CHECK(fs::status(out / "posts/a").permissions() == wanted);
  CHECK(fs::status(site).permissions() == read_only);

  // For the folder to be removable.
  fs::permissions(site, wanted);
  fs::permissions(parent.path() / "site", wanted);
}

TEST_CASE("a chain of new trees gives what baking in place gives") {
  const TempDir dir;
  dir.write("0/a.html", kPage);
  dir.write("0/b.html", "<i data-likes-count=posts/b>0</i>");
  dir.write("plain/a.html", kPage);
  dir.write("plain/b.html", "<i data-likes-count=posts/b>0</i>");
  for (int i = 0; i < 5; ++i) {
    const LikeCounts counts = likes::testing::likes_of({{"posts/a", i / 2}, {"posts/b", 8 - i}});
    const fs::path from = dir.path() / std::to_string(i);
    const fs::path to = dir.path() / std::to_string(i + 1);
    REQUIRE(bake_site(from, counts, {to, true, dir.path() / "cache"}));
    REQUIRE(bake_site(dir.path() / "plain", counts));
    CHECK(tree_bytes(to) == tree_bytes(dir.path() / "plain"));
    fs::remove_all(from);
    likes::testing::settle(to);
  }
}

TEST_CASE("a new tree is refused where it would do harm") {
  const TempDir dir;
  dir.write("public/index.html", kPage);
  dir.write("used/index.html", kPage);
  fs::create_directories(dir.path() / "empty");
  struct Case {
    const char* name;
    const char* out;
    const char* message;
  };
  const Case cases[] = {
      {"the site itself", "public", "is in the site itself, wanted a folder elsewhere"},
      {"in the site", "public/out", "is in the site itself, wanted a folder elsewhere"},
      {"in the site, not so written", "used/../public/out",
       "is in the site itself, wanted a folder elsewhere"},
      {"in use", "used", "exists already, wanted a new or empty folder"},
      {"a file", "used/index.html", "exists already, wanted a new or empty folder"},
      {"empty", "empty", ""},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const auto before = tree_bytes(dir.path() / "public");
      const likes::Result<BakedSite> baked =
          bake_site(dir.path() / "public", likes_of_a(5), {dir.path() / c.out, true, {}});
      CHECK(tree_bytes(dir.path() / "public") == before);
      CHECK(baked.has_value() == std::string(c.message).empty());
      if (!baked) {
        CHECK(baked.error().to_string() == (dir.path() / c.out).string() + ": " + c.message);
      }
    }
  }
}

TEST_CASE("two runs do not meet in one site") {
  const TempDir site;
  const fs::path page = site.write("index.html", kPage);
  {
    const likes::Result<likes::bake::OpenFolder> other = likes::bake::OpenFolder::open(site.path());
    REQUIRE(other);
    REQUIRE(other->lock());
    const likes::Result<BakedSite> baked = bake_site(site.path(), likes_of_a(5));
    REQUIRE_FALSE(baked);
    CHECK(baked.error().to_string() ==
          site.path().string() + ": another likes bake is at work on it");
    CHECK(file_bytes(page) == kPage);
  }
  CHECK(bake_site(site.path(), likes_of_a(5)));
}

TEST_CASE("a page larger than the limit is told and left alone") {
  for (const bool too_large : {false, true}) {
    DYNAMIC_SECTION((too_large ? "one byte too many" : "as large as allowed")) {
      const TempDir site;
      std::string bytes = kPage;
      bytes.resize(likes::html::kMaxPageBytes + (too_large ? 1 : 0), ' ');
      const fs::path page = site.write("index.html", bytes);
      const likes::Result<BakedSite> baked = bake_site(site.path(), likes_of_a(5));
      REQUIRE(baked);
      CHECK(baked->changed == (too_large ? 0 : 1));
      REQUIRE(baked->problems.size() == (too_large ? 1 : 0));
      if (too_large) {
        CHECK(baked->problems.front().to_string() ==
              page.string() + ": is larger than the limit of 67108864 bytes");
      }
    }
  }
}

TEST_CASE("what a killed run left is removed, and a run without news writes nothing") {
  const TempDir site;
  site.write("index.html", kPage);
  site.write(".likes-bake/7", kPage);
  REQUIRE(bake_site(site.path(), likes_of_a(1)));
  CHECK_FALSE(fs::exists(site.path() / ".likes-bake"));
  const auto folder_time = fs::last_write_time(site.path());
  likes::testing::settle(site.path());
  REQUIRE(bake_site(site.path(), likes_of_a(1)));
  CHECK(fs::last_write_time(site.path()) == folder_time);
}
