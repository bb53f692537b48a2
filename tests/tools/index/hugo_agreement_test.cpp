// Hugo is the oracle: what it lists of the golden sites and of this project's own site must be what
// the library lists, in the same order.

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/support/catch.h"
#include "tests/support/golden.h"
#include "tests/support/process.h"
#include "tests/support/temp_dir.h"
#include "tools/hugo/site.h"

namespace likes::hugo {
namespace {

namespace fs = std::filesystem;
using testing::TempDir;

constexpr const char* kNow = "2026-11-20T12:00:00Z";

struct Listed {
  std::string file;
  std::string url;
  std::string title;
  std::string date;

  bool operator==(const Listed&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Listed& page) {
  return out << page.file << " | " << page.url << " | " << page.title << " | " << page.date;
}

/// One line of JSON for each regular page, in Hugo's default order.
constexpr const char* kLayout =
    R"({{ range site.RegularPages }}{{ dict "file" .File.Path "url" .Permalink "title" .Title "date")"
    R"( (cond .Date.IsZero "" (.Date.Format "2006-01-02T15:04:05Z07:00")) | jsonify }})"
    "\n{{ end }}";

/// `layouts` is where the site has its layouts, below its own folder.
std::vector<Listed> listed_by_hugo(const TempDir& work, const fs::path& layouts) {
  const fs::path site = work.path() / "site";
  work.write("site" / layouts / "index.html", kLayout);
  testing::Process hugo(
      {"hugo", "--source", site.string(), "--destination", (work.path() / "public").string(),
       "--cacheDir", (work.path() / "cache").string(), "--clock", kNow},
      {}, "hugo");
  const int exit = hugo.wait();
  INFO(hugo.output());
  REQUIRE(exit == 0);
  std::vector<Listed> pages;
  std::ifstream lines(work.path() / "public/index.html");
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty()) {
      const nlohmann::json page = nlohmann::json::parse(line);
      pages.push_back({page.at("file"), page.at("url"), page.at("title"), page.at("date")});
    }
  }
  return pages;
}

std::vector<Listed> listed_by_us(const fs::path& site) {
  ConfigRequest request;
  request.source = site;
  const Result<Config> config = load_config(request);
  REQUIRE(config.has_value());
  const Result<Site> loaded = load_site(*config, *parse_date(kNow, TimeZone()));
  REQUIRE(loaded.has_value());
  CHECK(loaded->errors.empty());
  std::vector<Listed> pages;
  for (const std::unique_ptr<Page>& page : loaded->pages) {
    pages.push_back({page->source.file, page->permalink, page->title, page->date.to_rfc3339()});
  }
  return pages;
}

TEST_CASE("Hugo lists the golden sites as we do") {
  std::size_t compared = 0;
  for (const fs::path& folder : testing::golden_cases("index")) {
    // A refused site has nothing to compare; "hugo-differs" says which Hugo has another rule.
    if (fs::exists(folder / "expected.err") || fs::exists(folder / "hugo-differs")) {
      continue;
    }
    ++compared;
    DYNAMIC_SECTION(folder.filename().string()) {
      const TempDir work;
      fs::copy(folder, work.path() / "site", fs::copy_options::recursive);
      work.write("site/layouts/_default/single.html", "");
      work.write("site/layouts/_default/list.html", "");
      const std::vector<Listed> wanted = listed_by_hugo(work, "layouts");
      CHECK(!wanted.empty());
      CHECK(listed_by_us(work.path() / "site") == wanted);
    }
  }
  CHECK(compared >= 10);
}

TEST_CASE("Hugo lists this project's own site as we do") {
  const fs::path top = LIKES_SOURCE_DIR;
  const TempDir work;
  const fs::path site = work.path() / "site";
  fs::create_directories(site);
  fs::copy_file(top / "config.toml", site / "config.toml");
  for (const char* folder : {"site", "theme-overlay"}) {
    fs::copy(top / folder, site / folder, fs::copy_options::recursive);
  }
  const std::vector<Listed> wanted = listed_by_hugo(work, "site/layouts");
  CHECK(!wanted.empty());
  CHECK(listed_by_us(site) == wanted);
}

TEST_CASE("the theme component shows a button on what Hugo lists, and on nothing else") {
  // Hugo 0.111 knows the one word, the newest only the other.
  for (const std::string word : {"build", "_build"}) {
    DYNAMIC_SECTION(word) {
      const TempDir work;
      work.write("site/config.toml",
                 "baseURL = 'https://example.org/'\ntheme = ['likes']\n"
                 "disableKinds = ['taxonomy', 'term', 'RSS', 'sitemap']\n");
      fs::create_directories(work.path() / "site/themes");
      fs::copy(fs::path(LIKES_SOURCE_DIR) / "theme-overlay", work.path() / "site/themes/likes",
               fs::copy_options::recursive);
      work.write("site/layouts/_default/list.html", "");
      work.write("site/layouts/_default/single.html", R"({{ partial "likes/button.html" . }})");
      work.write("site/layouts/index.html",
                 "{{ range site.RegularPages }}{{ .RelPermalink }}\n{{ end }}");
      const auto write_page = [&](const std::string& path, const std::string& front_matter) {
        work.write("site/content/" + path, "---\n" + front_matter + "---\n");
      };
      write_page("posts/plain.md", "");
      write_page("posts/always.md", word + ": {list: always}\n");
      write_page("posts/never.md", word + ": {list: never}\n");
      write_page("posts/local.md", word + ": {list: local}\n");
      write_page("posts/not.md", word + ": {list: false}\n");
      write_page("quiet/_index.md", "cascade: {" + word + ": {list: never}}\n");
      write_page("quiet/below.md", "");
      testing::Process hugo(
          {"hugo", "--source", (work.path() / "site").string(), "--destination",
           (work.path() / "public").string(), "--cacheDir", (work.path() / "cache").string()},
          {}, "hugo");
      const int exit = hugo.wait();
      INFO(hugo.output());
      if (exit != 0) {
        CHECK(hugo.output().find("\"_build\" front matter key was deprecated") !=
              std::string::npos);
        return;
      }
      const std::string listed = testing::file_bytes(work.path() / "public/index.html");
      for (const char* path : {"/posts/plain/", "/posts/always/", "/posts/never/", "/posts/local/",
                               "/posts/not/", "/quiet/below/"}) {
        INFO(path);
        const std::string page =
            testing::file_bytes(work.path() / "public" / (path + 1) / "index.html");
        CHECK((page.find("data-likes=") != std::string::npos) ==
              (listed.find(path + std::string("\n")) != std::string::npos));
      }
    }
  }
}

}  // namespace
}  // namespace likes::hugo
