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
      CHECK(config->main_language().base_url == "https://example.org/blog/");
      CHECK(config->main_language().base_path == "/blog/");
      CHECK(config->build_drafts);
      CHECK(!config->build_future);
      CHECK(config->main_language().code == "en");
    }
  }
}

TEST_CASE("hugo.toml wins over config.toml, and --config over both") {
  const TempDir site;
  site.write("config.toml", "title = 'c'\ncontentDir = 'c'\n");
  site.write("hugo.toml", "contentDir = 'h'\n");
  site.write("a.toml", "contentDir = 'a'\nbuildDrafts = true\n");
  site.write("b.yaml", "contentDir: b\n");
  CHECK(load(site)->mounts.at(0).source.filename() == "h");
  ConfigRequest request;
  request.source = site.path();
  request.files = {"a.toml", "b.yaml"};
  const Result<Config> config = load_config(request);
  REQUIRE(config.has_value());
  CHECK(config->mounts.at(0).source.filename() == "b");
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
  CHECK(config->main_language().base_url == "http://localhost:1313/");
  CHECK(config->build_drafts);
  CHECK(!config->build_expired);
  CHECK(config->mounts.at(0).source.filename() == "pages");
  CHECK(config->ignore_files.size() == 2);
  CHECK(config->likes.sections == std::vector<std::string>{"notes", "essays"});
  REQUIRE(config->main_language().permalinks.size() == 2);  // For pages and for terms.
  CHECK(config->main_language().permalinks[0].section == "posts");
}

TEST_CASE("indexes are taxonomies, but not before Hugo 0.112") {
  const TempDir site;
  site.write("config.toml", "[indexes]\nmood = 'moods'\n");
  ConfigRequest request;
  request.source = site.path();
  for (const auto& [version, plural] :
       {std::pair(HugoVersion{0, 112}, "moods"), std::pair(HugoVersion{0, 111}, "categories")}) {
    request.hugo_version = version;
    const Result<Config> config = load_config(request);
    REQUIRE(config);
    CHECK(config->languages[0].taxonomies.at(0).plural == plural);
  }
}

TEST_CASE("one language's settings count for the site") {
  const Result<Config> config = load_toml(
      "title = 'root'\n[params.likes]\nsections = ['posts']\n[languages.pl]\ncontentDir = "
      "'tresc'\n[languages.pl.params.likes]\nsections = ['wpisy']\n[languages.de]\n"
      "disabled = true\n");
  REQUIRE(config.has_value());
  CHECK(config->main_language().code == "pl");
  CHECK(config->syntax.disabled.contains("de"));
  CHECK(config->mounts.at(0).source.filename() == "tresc");
  CHECK(config->likes.sections == std::vector<std::string>{"wpisy"});
}

TEST_CASE("of permalinks that match the longest key counts") {
  const Result<Config> config = load_toml(
      "[permalinks]\nposts = '/a/'\n'posts/sub' = '/b/'\n[permalinks.page]\n'posts/sub/x' "
      "= '/c/'\n[permalinks.section]\nposts = '/s/'\n");
  REQUIRE(config.has_value());
  const std::vector<PermalinkRule>& rules = config->main_language().permalinks;
  REQUIRE(rules.size() == 6);
  CHECK(rules.front().section == "posts/sub/x");
  CHECK(rules.back().section == "posts");
  CHECK(rules.front().is_for({"/posts/sub/x/y", "page", "en", ""}, "posts"));
  CHECK(!rules.front().is_for({"/posts/sub/x/y", "term", "en", ""}, "posts"));
}

TEST_CASE("date chains are expanded") {
  const Result<Config> config =
      load_toml("[frontmatter]\ndate = [':filename', ':default']\nexpiryDate = ['stop']\n");
  REQUIRE(config.has_value());
  CHECK(config->main_language().dates.date ==
        std::vector<std::string>{":filename", "date", "publishdate", "pubdate", "published",
                                 "lastmod", "modified"});
  CHECK(config->main_language().dates.publish_date ==
        std::vector<std::string>{"publishdate", "pubdate", "published", "date"});
  CHECK(config->main_language().dates.expiry_date == std::vector<std::string>{"stop"});
}

TEST_CASE("what is wrong or not supported is refused with its place") {
  struct Case {
    const char* name;
    const char* text;
    const char* message;
  };
  const Case cases[] = {
      {"malformed", "title = 'x'\nbaseURL = example\n", ":2:11: wrong TOML: "},
      {"default language", "defaultContentLanguage = 'fr'\n[languages.en]\nweight = 1\n",
       ":1:26: found defaultContentLanguage 'fr', which is not among the languages ('en')"},
      {"content types", "[contentTypes.'text/markdown']\n",
       ":1:1: found a setting that changes which files are pages, which is not supported yet"},
      {"permalink token", "[permalinks]\nposts = '/:nope/'\n",
       ":2:9: found ':nope' in the permalink '/:nope/', wanted a token that Hugo knows, such as "
       ":slug"},
      {"permalink type", "[permalinks]\nposts = 3\n",
       ":2:9: found a number as the permalink of 'posts', wanted a string"},
      {"regular expression", "ignoreFiles = ['(']\n",
       ":1:15: found the regular expression '(' in ignoreFiles, which cannot be read: "},
      {"time zone", "timeZone = 'Europe/Warsow'\n", ":1:12: found timeZone 'Europe/Warsow', "},
      {"cascade", "cascade = 5\n",
       ":1:11: found a number as a cascade, wanted a map or a list of maps"},
      {"likes", "[params]\nlikes = true\n", ":2:9: found true as params.likes, wanted a map"},
      {"share", "[params.likes]\nshareTranslations = 'yes'\n",
       ":2:21: found a string as params.likes.shareTranslations, wanted true or false"},
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

TEST_CASE("no configuration is an error") {
  const TempDir site;
  CHECK(load(site).error().to_string() ==
        site.path().string() +
            ": found no configuration, wanted hugo.toml, config.toml or their like here (or "
            "--config FILE)");
}

TEST_CASE("the folder config/ goes over the file, an environment over its defaults") {
  const TempDir site;
  site.write("hugo.toml", "title = 'root'\nbaseURL = 'https://root.example.org/'\n");
  site.write("config/_default/hugo.toml", "title = 'default'\n");
  site.write("config/_default/permalinks.yaml", "posts: /default/:slug/\n");
  site.write("config/_default/deep/params.toml", "[likes]\nsections = ['posts']\n");
  site.write("config/_default/languages.toml", "[en]\nweight = 2\n[pl]\nweight = 1\n");
  site.write("config/_default/languages.pl.toml", "title = 'PL'\n");
  site.write("config/_default/notes.txt", "no configuration");
  site.write("config/staging/hugo.toml", "title = 'staging'\n");
  ConfigRequest request;
  request.source = site.path();
  const Result<Config> config = load_config(request);
  REQUIRE(config.has_value());
  REQUIRE(config->languages.size() == 2);
  CHECK(config->languages[0].code == "pl");
  CHECK(config->languages[0].title == "PL");
  CHECK(config->languages[0].prefix == "pl");
  CHECK(config->main_language().code == "en");
  CHECK(config->main_language().title == "default");
  CHECK(config->main_language().prefix.empty());
  CHECK(config->main_language().base_url == "https://root.example.org/");
  CHECK(config->main_language().permalinks.size() == 2);
  CHECK(config->likes.sections == std::vector<std::string>{"posts"});
  request.environment = "staging";
  CHECK(load_config(request)->main_language().title == "staging");
}

TEST_CASE("languages have settings of their own") {
  const Result<Config> config = load_toml(
      "defaultContentLanguage = 'pl'\ntimeZone = 'Europe/Warsaw'\n[permalinks]\nposts = '/p/'\n"
      "[taxonomies]\ntag = 'tags'\n[languages.en]\ncontentDir = 'content/en'\n"
      "[languages.en.taxonomies]\ntopic = 'topics'\n[languages.pl]\nuglyURLs = true\n");
  REQUIRE(config.has_value());
  const Language& en = config->languages.at(0);
  const Language& pl = config->languages.at(1);
  CHECK(config->default_language == 1);
  CHECK(en.prefix == "en");
  REQUIRE(en.taxonomies.size() == 1);
  CHECK(en.taxonomies[0].plural == "topics");
  CHECK(pl.taxonomies.at(0).plural == "tags");
  CHECK(pl.is_ugly("posts"));
  CHECK(!en.is_ugly("posts"));
  CHECK(!en.time_zone.is_utc());
  REQUIRE(config->mounts.size() == 2);
  CHECK(config->mounts[0].languages == std::vector<std::size_t>{0});
  CHECK(config->mounts[1].languages.empty());
}

TEST_CASE("a baseURL of a language's own makes hosts of languages") {
  const Result<Config> config = load_toml(
      "[languages.en]\nbaseURL = 'https://en.example.org/'\n[languages.pl]\nbaseURL = "
      "'https://pl.example.org/'\n");
  REQUIRE(config.has_value());
  CHECK(config->languages.at(1).base_url == "https://pl.example.org/");
  CHECK(config->languages.at(1).prefix.empty());
}

TEST_CASE("links go through Hugo's templates where languages are configured, or where it is said") {
  struct Case {
    const char* name;
    const char* config;
    bool has_link_hook;
    bool has_image_hook;
  };
  const Case cases[] = {
      {"no languages", "", false, false},
      {"a single language", "[languages.en]\nweight = 1\n", true, true},
      {"hosts of their own",
       "[languages.en]\nbaseURL = 'https://en.example.org/'\n"
       "[languages.pl]\nbaseURL = 'https://pl.example.org/'\n",
       false, false},
      {"files are copied",
       "[languages.en]\nweight = 1\n[markup.goldmark]\nduplicateResourceFiles = true\n", false,
       false},
      {"always", "[markup.goldmark.renderHooks.link]\nuseEmbedded = 'always'\n", true, false},
      {"never",
       "[languages.en]\nweight = 1\n"
       "[markup.goldmark.renderHooks.image]\nuseEmbedded = 'never'\n",
       true, false},
      {"of old", "[markup.goldmark.renderHooks.image]\nenableDefault = true\n", false, true},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Result<Config> config = load_toml(c.config);
      REQUIRE(config);
      CHECK(config->languages[0].markup.has_link_hook == c.has_link_hook);
      CHECK(config->languages[0].markup.has_image_hook == c.has_image_hook);
    }
  }
}

TEST_CASE("code is coloured as the site has it, or as it had it of old") {
  const Result<Config> of_old =
      load_toml("pygmentsUseClasses = true\npygmentsStyle = 'tango'\npygmentsCodeFences = false\n");
  REQUIRE(of_old);
  CHECK(of_old->languages[0].markup.highlights_by_class);
  CHECK(of_old->languages[0].markup.highlight_style == "tango");
  CHECK(!of_old->languages[0].markup.highlights_fences);
  const Result<Config> now = load_toml(
      "pygmentsUseClasses = true\n[markup.highlight]\nnoClasses = true\nstyle = 'vs'\n"
      "tabWidth = 2\nlineNos = 'inline'\nwrapperClass = 'code'\n");
  REQUIRE(now);
  const MarkupRules& rules = now->languages[0].markup;
  CHECK(!rules.highlights_by_class);
  CHECK(rules.highlight_style == "vs");
  CHECK(rules.tab_width == 2);
  CHECK(rules.numbers_lines);
  CHECK(rules.highlight_class == "code");
}

TEST_CASE("mounts of content take its folder's place") {
  const Result<Config> config = load_toml(
      "[languages.en]\n[languages.pl]\n[languages.de]\n"
      "[[module.mounts]]\nsource = 'assets'\ntarget = 'assets'\n"
      "[[module.mounts]]\nsource = 'a/'\ntarget = 'content/'\nlang = 'pl'\n"
      "[[module.mounts]]\nsource = 'b'\ntarget = 'content/posts'\nfiles = ['! **/x*', '**.md']\n"
      "[module.mounts.sites.matrix]\nlanguages = ['{en,de}']\n");
  REQUIRE(config.has_value());
  REQUIRE(config->mounts.size() == 2);
  CHECK(config->mounts[0].source.filename() == "a");
  CHECK(config->mounts[0].languages == std::vector<std::size_t>{2});
  CHECK(config->mounts[1].target == "posts");
  CHECK(config->mounts[1].languages == std::vector<std::size_t>{0, 1});
  CHECK(config->mounts[1].takes("a/b.md"));
  CHECK(!config->mounts[1].takes("a/x.md"));
  CHECK(!config->mounts[1].takes("a/b.txt"));
}

TEST_CASE("a theme's configuration comes under the site's as far as the site lets it") {
  const TempDir site;
  site.write("hugo.toml",
             "theme = ['one', 'two', 'gone']\n[taxonomies]\n_merge = 'shallow'\ntag = 'tags'\n"
             "[permalinks]\nposts = '/site/'\n");
  site.write("themes/one/hugo.toml",
             "theme = 'three'\nuglyURLs = true\n[taxonomies]\ntag = 'other'\nseries = 'series'\n"
             "[permalinks]\nnews = '/theme/'\n[params.likes]\nsections = ['posts']\n");
  site.write("themes/two/config.yaml", "params: {likes: {sections: [two]}}\n");
  site.write("themes/two/content/x.md", "");
  site.write("themes/three/hugo.toml", "[[module.mounts]]\nsource='c'\ntarget='content/c'\n");
  const Result<Config> config = load(site);
  REQUIRE(config.has_value());
  const Language& language = config->main_language();
  CHECK(!language.ugly_urls);
  REQUIRE(language.taxonomies.size() == 2);
  CHECK(language.taxonomies[0].plural == "series");
  CHECK(language.taxonomies[1].plural == "tags");
  CHECK(language.permalinks.size() == 2);
  CHECK(config->likes.sections == std::vector<std::string>{"posts"});
  REQUIRE(config->warnings.size() == 1);
  CHECK(config->warnings[0].message ==
        "found no folder of the theme 'gone': whether it brings content along is not known");
  std::vector<std::string> sources;
  for (const Mount& mount : config->mounts) {
    sources.push_back(mount.source.lexically_relative(site.path()).string());
  }
  CHECK(sources == std::vector<std::string>{"content", "themes/one/content", "themes/three/c",
                                            "themes/two/content"});
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
