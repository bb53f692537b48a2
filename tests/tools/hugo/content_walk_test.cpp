#include "tools/hugo/content_walk.h"

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace likes::hugo {
namespace {

using testing::TempDir;

Config config_for(const TempDir& site) {
  Config config;
  config.mounts = {{site.path() / "content", "", {}, {}, {}, {}}};
  config.syntax.used = {"en"};
  return config;
}

std::vector<std::string> names(const ContentFiles& files) {
  std::vector<std::string> all;
  for (const std::unique_ptr<ContentFile>& file : files) {
    all.push_back(file->file);
  }
  return all;
}

TEST_CASE("the walk finds what Hugo makes pages of") {
  struct Case {
    const char* name;
    std::vector<std::string> files;
    std::vector<std::string> pages;
    std::vector<std::string> branches;
  };
  const Case cases[] = {
      {"pages and sections",
       {"a.md", "posts/b.md", "posts/_index.md", "_index.md", "posts/x.png", "x.txt"},
       {"a.md", "posts/b.md"},
       {"_index.md", "posts/_index.md"}},
      {"below a leaf bundle all is resources",
       {"b/index.md", "b/other.md", "b/deep/index.md", "b/deep/_index.md"},
       {"b/index.md"},
       {}},
      {"index wins over _index", {"b/index.md", "b/_index.md", "b/x.md"}, {"b/index.md"}, {}},
      {"bundle wins over page", {"a.md", "a/index.md"}, {"a/index.md"}, {}},
      {"section wins over page", {"s.md", "s/_index.md", "s/x.md"}, {"s/x.md"}, {"s/_index.md"}},
      {"of two extensions md wins over html", {"a.html", "a.md"}, {"a.md"}, {}},
      {"with and without the language", {"a.en.md", "a.md"}, {"a.en.md"}, {}},
      {"the whole site is one bundle", {"index.md", "a.md", "posts/b.md"}, {}, {}},
      {"ignored names",
       {".hidden.md", "#x.md", "old.md~", ".git/a.md", "_draft.md", "node_modules/a.md"},
       {"_draft.md", "node_modules/a.md"},
       {}},
      {"folders in both cases are one", {"Case/a.md", "case/a.md"}, {"Case/a.md"}, {}},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const TempDir site;
      for (const std::string& file : c.files) {
        site.write("content/" + file, "");
      }
      const Result<Content> content = walk_content(config_for(site));
      REQUIRE(content.has_value());
      CHECK(names(content->pages) == c.pages);
      CHECK(names(content->branches) == c.branches);
      CHECK(content->warnings.empty());
    }
  }
}

TEST_CASE("of old the last of several files for one path was the page") {
  struct Case {
    const char* name;
    std::vector<std::string> files;
    std::vector<std::string> pages;
  };
  // As Hugo 0.111 answers.
  const Case cases[] = {
      {"in both cases", {"E.md", "e.md"}, {"e.md"}},
      {"several extensions", {"a.html", "a.md", "a.org", "B.md", "b.html"}, {"a.org", "b.html"}},
      {"one place, with and without the language", {"c.en.md", "c.md"}, {"c.en.md"}},
      {"two places", {"A.en.md", "a.md", "B.md", "b.en.md"}, {"B.md", "a.md"}},
      {"a bundle wins all the same", {"U/index.md", "u.md"}, {"U/index.md"}},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const TempDir site;
      for (const std::string& file : c.files) {
        site.write("content/" + file, "");
      }
      Config config = config_for(site);
      config.rules = VersionRules(HugoVersion{0, 111});
      config.syntax.keeps_spelling = true;
      const Result<Content> content = walk_content(config);
      REQUIRE(content.has_value());
      CHECK(names(content->pages) == c.pages);
    }
  }
}

TEST_CASE("links are not followed") {
  const TempDir site;
  site.write("content/a.md", "");
  site.write("elsewhere/b.md", "");
  std::filesystem::create_symlink(site.path() / "elsewhere", site.path() / "content/link");
  std::filesystem::create_symlink(site.path() / "elsewhere/b.md", site.path() / "content/b.md");
  CHECK(names(walk_content(config_for(site))->pages) == std::vector<std::string>{"a.md"});
}

TEST_CASE("ignoreFiles is matched with the whole name, from the root of the disk") {
  const TempDir site;
  site.write("content/a.md", "");
  site.write("content/private/b.md", "");
  Config config = config_for(site);
  config.ignore_files = {std::regex("^content/"), std::regex("/private/")};
  CHECK(names(walk_content(config)->pages) == std::vector<std::string>{"a.md"});
}

TEST_CASE("content adapters are told about") {
  const TempDir site;
  site.write("content/books/_content.gotmpl", "");
  const Result<Content> content = walk_content(config_for(site));
  REQUIRE(content.has_value());
  REQUIRE(content->warnings.size() == 1);
  CHECK(
      content->warnings[0].to_string() ==
      site.path().string() +
          "/content/books/_content.gotmpl: found a content adapter, which needs Hugo's templates: "
          "the pages that it makes are not in the index");
}

TEST_CASE("folders have a limit") {
  const TempDir site;
  std::string folder = "content";
  for (std::size_t i = 0; i < kMaxFolderDepth; ++i) {
    folder += "/d";
  }
  site.write(folder + "/a.md", "");
  CHECK(walk_content(config_for(site)).has_value());
  site.write(folder + "/d/a.md", "");
  const Result<Content> deeper = walk_content(config_for(site));
  REQUIRE(!deeper.has_value());
  CHECK(deeper.error().message == "found folders nested deeper than the limit of 100");
}

TEST_CASE("no content folder is an empty site") {
  const TempDir site;
  const Result<Content> content = walk_content(config_for(site));
  REQUIRE(content.has_value());
  CHECK(content->pages.empty());
  REQUIRE(content->warnings.size() == 1);
  CHECK(content->warnings[0].to_string() ==
        site.path().string() + "/content: found no content folder");
}

}  // namespace
}  // namespace likes::hugo
