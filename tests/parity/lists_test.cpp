#include <string>

#include "tests/parity/site_build.h"
#include "tests/support/catch.h"
#include "tests/support/golden.h"
#include "tools/bake/bake_site.h"
#include "tools/formats/posts_index.h"
#include "tools/support/utc_time.h"

using likes::formats::LikeCounts;
using likes::testing::SiteBuild;

namespace {

/// 2026-11-20, when the newest like came.
constexpr std::int64_t kNewest = 1'795'132'800;
static_assert(kNewest % 86400 == 0);

void fill(SiteBuild& site) {
  site.write("config.toml",
             "baseURL = 'https://example.org/'\ntheme = ['theme-overlay']\nthemesDir = '.'\n"
             "disableKinds = ['taxonomy', 'term', 'RSS', 'sitemap', 'section']\n"
             "defaultContentLanguageInSubdir = true\n"
             "[languages.en]\nweight = 1\n[languages.pl]\nweight = 2\n");
  site.write("layouts/_default/single.html", "<html><body>{{ .Content }}</body></html>");
  site.write("layouts/index.html", "<html><body>{{ .Content }}</body></html>");
  site.write("content/_index.md",
             "---\ntitle: home\n---\n"
             "{{< most-liked limit=\"3\" lang=\"all\" >}}\n"
             "{{< most-liked days=\"2\" lang=\"all\" >}}\n"
             "{{< most-liked section=\"notes\" >}}\n"
             "{{< most-liked lang=\"pl\" >}}\n"
             "{{< likes-trend page=\"all\" days=\"3\" >}}\n"
             "{{< likes-trend page=\"/posts/b\" days=\"2\" >}}\n");
  site.write("content/_index.pl.md", "---\ntitle: start\n---\n");
  for (const char* name : {"a", "b", "never"}) {
    site.write("content/posts/" + std::string(name) + ".md", "---\ntitle: x\n---\n");
  }
  site.write("content/notes/c.md", "---\ntitle: x\nlikes:\n  key: en/notes/c d\n---\n");
  site.write("content/posts/b.pl.md", "---\ntitle: x\n---\n");
}

LikeCounts some_likes() {
  LikeCounts counts;
  counts.newest = kNewest;
  counts.likes["en/posts/a"] = {5, {{"2026-11-01", 5}}};
  counts.likes["en/posts/b"] = {5, {{"2026-11-18", 1}, {"2026-11-19", 2}, {"2026-11-20", 2}}};
  counts.likes["pl/posts/b"] = {1234, {{"2026-11-18", 1234}}};
  counts.likes["en/posts/never"] = {0, {}};
  return counts;
}

bool has(const std::string& page, const std::string& text) {
  return page.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("lists and trends say what they draw, and bake draws the same conclusions") {
  SiteBuild site;
  fill(site);
  LikeCounts counts = some_likes();
  const std::filesystem::path built = site.build(counts);
  const std::string home = likes::testing::file_bytes(built / "en/index.html");
  INFO(home);
  // By likes, then by key; nothing without a like; each number in its own language.
  CHECK(has(home, R"(<ol class="likes-list" data-likes-list="3" )"
                  R"(data-likes-drawn="pl/posts/b en/posts/a en/posts/b">)"));
  CHECK(has(home, R"(data-likes-list="10" data-likes-days="2" data-likes-drawn="en/posts/b">)"));
  CHECK(has(home, R"(data-likes-section="notes" data-likes-lang="en" data-likes-drawn="">)"));
  CHECK(has(home, R"(data-likes-list="10" data-likes-lang="pl" data-likes-drawn="pl/posts/b">)"));
  CHECK(has(home, R"(data-likes-trend="" data-likes-days="3" data-likes-drawn="1235 2 2">)"));
  CHECK(has(home, R"(data-likes-trend="en/posts/b" data-likes-days="2" data-likes-drawn="2 2">)"));
  CHECK(has(home, R"(aria-label="4 likes in 2 days")"));

  std::vector<likes::formats::Post> posts;
  for (const char* key :
       {"en/posts/a", "en/posts/b", "en/posts/never", "en/notes/c d", "pl/posts/b"}) {
    posts.emplace_back();
    posts.back().key = key;
    posts.back().lang = posts.back().key.substr(0, 2);
    posts.back().section = posts.back().key.substr(3, 5);
  }
  likes::bake::BakeOptions options;
  options.posts = &posts;
  const likes::Result<likes::bake::BakedSite> same = likes::bake::bake_site(built, counts, options);
  REQUIRE(same);
  CHECK(same->changed == 0);
  CHECK(same->redraws.empty());

  counts.likes["en/notes/c d"] = {1, {{"2026-11-20", 1}}};
  const likes::Result<likes::bake::BakedSite> other =
      likes::bake::bake_site(built, counts, options);
  REQUIRE(other);
  CHECK(other->redraws == std::vector<std::string>{"en/index.html"});
  const std::string redrawn = likes::testing::file_bytes(site.build(counts) / "en/index.html");
  CHECK(
      has(redrawn,
          R"(data-likes-section="notes" data-likes-lang="en" data-likes-drawn="en/notes/c%20d">)"));
}
