#include "tools/hugo/config.h"

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace likes::hugo {
namespace {

using testing::TempDir;

Result<Config> load(const TempDir& site, std::map<std::string, std::string> variables = {}) {
  ConfigRequest request;
  request.source = site.path();
  request.variables = std::move(variables);
  return load_config(request);
}

Result<Config> load_toml(const std::string& text,
                         std::map<std::string, std::string> variables = {}) {
  const TempDir site;
  site.write("config.toml", text);
  return load(site, std::move(variables));
}

TEST_CASE("all formats of a configuration are read, keys in any case") {
  struct Case {
    const char* file;
    const char* text;
  };
  const Case cases[] = {
      {"hugo.toml", "BaseURL = 'https://example.org/blog'\nBuildDrafts = true\n"},
      {"hugo.yaml", "BaseURL: https://example.org/blog\nBuildDrafts: true\n"},
      {"hugo.yml", "baseurl: https://example.org/blog\nbuilddrafts: true\n"},
      {"hugo.json", R"({"baseURL": "https://example.org/blog", "buildDrafts": true})"},
      {"config.toml", "baseURL = 'https://example.org/blog'\nbuildDrafts = true\n"},
      {"config.yaml", "baseURL: https://example.org/blog\nbuildDrafts: true\n"},
      {"config.json", R"({"baseURL": "https://example.org/blog", "buildDrafts": true})"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.file) {
      const TempDir site;
      site.write(c.file, c.text);
      const Result<Config> config = load(site);
      REQUIRE(config.has_value());
      CHECK(config->base_url == "https://example.org/blog/");
      CHECK(config->base_path == "/blog/");
      CHECK(config->build_drafts);
      CHECK(!config->build_future);
      CHECK(config->language == "en");
    }
  }
}

TEST_CASE("hugo.toml wins over config.toml, and --config over both") {
  const TempDir site;
  site.write("config.toml", "title = 'c'\ncontentDir = 'c'\n");
  site.write("hugo.toml", "contentDir = 'h'\n");
  site.write("a.toml", "contentDir = 'a'\nbuildDrafts = true\n");
  site.write("b.yaml", "contentDir: b\n");
  CHECK(load(site)->content_dir.filename() == "h");
  ConfigRequest request;
  request.source = site.path();
  request.files = {"a.toml", "b.yaml"};
  const Result<Config> config = load_config(request);
  REQUIRE(config.has_value());
  CHECK(config->content_dir.filename() == "b");
  CHECK(config->build_drafts);
}

TEST_CASE("HUGO_ variables go over the files") {
  const Result<Config> config = load_toml(
      "baseURL = 'https://example.org/'\nignoreFiles = ['x$']\n[params.likes]\n"
      "sections = ['posts']\n",
      {{"HUGO_BASEURL", "http://localhost:1313/"},
       {"HUGO_BUILDDRAFTS", "true"},
       {"HUGO_BUILDEXPIRED", "false"},
       {"HUGO_CONTENTDIR", "pages"},
       {"HUGO_IGNOREFILES", "a$ b$"},
       {"HUGO_PARAMS_LIKES_SECTIONS", "[notes, essays]"},
       {"HUGOxPERMALINKS", "{posts: '/:slug/'}"},
       {"HUGO_ENVIRONMENT", "staging"},
       {"HUGO", "1"},
       {"HUGOISH", "1"}});
  REQUIRE(config.has_value());
  CHECK(config->base_url == "http://localhost:1313/");
  CHECK(config->build_drafts);
  CHECK(!config->build_expired);
  CHECK(config->content_dir.filename() == "pages");
  CHECK(config->ignore_files.size() == 2);
  CHECK(config->likes.sections == std::vector<std::string>{"notes", "essays"});
  REQUIRE(config->permalinks.size() == 1);
  CHECK(config->permalinks[0].section == "posts");
}

TEST_CASE("one language's settings count for the site") {
  const Result<Config> config = load_toml(
      "title = 'root'\n[params.likes]\nsections = ['posts']\n[languages.pl]\ncontentDir = "
      "'tresc'\n[languages.pl.params.likes]\nsections = ['wpisy']\n[languages.de]\n"
      "disabled = true\n");
  REQUIRE(config.has_value());
  CHECK(config->language == "pl");
  CHECK(config->languages.disabled.contains("de"));
  CHECK(config->content_dir.filename() == "tresc");
  CHECK(config->likes.sections == std::vector<std::string>{"wpisy"});
}

TEST_CASE("of permalinks that match the longest key counts") {
  const Result<Config> config = load_toml(
      "[permalinks]\nposts = '/a/'\n'posts/sub' = '/b/'\n[permalinks.page]\n'posts/sub/x' "
      "= '/c/'\n[permalinks.section]\nposts = '/:nope/'\n");
  REQUIRE(config.has_value());
  REQUIRE(config->permalinks.size() == 3);
  CHECK(config->permalinks[0].section == "posts/sub/x");
  CHECK(config->permalinks[2].section == "posts");
}

TEST_CASE("date chains are expanded") {
  const Result<Config> config =
      load_toml("[frontmatter]\ndate = [':filename', ':default']\nexpiryDate = ['stop']\n");
  REQUIRE(config.has_value());
  CHECK(config->dates.date == std::vector<std::string>{":filename", "date", "publishdate",
                                                       "pubdate", "published", "lastmod",
                                                       "modified"});
  CHECK(config->dates.publish_date ==
        std::vector<std::string>{"publishdate", "pubdate", "published", "date"});
  CHECK(config->dates.expiry_date == std::vector<std::string>{"stop"});
}

TEST_CASE("what is wrong or not supported is refused with its place") {
  struct Case {
    const char* name;
    const char* text;
    const char* message;
  };
  const Case cases[] = {
      {"malformed", "title = 'x'\nbaseURL = example\n", ":2:11: wrong TOML: "},
      {"two languages", "[languages.en]\n[languages.fr]\n",
       ":2:1: found a second language 'fr', wanted one: sites in several languages are not "
       "supported yet"},
      {"default language", "defaultContentLanguage = 'fr'\n[languages.en]\nweight = 1\n",
       ":1:26: found defaultContentLanguage 'fr', which is not among the languages ('en')"},
      {"mount", "[[module.mounts]]\nsource = 'x'\ntarget = 'content/posts'\n",
       ":1:1: found a mount of 'content/posts', wanted contentDir: mounts of content are not "
       "supported yet"},
      {"outputs", "[outputs]\npage = ['json']\n",
       ":2:8: found outputs of pages without html, wanted html among them"},
      {"html format", "[outputFormats.html]\nbaseName = 'start'\n",
       ":2:12: found outputFormats.html.basename, which is not supported yet"},
      {"content types", "[contentTypes.'text/markdown']\n",
       ":1:1: found a setting that changes which files are pages, which is not supported yet"},
      {"permalink token", "[permalinks]\nposts = '/:nope/'\n",
       ":2:9: found ':nope' in the permalink '/:nope/', wanted a token that Hugo knows, such as "
       ":slug"},
      {"permalink type", "[permalinks]\nposts = 3\n",
       ":2:9: found a number as the permalink of 'posts', wanted a string"},
      {"permalinks list", "permalinks = [{pattern = '/x/'}]\n",
       ":1:14: found a list as permalinks, wanted a map of sections: other forms are not "
       "supported yet"},
      {"regular expression", "ignoreFiles = ['(']\n",
       ":1:15: found the regular expression '(' in ignoreFiles, which cannot be read: "},
      {"time zone", "timeZone = 'Europe/Warsow'\n", ":1:12: found timeZone 'Europe/Warsow', "},
      {"git dates", "enableGitInfo = true\n[frontmatter]\ndate = [':git']\n",
       ":3:8: found :git in frontmatter.date, which is not supported yet"},
      {"cascade", "cascade = 5\n",
       ":1:11: found a number as a cascade, wanted a map or a list of maps"},
      {"likes", "[params]\nlikes = true\n", ":2:9: found true as params.likes, wanted a map"},
      {"share", "[params.likes]\nshareTranslations = 'yes'\n",
       ":2:21: found a string as params.likes.shareTranslations, wanted true or false"},
      {"merge", "[permalinks]\n_merge = 'deep'\n",
       ":2:10: found '_merge', which is not supported yet"},
      {"sections", "[params.likes]\nsections = 3\n",
       ":2:12: found a number as params.likes.sections, wanted a list of sections"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const TempDir site;
      const std::string file = site.write("config.toml", c.text).string();
      const Result<Config> config = load(site);
      REQUIRE(!config.has_value());
      const std::string wanted = file + c.message;
      CHECK(config.error().to_string().substr(0, wanted.size()) == wanted);
    }
  }
}

TEST_CASE("no configuration, or a folder of them") {
  const TempDir site;
  CHECK(load(site).error().to_string() ==
        site.path().string() +
            ": found no configuration, wanted hugo.toml, config.toml or their like here (or "
            "--config FILE)");
  site.write("config/_default/hugo.toml", "");
  CHECK(load(site).error().to_string() ==
        (site.path() / "config/_default").string() +
            ": found a configuration folder, wanted one configuration file: folders are not "
            "supported yet");
}

TEST_CASE("a theme may not move pages, and says so if it is not there") {
  const TempDir site;
  site.write("config.toml", "theme = ['here', 'gone']\n");
  site.write("themes/here/hugo.toml", "[params]\nx = 1\n");
  const Result<Config> config = load(site);
  REQUIRE(config.has_value());
  REQUIRE(config->warnings.size() == 1);
  CHECK(config->warnings[0].message ==
        "found no folder of the theme 'gone': whether it brings content along is not known");

  const std::string theme = site.write("themes/here/hugo.toml", "_merge = 'deep'\n").string();
  CHECK(load(site).error().to_string() ==
        theme + ":1:10: found '_merge' in a theme's configuration, which is not supported yet");
  site.write("themes/here/hugo.toml", "");
  site.write("themes/here/content/x.md", "");
  CHECK(load(site).error().to_string() ==
        (site.path() / "themes/here/content").string() +
            ": found content in a theme, wanted it in the site only: content of themes is not "
            "supported yet");
}

TEST_CASE("a configuration has a limit") {
  const auto text = [](std::size_t bytes) { return "#" + std::string(bytes - 1, 'x'); };
  CHECK(load_toml(text(kMaxConfigBytes)).has_value());
  const Result<Config> larger = load_toml(text(kMaxConfigBytes + 1));
  REQUIRE(!larger.has_value());
  CHECK(larger.error().message.find("limit") != std::string::npos);
}

}  // namespace
}  // namespace likes::hugo
