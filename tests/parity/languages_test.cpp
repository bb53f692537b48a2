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

TEST_CASE("each language has its plural forms") {
  struct Case {
    const char* language;
    int likes;
    int days;
    const char* words;
  };
  const Case cases[] = {
      {"en", 0, 30, "0 likes in 30 days"},
      {"en", 1, 1, "1 like in 1 day"},
      {"de", 1, 1, "1 „Gefällt mir“ in 1 Tag"},
      {"de", 2, 30, "2 „Gefällt mir“ in 30 Tagen"},
      {"fr", 0, 1, "0 mention « j’aime » en 1 jour"},
      {"fr", 2, 30, "2 mentions « j’aime » en 30 jours"},
      {"es", 1, 1, "1 «me gusta» en 1 día"},
      {"es", 2, 30, "2 «me gusta» en 30 días"},
      {"pt", 1, 1, "1 gosto em 1 dia"},
      {"pt", 2, 30, "2 gostos em 30 dias"},
      {"pt", 1'000'000, 30, "1.000.000 gostos em 30 dias"},
      {"pl", 1, 1, "1 polubienie w 1 dzień"},
      {"pl", 3, 30, "3 polubienia w 30 dni"},
      {"pl", 5, 30, "5 polubień w 30 dni"},
      {"pl", 12, 30, "12 polubień w 30 dni"},
      {"pl", 22, 30, "22 polubienia w 30 dni"},
      {"ru", 1, 1, "1 отметка за 1 день"},
      {"ru", 3, 2, "3 отметки за 2 дня"},
      {"ru", 5, 30, "5 отметок за 30 дней"},
      {"ru", 11, 11, "11 отметок за 11 дней"},
      {"ru", 21, 21, "21 отметка за 21 день"},
      {"ar", 0, 30, "لا إعجابات خلال 30 يومًا"},
      {"ar", 1, 1, "إعجاب واحد خلال يوم واحد"},
      {"ar", 2, 2, "إعجابان خلال يومين"},
      {"ar", 3, 3, "3 إعجابات خلال 3 أيام"},
      {"ar", 11, 30, "11 إعجابًا خلال 30 يومًا"},
      {"ar", 100, 100, "100 إعجاب خلال 100 يوم"},
      {"hi", 2, 1, "1 दिन में 2 पसंद"},
      {"hi", 2, 30, "30 दिनों में 2 पसंद"},
      {"zh", 2, 30, "30 天内 2 个赞"},
      {"ja", 2, 30, "30日間で2件のいいね"},
  };
  SiteBuild site;
  site.write("config.toml", config());
  site.write("layouts/_default/single.html",
             "{{ partial \"likes/counted.html\" "
             "(dict \"count\" (int .Params.count) \"days\" (int .Params.days)) }}");
  site.write("layouts/index.html", "<html><body></body></html>");
  const auto name_of = [](const Case& c) {
    return std::to_string(c.likes) + "-" + std::to_string(c.days);
  };
  for (const Case& c : cases) {
    site.write(
        "content/" + name_of(c) + "." + c.language + ".md",
        "---\ncount: " + std::to_string(c.likes) + "\ndays: " + std::to_string(c.days) + "\n---\n");
  }
  const std::map<std::string, std::string> pages = files_below(site.build({}));
  for (const Case& c : cases) {
    INFO(c.language << " " << c.likes);
    CHECK(pages.at(std::string(c.language) + "/" + name_of(c) + "/index.html") == c.words);
  }
}
