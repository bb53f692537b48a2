#include <map>
#include <string>

#include "tests/parity/site_build.h"
#include "tests/support/catch.h"
#include "tools/bake/bake_site.h"
#include "tools/bake/number.h"

using likes::formats::LikeCounts;
using likes::testing::files_below;
using likes::testing::SiteBuild;

namespace {

constexpr const char* kLanguages[] = {"en", "de", "fr", "es", "pt", "pl",
                                      "ru", "ar", "hi", "zh", "ja", "nl"};
constexpr std::int64_t kCounts[] = {0, 7, 999, 1000, 9999, 10000, 99999, 100000, 1234567, 98765432};

std::string config() {
  std::string text =
      "baseURL = 'https://example.org/'\ntheme = ['theme-overlay']\nthemesDir = '.'\n"
      "disableKinds = ['taxonomy', 'term', 'RSS', 'sitemap']\n"
      "defaultContentLanguageInSubdir = true\n";
  for (const char* language : kLanguages) {
    text += "[languages." + std::string(language) + "]\n";
  }
  return text;
}

}  // namespace

// Numbers are written in three places: by Hugo's templates, by likes bake, and in the browser.
TEST_CASE("hugo and bake write numbers alike in every language") {
  SiteBuild site;
  site.write("config.toml", config());
  site.write("layouts/_default/single.html",
             "<html><body>{{ partial \"likes/button.html\" . }}{{ partial \"likes/trend.html\" "
             "(dict \"page\" .) }}</body></html>");
  site.write("layouts/index.html", "<html><body></body></html>");
  LikeCounts counts;
  counts.newest = 1'790'000'000;
  for (const char* language : kLanguages) {
    for (const std::int64_t count : kCounts) {
      const std::string name = std::to_string(count);
      site.write("content/" + name + "." + language + ".md", "---\ntitle: x\n---\n");
      counts.likes[std::string(language) + "/" + name] = {count, {}};
    }
  }
  const std::filesystem::path before = site.build({});
  const std::map<std::string, std::string> after = files_below(site.build(counts));
  // Without a snapshot there is no trend; with one of no days, a flat one.
  LikeCounts none;
  none.newest = counts.newest;
  const std::filesystem::path baked_folder = site.build(none);
  REQUIRE(likes::bake::bake_site(baked_folder, counts));
  CHECK(files_below(baked_folder) == after);
  for (const char* language : kLanguages) {
    for (const std::int64_t count : kCounts) {
      const std::string page =
          after.at(std::string(language) + "/" + std::to_string(count) + "/index.html");
      INFO(page);
      const std::string wanted = ">" + likes::bake::write_number(count, language) + "</span>";
      CHECK(page.find(wanted) != std::string::npos);
      CHECK(page.find("ZgotmplZ") == std::string::npos);  // What Hugo writes for what it distrusts.
      // Words in the page's language, not English for want of one.
      const bool english = page.find("Thank you") != std::string::npos;
      CHECK(english == (std::string(language) == "en" || std::string(language) == "nl"));
    }
  }
}
