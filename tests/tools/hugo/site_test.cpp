#include "tools/hugo/site.h"

#include <functional>
#include <memory>
#include <string>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace likes::hugo {
namespace {

using testing::TempDir;

Site load(const TempDir& folder, HugoVersion version = {}) {
  ConfigRequest request;
  request.source = folder.path();
  request.hugo_version = version;
  const Result<Config> config = load_config(request);
  REQUIRE(config.has_value());
  Result<Site> site = load_site(*config, *parse_date("2026-11-20", TimeZone()));
  REQUIRE(site.has_value());
  CHECK(site->errors.empty());
  return std::move(*site);
}

/// What is told of each page, in order: a member, or what a function makes of the page.
template <class Tell>
std::string told(const Site& site, Tell tell) {
  std::string all;
  for (const std::unique_ptr<Page>& page : site.pages) {
    all += std::invoke(tell, *page) + " ";
  }
  return all;
}

/// The addresses, in order.
std::string links(const Site& site) {
  return told(site, &Page::rel_permalink);
}

TEST_CASE("languages by suffix and by folder have pages of their own that know of each other") {
  struct Case {
    const char* name;
    const char* config;
    const char* english;
    const char* polish;
  };
  const Case cases[] = {
      {"suffix", "[languages.en]\nweight = 1\n[languages.pl]\nweight = 2\n", "content/posts/a.md",
       "content/posts/a.pl.md"},
      {"folder",
       "[languages.en]\nweight = 1\ncontentDir = 'content/en'\n[languages.pl]\nweight = "
       "2\ncontentDir = 'content/pl'\n",
       "content/en/posts/a.md", "content/pl/posts/a.md"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const TempDir folder;
      folder.write("hugo.toml", c.config);
      folder.write(c.english, "---\ntitle: a\ntags: [x y]\n---\n");
      folder.write(c.polish, "---\ntitle: ą\ntags: [x y]\n---\n");
      const Site site = load(folder);
      CHECK(links(site) == "/posts/a/ /pl/posts/a/ ");
      REQUIRE(site.pages.size() == 2);
      CHECK(site.pages[0]->order == 0);
      CHECK(site.pages[1]->order == 0);
      REQUIRE(site.pages[0]->translations.size() == 1);
      CHECK(site.pages[0]->translations[0].rel_permalink == "/pl/posts/a/");
      CHECK(site.pages[1]->terms.at("tags").at(0).rel_permalink == "/pl/tags/x-y/");
      CHECK(site.pages[1]->terms.at("tags").at(0).title == "X Y");
      CHECK(site.pages[1]->current_section == "/pl/posts/");
    }
  }
}

TEST_CASE("before 0.123 a section hid its pages, and only bundles could be headless") {
  const TempDir folder;
  folder.write("hugo.toml", "");
  folder.write("content/drafts/_index.md", "---\ndraft: true\n---\n");
  folder.write("content/drafts/deep/a.md", "---\ntitle: a\n---\n");
  folder.write("content/notes/_index.md", "---\ncascade:\n  headless: true\n---\n");
  folder.write("content/notes/b.md", "---\ntitle: b\n---\n");
  folder.write("content/notes/c/index.md", "---\ntitle: c\n---\n");
  folder.write("content/notes/d.md", "---\ntitle: d\nheadless: false\n---\n");
  CHECK(links(load(folder)) == "/drafts/deep/a/ /notes/d/ ");
  CHECK(links(load(folder, {0, 122})) == "/notes/b/ /notes/d/ ");
}

TEST_CASE("before 0.123 only lower case named a language") {
  const TempDir folder;
  folder.write("hugo.toml", "[languages.en]\nweight = 1\n[languages.pl]\nweight = 2\n");
  folder.write("content/posts/a.PL.md", "---\ntitle: a\n---\n");
  CHECK(links(load(folder)) == "/pl/posts/a/ ");
  CHECK(links(load(folder, {0, 122})) == "/posts/a.pl/ ");
}

TEST_CASE("a folder beside a page of the same path is no section, nor is one that is not built") {
  const TempDir folder;
  folder.write("hugo.toml", "disableKinds = ['taxonomy']\n");
  folder.write("content/about.md", "---\ntitle: 1\n---\n");
  folder.write("content/about/me.md", "---\ntitle: 2\n---\n");
  folder.write("content/draft/_index.md", "---\ndraft: true\n---\n");
  folder.write("content/draft/a.md", "---\ntitle: 3\n---\n");
  folder.write("content/posts/a.md", "---\ntitle: 4\n---\n");
  folder.write("content/tags/a.md", "---\ntitle: 5\n---\n");
  folder.write("content/_index.md", "---\nslug: ignored\n---\n");
  CHECK(told(load(folder), &Page::current_section) == "/ /  /posts/  ");
  CHECK(told(load(folder, {0, 122}), &Page::current_section) == "/ /about/ /posts/  ");
}

TEST_CASE("content of several mounts is one") {
  const TempDir folder;
  folder.write("hugo.toml",
               "theme = 't'\n[[module.mounts]]\nsource = 'a'\ntarget = 'content'\n"
               "[[module.mounts]]\nsource = 'b.md'\ntarget = 'content/posts/b.md'\n");
  folder.write("a/posts/a.md", "---\ntitle: 3\n---\n");
  folder.write("a/bundle/index.md", "---\ntitle: 4\n---\n");
  folder.write("b.md", "---\ntitle: 2\n---\n");
  folder.write("themes/t/content/posts/a.md", "---\ntitle: hidden\n---\n");
  folder.write("themes/t/content/posts/t.md", "---\ntitle: 1\n---\n");
  folder.write("themes/t/content/bundle/resource.md", "---\ntitle: 0\n---\n");
  CHECK(links(load(folder)) == "/posts/t/ /posts/b/ /posts/a/ /bundle/ ");
}

TEST_CASE("what an import mounts counts rather than the module's own content") {
  const TempDir folder;
  folder.write(
      "hugo.toml",
      "[[module.imports]]\npath = 'one'\n[[module.imports.mounts]]\nsource = 'docs'\ntarget = "
      "'content/docs'\n[[module.imports]]\npath = 'two'\n");
  folder.write("content/a.md", "---\ntitle: 1\n---\n");
  folder.write("themes/one/docs/b.md", "---\ntitle: 2\n---\n");
  folder.write("themes/one/content/hidden.md", "---\ntitle: hidden\n---\n");
  folder.write("themes/two/content/c.md", "---\ntitle: 3\n---\n");
  CHECK(links(load(folder)) == "/a/ /docs/b/ /c/ ");
}

TEST_CASE("a term has an address, whether or not it has a file") {
  const TempDir folder;
  folder.write("hugo.toml", "[permalinks.term]\ncategories = '/c/:slug/'\n");
  folder.write(
      "content/a.md",
      "---\ntitle: a\ntags: [C/C++, Go, C#]\ncategories: One/Two Three\nseries: [no]\n---\n");
  folder.write("content/tags/go/_index.md", "---\ntitle: Golang\nslug: golang\n---\n");
  const Site site = load(folder);
  REQUIRE(site.pages.size() == 1);
  const std::vector<PageTerm>& tags = site.pages[0]->terms.at("tags");
  REQUIRE(tags.size() == 3);
  CHECK(tags[0].rel_permalink == "/tags/c/c++/");
  CHECK(tags[1].title == "Golang");
  CHECK(tags[1].rel_permalink == "/tags/golang/");
  CHECK(tags[2].rel_permalink == "/tags/c%23/");
  CHECK(site.pages[0]->terms.at("categories").at(0).rel_permalink == "/c/one/two-three/");
  CHECK(site.pages[0]->terms.size() == 2);
}

TEST_CASE("an address is that of the HTML, or else of the first format") {
  const TempDir folder;
  folder.write("hugo.toml",
               "baseURL = 'https://example.org/blog/'\n[outputFormats.print]\nmediaType = "
               "'text/html'\npath = '_print'\n");
  folder.write("content/posts/a.md", "---\ntitle: 1\noutputs: [json, html]\n---\n");
  folder.write("content/posts/b.md", "---\ntitle: 2\noutputs: [rss]\n---\n");
  folder.write("content/posts/c.md", "---\ntitle: 3\noutputs: [print]\n---\n");
  folder.write("content/posts/d.md",
               "---\ntitle: 4\noutputs: [json, html]\nbuild: {render: link}\n---\n");
  const Site site = load(folder);
  CHECK(links(site) ==
        "/blog/posts/a/ /blog/posts/b/index.xml /blog/_print/posts/c/ /blog/posts/d/index.json ");
  CHECK(site.pages.at(0)->permalink == "https://example.org/blog/posts/a/");
}

TEST_CASE("a term whose page is not built is not there") {
  const TempDir folder;
  folder.write("hugo.toml", "baseURL = 'https://example.org/'\n");
  folder.write("content/tags/old/_index.md", "---\ndraft: true\n---\n");
  folder.write("content/tags/new/_index.md", "---\ncascade: {draft: true}\n---\n");
  folder.write("content/a.md", "---\ntags: [old, new, other]\n---\n");
  const Site site = load(folder);
  REQUIRE(site.pages.size() == 1);
  const std::vector<PageTerm>& tags = site.pages[0]->terms.at("tags");
  REQUIRE(tags.size() == 1);
  CHECK(tags[0].title == "Other");
}

TEST_CASE("of two files for one page the one that names its language counts") {
  const TempDir folder;
  folder.write("hugo.toml", "[languages.pl]\nweight = 1\n[languages.de]\nweight = 2\n");
  folder.write("content/a.md", "---\ntitle: silent\n---\n");
  folder.write("content/a.pl.md", "---\ntitle: named\n---\n");
  const Site site = load(folder);
  REQUIRE(site.pages.size() == 1);
  CHECK(site.pages[0]->title == "named");
}

TEST_CASE("a page that names its language and a bundle win over those beside them") {
  const TempDir folder;
  folder.write("hugo.toml", "");
  folder.write("content/a.md", "---\ntitle: silent\n---\n");
  folder.write("content/a.en.md", "---\ntitle: named\n---\n");
  folder.write("content/b.md", "---\ntitle: single\n---\n");
  folder.write("content/b/index.md", "---\ntitle: bundle\n---\n");
  CHECK(told(load(folder), &Page::title) == "bundle named ");
  CHECK(told(load(folder, {0, 111}), &Page::title) == "bundle named ");
}

TEST_CASE("a bundle and a file for one page: the earlier mount's counts, and both must be built") {
  struct Case {
    const char* name;
    const char* first;  ///< In the site's own content, with its front matter.
    const char* first_matter;
    const char* second;  ///< Another file.
    const char* second_matter;
    const char* since_153;  ///< As Hugo 0.169 answers, which file the page is.
    const char* of_old;     ///< As Hugo 0.111 does.
  };
  const char* bundle = "content/a/index.md";
  const char* single = "content/a.md";
  const char* theme_bundle = "themes/t/content/a/index.md";
  const char* theme_single = "themes/t/content/a.md";
  const char* draft = "draft: true";
  const Case cases[] = {
      {"both", bundle, "", single, "", "a/index.md ", "a/index.md "},
      {"a draft beside a bundle", bundle, "", single, draft, "", "a/index.md "},
      {"a bundle that is a draft", bundle, draft, single, "", "", ""},
      {"a post of the future in a theme", bundle, "", theme_single, "date: 2030-01-01", "",
       "a/index.md "},
      {"a bundle in a theme", single, "", theme_bundle, "", "a.md ", "a/index.md "},
      {"a draft before a theme's bundle", single, draft, theme_bundle, "", "", "a/index.md "},
      {"of one form the loser does not count", single, "", theme_single, draft, "a.md ", "a.md "},
  };
  const auto files = [](const Site& site) {
    return told(site, [](const Page& page) { return page.source.file; });
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const TempDir folder;
      folder.write("hugo.toml", "theme = 't'\n");
      folder.write("themes/t/theme.toml", "name = 't'\n");
      folder.write(c.first, std::string("---\n") + c.first_matter + "\n---\n");
      folder.write(c.second, std::string("---\n") + c.second_matter + "\n---\n");
      CHECK(files(load(folder)) == c.since_153);
      CHECK(files(load(folder, kOldestHugo)) == c.of_old);
    }
  }
}

TEST_CASE("before 0.153 front matter could name the path of a page") {
  const TempDir folder;
  folder.write("hugo.toml", "");
  folder.write("content/q/_index.md", "---\ncascade: {weight: 7}\n---\n");
  folder.write("content/p/a.md", "---\ntitle: a\npath: q/Rel Path\n---\n");
  folder.write("content/p/b.md", "---\ntitle: b\npath: /Abs/Path/\n---\n");
  folder.write("content/p/c.md", "---\ntitle: c\npath: /q/x.y.md\n---\n");
  folder.write("content/p/d.md", "---\ntitle: d\npath: /q/slug\nslug: s\n---\n");
  const auto line = [](const Page& page) {
    return page.title + " " + page.rel_permalink + " " + page.section + " " +
           std::to_string(page.weight);
  };
  // As Hugo 0.131 and 0.169 answer.
  CHECK(told(load(folder, {0, 131}), line) ==
        "a /q/rel-path/ q 7 c /q/x.y/ q 7 d /q/s/ q 7 b /abs/path/ abs 0 ");
  CHECK(told(load(folder), line) == "a /p/a/ p 0 b /p/b/ p 0 c /p/c/ p 0 d /p/s/ p 0 ");
}

TEST_CASE("before 0.123 a cascade's target named files") {
  const TempDir folder;
  folder.write("hugo.toml", "[[cascade]]\nslug = 'x'\n[cascade._target]\npath = '/posts/a'\n");
  folder.write("content/Posts/A.md", "---\ntitle: a\n---\n");
  CHECK(links(load(folder)) == "/posts/x/ ");
  CHECK(links(load(folder, {0, 122})) == "/posts/a/ ");
  folder.write("hugo.toml", "[[cascade]]\nslug = 'x'\n[cascade._target]\npath = '/posts/a.md'\n");
  CHECK(links(load(folder, {0, 122})) == "/posts/x/ ");
}

TEST_CASE("before 0.123 content/index.md was a page") {
  const TempDir folder;
  folder.write("hugo.toml", "");
  folder.write("content/index.md", "---\ntitle: a\n---\n");
  CHECK(links(load(folder)).empty());
  CHECK(links(load(folder, {0, 122})) == "/ ");
}

TEST_CASE("of disabled languages Hugo takes each off the hosts once more") {
  const TempDir folder;
  folder.write(
      "hugo.toml",
      "[languages.en]\nweight = 1\nbaseURL = 'https://en.example.org/'\n[languages.pl]\nweight "
      "= 2\nbaseURL = 'https://pl.example.org/'\n[languages.de]\ndisabled = true\n");
  folder.write("content/a.pl.md", "---\ntitle: a\n---\n");
  CHECK(links(load(folder)) == "/pl/a/ ");
  CHECK(links(load(folder, {0, 122})) == "/a/ ");
}

TEST_CASE("a section whose index file has capitals lends its path where paths keep theirs") {
  const TempDir folder;
  folder.write("hugo.toml", "disablePathToLower = true\n");
  folder.write("content/Posts/_Index.md", "---\ntitle: p\n---\n");
  folder.write("content/Posts/a.md", "---\ntitle: a\n---\n");
  CHECK(links(load(folder)) == "/Posts/_Index/Posts/a/ ");
  CHECK(links(load(folder, {0, 131})) == "/Posts/a/ ");
}

TEST_CASE("what RSS alone is written in has no address where RSS is disabled") {
  const TempDir folder;
  folder.write("hugo.toml", "disableKinds = ['RSS']\n[outputs]\npage = ['rss']\n");
  folder.write("content/a.md", "---\ntitle: 1\n---\n");
  folder.write("content/b.md", "---\ntitle: 2\noutputs: [rss]\n---\n");
  CHECK(links(load(folder)) == " /b/index.xml ");
  folder.write("content/b.md", "---\ntitle: 2\n---\n");
  CHECK(links(load(folder, {0, 122})) == "/a/ /b/ ");
}

TEST_CASE("a page of another language may be a section's translation") {
  const TempDir folder;
  folder.write("hugo.toml", "[languages.en]\nweight = 1\n[languages.pl]\nweight = 2\n");
  folder.write("content/posts/a/_index.md", "---\ntitle: a\n---\n");
  folder.write("content/posts/a.pl.md", "---\ntitle: a\n---\n");
  const Site site = load(folder);
  REQUIRE(site.pages.size() == 1);
  REQUIRE(site.pages[0]->translations.size() == 1);
  CHECK(site.pages[0]->translations[0].rel_permalink == "/posts/a/");
}

TEST_CASE("addresses of other alphabets and of names with signs are Hugo's") {
  const TempDir folder;
  folder.write("hugo.toml",
               "baseURL = 'https://example.org/\u017c/'\n[permalinks]\nposts = '/:filename/'\n");
  folder.write("content/posts/c#.md", "---\nlastmod: 2020-01-02T23:04:05.25-07:00\n---\n");
  const Site site = load(folder);
  REQUIRE(site.pages.size() == 1);
  CHECK(site.pages[0]->rel_permalink == "/\u017c/c/");
  CHECK(site.pages[0]->permalink == "https://example.org/%C5%BC/c/");
  // A date that stands in for another loses the parts of its second.
  CHECK(site.pages[0]->lastmod.to_rfc3339() == "2020-01-02T23:04:05.25-07:00");
  CHECK(site.pages[0]->publish_date.to_rfc3339() == "2020-01-02T23:04:05-07:00");
}

}  // namespace
}  // namespace likes::hugo
