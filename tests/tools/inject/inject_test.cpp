#include <string>

#include "tests/support/catch.h"
#include "tests/support/golden.h"
#include "tests/support/process.h"
#include "tests/support/temp_dir.h"
#include "tools/inject/asset.h"
#include "tools/inject/button.h"
#include "tools/inject/placement.h"

using likes::inject::find_places;
using likes::inject::Places;
using likes::inject::Selector;
using likes::testing::Process;
using likes::testing::TempDir;

namespace {

/// The page with | where the button would go, or "".
std::string placed(std::string page, const std::string& selectors) {
  const likes::Result<std::vector<Selector>> list = Selector::read_list(selectors);
  REQUIRE(list);
  const Places places = find_places(page, *list);
  return places.button ? page.insert(*places.button, "|") : "";
}

}  // namespace

TEST_CASE("the button goes behind the article's text") {
  struct Case {
    const char* name;
    const char* page;
    const char* expected;
  };
  const std::string defaults(likes::inject::kDefaultPlaces);
  constexpr Case kCases[] = {
      {"behind the text", "<article><div class='x post-content'><div></div></div><footer>",
       "<article><div class='x post-content'><div></div></div>|<footer>"},
      {"an article's end", "<main><article><p>a</article></main>",
       "<main><article><p>a|</article></main>"},
      {"the first one", "<article>a</article><article>b</article>",
       "<article>a|</article><article>b</article>"},
      {"nested", "<main><main>a</main>b</main>", "<main><main>a</main>b|</main>"},
      {"the better rule wins", "<main><p itemprop=articleBody>a</p></main>",
       "<main><p itemprop=articleBody>a</p>|</main>"},
      {"not in a comment", "<!--<article></article>--><main></main>",
       "<!--<article></article>--><main>|</main>"},
      {"part of a word", "<div class=my-post-content></div>", ""},
      {"never closed", "<article><p>", ""},
      {"nothing", "<p>a</p>", ""},
  };
  for (const Case& c : kCases) {
    INFO(c.name);
    CHECK(placed(c.page, defaults) == c.expected);
  }
  CHECK(placed("<p class='b a' id=x lang>1</p>2", "p.a.b#x[lang]") ==
        "<p class='b a' id=x lang>1</p>|2");
  CHECK(placed("<i></i><b></b>", "b, i") == "<i></i><b></b>|");
}

TEST_CASE("a selector that is not understood is refused by name") {
  for (const char* wrong : {"", "a b", "a > b", "p:first-child", "*", ".", "a,", "[x", "[=x]"}) {
    INFO(wrong);
    const likes::Result<std::vector<Selector>> list = Selector::read_list(wrong);
    REQUIRE_FALSE(list);
    CHECK(list.error().message.find("wanted a selector such as article") != std::string::npos);
  }
}

TEST_CASE("an asset is named after its content and says its hash") {
  const likes::inject::Asset asset = likes::inject::make_asset("js", "hello world");
  CHECK(asset.name == "inject.b94d27b9934d3e08.js");
  CHECK(asset.integrity == "sha256-uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=");
  CHECK(likes::inject::make_asset("js", "hello worlds").name != asset.name);
}

TEST_CASE("likes inject and likes bake bring likes to a theme that knows nothing of them") {
  TempDir dir;
  const std::string top = dir.path().string();
  dir.write("config.toml",
            "baseURL = 'https://example.org/blog/'\ndisableKinds = ['taxonomy', 'term']\n"
            "languageCode = 'de'\ndefaultContentLanguage = 'de'\n"
            "[params.likes]\ninject = true\napi = 'https://likes.example.org/'\n");
  dir.write("layouts/_default/single.html",
            "<html><head><title>x</title></head><body><main>{{ .Content }}</main></body></html>");
  dir.write("layouts/_default/list.html", "<html><head></head><body><main></main></body></html>");
  dir.write("content/posts/a b.md", "---\ntitle: A\n---\nText\n");
  dir.write("likes.json",
            R"({"generated":"2026-11-20T08:30:00Z","total":1234,"likes":{"posts/a-b":)"
            R"({"total":1234,"days":[]}}})");
  const auto run = [&](const std::vector<std::string>& words) {
    Process process(words, {{"XDG_CACHE_HOME", top + "/cache"}}, words.front());
    const int status = process.wait();
    INFO(process.output());
    REQUIRE(status == 0);
    return process.output();
  };
  run({"hugo", "--source", top});
  const std::vector<std::string> inject = {LIKES_PROGRAM, "inject", top + "/public", "-s", top};
  CHECK(run(inject) == "likes inject: 1 buttons placed, 0 pages have one already\n");
  run({LIKES_PROGRAM, "bake", top + "/public", "--likes", top + "/likes.json"});
  const std::string page = likes::testing::file_bytes(dir.path() / "public/posts/a-b/index.html");
  INFO(page);
  const auto has = [&page](const std::string& text) {
    return page.find(text) != std::string::npos;
  };
  CHECK(has(R"(action="https://likes.example.org/like/posts/a-b" data-likes="posts/a-b")"));
  CHECK(has(R"(data-likes-locale="de" data-likes-count="posts/a-b">1.234</span>)"));
  CHECK(has("Gef\u00e4llt mir"));
  CHECK(has("</form></main>"));
  const likes::inject::Asset script = likes::inject::make_asset("js", likes::inject::kLikeJS);
  CHECK(has("src=\"/blog/hugo-likes/" + script.name + "\" integrity=\"" + script.integrity +
            "\"></script></head>"));
  CHECK(likes::testing::file_bytes(dir.path() / "public/hugo-likes" / script.name) == script.bytes);
  CHECK(run(inject) == "likes inject: 0 buttons placed, 1 pages have one already\n");
}
