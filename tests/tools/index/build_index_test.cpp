#include "tools/index/build_index.h"

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"
#include "tools/hugo/decoder.h"

namespace likes::index {
namespace {

using likes::testing::TempDir;

hugo::Config config_for(const std::string& base_url) {
  hugo::Config config;
  config.languages[0].base_url = base_url;
  config.languages[0].base_url_place = {"config.toml", 3, 11};

  return config;
}

hugo::Page page_at(const std::string& link, const std::string& params = "{}",
                   const std::string& section = "posts") {
  hugo::Page page;
  page.link = link;
  page.permalink = "https://example.org" + link;
  page.section = section;
  page.formats = {"html"};
  page.source.place = "content/" + section + link.substr(0, link.size() - 1) + ".md";
  const Result<hugo::Value> value = hugo::decode_yaml(params, {"f", 1, 0});
  REQUIRE(value.has_value());
  page.params = *value;
  return page;
}

hugo::Site site_of(std::vector<hugo::Page> pages) {
  hugo::Site site;
  for (hugo::Page& page : pages) {
    site.pages.push_back(std::make_unique<hugo::Page>(std::move(page)));
  }
  return site;
}

Index index_of(std::vector<hugo::Page> pages) {
  const hugo::Site site = site_of(std::move(pages));
  Result<Index> index = build_index(config_for("https://example.org/"), site);
  REQUIRE(index.has_value());
  return std::move(*index);
}

/// All that an index says.
std::string told(const Index& index) {
  std::string text;
  for (const std::unique_ptr<Entry>& entry : index.entries) {
    text += (entry->post ? formats::write_post(*entry->post) : entry->line) + "\n";
  }
  for (const std::vector<Error>* errors : {&index.errors, &index.warnings}) {
    for (const Error& error : *errors) {
      text += error.to_string() + "\n";
    }
  }
  return text;
}

TEST_CASE("a key is the path of the page, decoded") {
  struct Case {
    const char* link;
    const char* key;
  };
  const Case cases[] = {
      {"/posts/hello/", "posts/hello"},
      {"/posts/hello.html", "posts/hello.html"},
      {"/%C5%BC%C3%B3%C5%82w/", "żółw"},
      {"/c%23/", "c#"},
      {"/a/?x=1/", "a"},
      {"/", ""},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.link) {
      CHECK(key_of_link(c.link) == c.key);
    }
  }
}

TEST_CASE("front matter's likes decides") {
  struct Case {
    const char* likes;
    std::string keys;
    const char* error;
  };
  const Case cases[] = {
      {"{}", "posts/a", ""},
      {"likes: false", "", ""},
      {"likes: true", "posts/a", ""},
      {"likes: {key: /old/home/}", "old/home", ""},
      {"likes: {other: 1}", "posts/a", ""},
      {"likes: 5", "", "found likes with a number, wanted false or a map with a key"},
      {"likes: {key: 5}", "", "found likes.key with a number, wanted a path such as posts/hello"},
      {"likes: {key: /}", "", "found likes.key with a string, wanted a path such as posts/hello"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.likes) {
      const Index index = index_of({page_at("/posts/a/", c.likes)});
      CHECK((index.entries.empty() ? "" : index.entries[0]->key) == c.keys);
      CHECK((index.errors.empty() ? "" : index.errors[0].message) == c.error);
    }
  }
}

TEST_CASE("aliases are former keys") {
  struct Case {
    const char* alias;
    const char* key;
  };
  const Case cases[] = {
      {"/old/", "old"},
      {"/old", "old"},
      {"/old/index.html", "old"},
      {"/old.html", "old.html"},
      {"sibling", "posts/sibling"},
      {"../up/", "up"},
      {"../../../up", "up"},
      {"/a//b/./c", "a/b/c"},
      {"/zażółć/", "zażółć"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.alias) {
      hugo::Page page = page_at("/posts/a/", "likes: {key: own}");
      // Those that come to nothing or are there already are left out.
      page.aliases = {c.alias, c.alias, "/", "/own/"};
      const Index index = index_of({page});
      REQUIRE(index.entries.size() == 1);
      CHECK(index.entries[0]->post->aliases == std::vector<std::string>{c.key});
    }
  }
}

TEST_CASE("pages that cannot be liked are left out") {
  hugo::Page headless = page_at("/posts/headless/");
  headless.link.clear();
  hugo::Page no_html = page_at("/posts/json/");
  no_html.formats = {"json"};
  const Index index = index_of({headless, no_html, page_at("/", "{}", "")});
  CHECK(index.entries.empty());
  CHECK(index.errors.empty());
  REQUIRE(index.warnings.size() == 1);
  CHECK(index.warnings[0].message ==
        "found a page at the site's root, which has no key of its own: left out (likes.key can "
        "give it one)");
}

TEST_CASE("two posts of one key are an error that names both") {
  const Index index =
      index_of({page_at("/posts/a/"), page_at("/posts/b/", "likes: {key: posts/a}")});
  CHECK(index.entries.size() == 1);
  REQUIRE(index.errors.size() == 1);
  CHECK(index.errors[0].to_string() ==
        "content/posts/posts/b.md: found the key 'posts/a' a second time, "
        "content/posts/posts/a.md has it already (likes.key can tell them apart)");
}

TEST_CASE("a key has a limit") {
  const auto page = [](std::size_t bytes) { return page_at("/" + std::string(bytes, 'x') + "/"); };
  CHECK(index_of({page(formats::kMaxKeyBytes)}).entries.size() == 1);
  const Index longer = index_of({page(formats::kMaxKeyBytes + 1)});
  CHECK(longer.entries.empty());
  REQUIRE(longer.errors.size() == 1);
  CHECK(longer.errors[0].message == "found a key of 513 bytes, wanted at most 512");
}

TEST_CASE("sections choose: those asked for, else the configuration's") {
  hugo::Config config = config_for("https://example.org/");
  config.likes.sections = {"posts"};
  const hugo::Site site = site_of(
      {page_at("/posts/a/"), page_at("/notes/b/", "{}", "notes"), page_at("/about/", "{}", "")});
  CHECK(build_index(config, site)->entries.size() == 1);
  const std::vector<std::string> notes = {"notes"};
  CHECK(build_index(config, site, notes)->entries.at(0)->key == "notes/b");
  config.likes.sections = std::nullopt;
  CHECK(build_index(config, site)->entries.size() == 3);
}

TEST_CASE("pages that are taken one by one make the same index as those that are kept") {
  const TempDir dir;
  dir.write("config.toml",
            "baseURL = 'https://example.org/'\n[languages.en]\nweight = 1\n"
            "[languages.pl]\nweight = 2\n");
  for (int i = 0; i < 40; ++i) {
    const std::string number = std::to_string(i);
    const std::string date = "2020-01-0" + std::to_string(i % 9 + 1);
    dir.write("content/posts/" + number + (i % 3 == 0 ? ".pl.md" : ".md"),
              "---\ntitle: t" + std::to_string(i % 4) + "\ndate: " + date +
                  "\nweight: " + std::to_string(i % 5) + "\ntags: [a, b" + number + "]\n---\n");
  }
  dir.write("content/posts/no.md", "---\nlikes: false\n---\n");
  dir.write("content/posts/again.md", "---\nlikes: {key: posts/1}\n---\n");
  dir.write("content/posts/wrong.md", "---\nlikes: 5\n---\n");
  dir.write("content/posts/open.md", "---\ntitle: a\n");
  hugo::ConfigRequest request;
  request.source = dir.path();
  const Result<hugo::Config> config = hugo::load_config(request);
  REQUIRE(config);
  const hugo::Date now = hugo::Date::at(1793491200, 0);
  const Result<hugo::Site> site = hugo::load_site(*config, now, what_posts_need());
  REQUIRE(site);
  const Result<Index> kept = build_index(*config, *site);
  const Result<Index> taken = read_index_lines(*config, now);
  REQUIRE(kept);
  REQUIRE(taken);
  CHECK(told(*taken) == told(*kept));
  CHECK(taken->entries.size() == 40);
  CHECK(taken->errors.size() == 3);
  for (std::size_t i = 0; i < taken->entries.size(); ++i) {
    CHECK(taken->entries[i]->page == nullptr);
    CHECK(kept->entries[i]->page->source.place == taken->entries[i]->place);
  }
}

TEST_CASE("without an absolute baseURL there are no addresses") {
  const Result<Index> none = build_index(config_for("/"), {});
  REQUIRE(!none.has_value());
  CHECK(none.error().to_string() ==
        "config.toml:3:11: found a baseURL without a host, wanted the site's whole address such "
        "as https://example.org/ (HUGO_BASEURL can give it)");
  for (const char* base_url : {"example.org/", "ftp://example.org/"}) {
    const Result<Index> index = build_index(config_for(base_url), {});
    REQUIRE(!index.has_value());
    const std::string beginning =
        std::string("config.toml:3:11: found baseURL '") + base_url + "' is no http(s) address: ";
    CHECK(index.error().to_string().substr(0, beginning.size()) == beginning);
  }
}

}  // namespace
}  // namespace likes::index
