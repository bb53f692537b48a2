#include "tools/hugo/page.h"

#include "tests/support/catch.h"
#include "tools/hugo/decoder.h"

namespace likes::hugo {
namespace {

Config default_config() {
  Config config;
  config.syntax.used = {"en"};
  config.languages[0].dates.date = {"date",      "publishdate", "pubdate",
                                    "published", "lastmod",     "modified"};
  config.languages[0].dates.lastmod = {":git", "lastmod", "modified", "date"};
  config.languages[0].dates.publish_date = {"publishdate", "pubdate", "published", "date"};
  config.languages[0].dates.expiry_date = {"expirydate", "unpublishdate"};
  return config;
}

Result<Page> page_of(const std::string& yaml, const Config& config,
                     const std::string& file = "posts/a.md") {
  const Result<Value> value = decode_yaml(yaml, {"content/" + file, 2, 0});
  REQUIRE(value.has_value());
  ContentFile source;
  source.file = file;
  source.place = "content/" + file;
  source.path = *parse_page_path(file, config.syntax);
  source.modified = 86'400'250'000'000;
  return make_page(source, "page", *value, config);
}

Page page_of(const std::string& yaml) {
  const Result<Page> page = page_of(yaml, default_config());
  REQUIRE(page.has_value());
  return *page;
}

TEST_CASE("fields are read as Hugo reads them") {
  const Page page = page_of(
      "title: 2020\ndescription: d\nslug: -a-\nweight: '3'\ndraft: 'true'\naliases: /x /y\n"
      "url: /u/\nparams: {tags: [t], featuredImage: i.png}\n");
  CHECK(page.title == "2020");
  CHECK(page.link_title == "2020");
  CHECK(page.description == "d");
  CHECK(page.slug == "a");
  CHECK(page.weight == 3);
  CHECK(page.is_draft);
  CHECK(page.aliases == std::vector<std::string>{"/x", "/y"});
  CHECK(page.url == "/u/");
  CHECK(page.section == "posts");
  CHECK(page.params.find("tags")->to_terms() == std::vector<std::string>{"t"});
  CHECK(page.params.find("featuredimage")->to_text() == "i.png");
  CHECK(page.params.find("params") == nullptr);
}

TEST_CASE("a page without front matter has no title") {
  const Page page = page_of("");
  CHECK(page.title.empty());
  CHECK(page.date.is_zero());
  CHECK(!page.is_draft);
  CHECK(page.listing == Listing::kAlways);
  CHECK(page.has_html());
}

TEST_CASE("dates stand in for each other") {
  struct Case {
    const char* name;
    const char* yaml;
    const char* date;
    const char* publish_date;
    const char* expiry_date;
  };
  const Case cases[] = {
      {"date alone", "date: 2020-01-01", "2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z", ""},
      {"lastmod alone", "lastmod: 2020-01-01", "2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z", ""},
      {"pubdate", "pubdate: 2020-01-01", "2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z", ""},
      {"both", "date: 2020-01-01\npublishDate: 2021-01-01", "2020-01-01T00:00:00Z",
       "2021-01-01T00:00:00Z", ""},
      {"empty date beside lastmod", "date: ''\nlastmod: 2020-01-01", "2020-01-01T00:00:00Z", "",
       ""},
      {"expiry", "unpublishdate: 2020-01-01", "", "", "2020-01-01T00:00:00Z"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Page page = page_of(c.yaml);
      CHECK(page.date.to_rfc3339() == c.date);
      CHECK(page.publish_date.to_rfc3339() == c.publish_date);
      CHECK(page.expiry_date.to_rfc3339() == c.expiry_date);
    }
  }
}

TEST_CASE("a file's name and time can date it") {
  Config config = default_config();
  config.languages[0].dates.date = {":filename", "date", ":filemodtime"};
  struct Case {
    const char* file;
    const char* yaml;
    const char* date;
    const char* slug;
  };
  const Case cases[] = {
      {"posts/2020-01-02-hello.md", "", "2020-01-02T00:00:00Z", "hello"},
      {"posts/2020-01-02 - hello.en.md", "", "2020-01-02T00:00:00Z", "hello"},
      {"posts/2020-01-02-hello/index.md", "date: 2019-01-01", "2020-01-02T00:00:00Z", "hello"},
      {"posts/2020-01-02-hello.md", "slug: own", "2020-01-02T00:00:00Z", "own"},
      {"posts/2020-01-02-hello.md", "slug: ''", "2020-01-02T00:00:00Z", ""},
      {"posts/2020-01-02-15-04-05-hello.md", "", "2020-01-02T15:04:05Z", "hello"},
      {"posts/2020-13-02-hello.md", "date: 2019-01-01", "2019-01-01T00:00:00Z", ""},
      {"posts/2020-01-02.md", "", "2020-01-02T00:00:00Z", ""},
      {"posts/short.md", "", "1970-01-02T00:00:00.25Z", ""},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.file << " " << c.yaml) {
      const Result<Page> page = page_of(c.yaml, config, c.file);
      REQUIRE(page.has_value());
      CHECK(page->date.to_rfc3339() == c.date);
      CHECK(page->slug == c.slug);
    }
  }
}

TEST_CASE("build options") {
  struct Case {
    const char* yaml;
    Listing listing;
    bool is_headless;
  };
  const Case cases[] = {
      {"build: {list: never}", Listing::kNever, false},
      {"build: {list: local}", Listing::kLocally, false},
      {"build: {list: false, render: false}", Listing::kNever, true},
      {"build: {render: never}", Listing::kAlways, true},
      {"build: {render: link}", Listing::kAlways, false},
      {"build: {list: strange}", Listing::kAlways, false},
      {"_build: {list: never}", Listing::kNever, false},
      {"headless: true", Listing::kNever, true},
      {"headless: false", Listing::kAlways, false},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.yaml) {
      const Page page = page_of(c.yaml);
      CHECK(page.listing == c.listing);
      CHECK(page.is_headless == c.is_headless);
    }
  }
  CHECK(!page_of("outputs: [json]").has_html());
  CHECK(page_of("outputs: [JSON, HTML]").has_html());
}

TEST_CASE("what Hugo would stop at is refused with its place") {
  struct Case {
    const char* yaml;
    const char* message;
  };
  const Case cases[] = {
      {"title: x\ndate: soon",
       "content/posts/a.md:3:7: found date 'soon', wanted a date such as 2026-11-20 or "
       "2026-11-20T08:30:00+01:00"},
      {"published: true",
       "content/posts/a.md:2:12: found published 'true', wanted a date such as 2026-11-20 or "
       "2026-11-20T08:30:00+01:00"},
      {"date: [2020]",
       "content/posts/a.md:2:7: found date a list, wanted a date such as 2026-11-20 or "
       "2026-11-20T08:30:00+01:00"},
      {"url: https://example.org/x",
       "content/posts/a.md:2:6: found url 'https://example.org/x', wanted a path on the site"},
      {"aliases: [/a, 'http://localhost/b']",
       "content/posts/a.md:2:10: found alias 'http://localhost/b', wanted a path on the site"},
      {"build: never", "content/posts/a.md:2:8: found a string as build, wanted a map"},
      {"params: [1]", "content/posts/a.md:2:9: found a list as params, wanted a map"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.yaml) {
      const Result<Page> page = page_of(c.yaml, default_config());
      REQUIRE(!page.has_value());
      CHECK(page.error().to_string() == c.message);
    }
  }
}

TEST_CASE("aliases have a limit") {
  const auto yaml = [](std::size_t count) {
    std::string text = "aliases: [";
    for (std::size_t i = 0; i < count; ++i) {
      text += "/a" + std::to_string(i) + ",";
    }
    return text + "]";
  };
  CHECK(page_of(yaml(kMaxAliases), default_config()).has_value());
  CHECK(page_of(yaml(kMaxAliases + 1), default_config()).error().message ==
        "found 10001 aliases, wanted at most 10000");
}

}  // namespace
}  // namespace likes::hugo
