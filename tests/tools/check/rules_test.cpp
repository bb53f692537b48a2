#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"
#include "tests/tools/check/run_check.h"
#include "tools/check/public_folder.h"
#include "tools/html/page_file.h"

namespace likes::testing {
namespace {

struct File {
  const char* name;
  std::string bytes;
};

struct Case {
  const char* name;
  std::vector<File> files;  ///< Beside, or in place of, those of a site that is right.
  int exit;
  const char* out;
};

std::string form(const std::string& key, const std::string& api = "") {
  return "<form action=\"" + api + "/like/" + key + "\" data-likes=\"" + key +
         "\" data-likes-api=\"" + api + "\">\n<b data-likes-count=\"" + key + "\">1</b></form>\n";
}

std::string page(const std::string& key) {
  return "<!doctype html>\n" + form(key);
}

/// A page whose form goes to another origin, under a policy.
std::string page_under(const std::string& policy) {
  return "<!doctype html>\n<meta http-equiv=content-security-policy content=\"" + policy + "\">\n" +
         form("posts/a", "https://likes.example.org");
}

std::string counts(const std::string& likes) {
  return R"({"generated": "2026-11-20T08:30:00Z", "total": 3, "likes": {)" + likes + "}}";
}

/// A site with the posts posts/a, once posts/first, and posts/b.
void write_site(const TempDir& site) {
  site.write("config.toml", "baseURL = 'https://example.org/'\n");
  site.write("content/posts/a.md", "---\ntitle: a\naliases: [/posts/first/]\n---\n");
  site.write("content/posts/b.md", "---\ntitle: b\n---\n");
  site.write("public/index.html", form("posts/a") + form("posts/b"));
  site.write("public/posts/a/index.html", page("posts/a"));
  site.write("public/posts/b/index.html", page("posts/b"));
  site.write("public/posts/first/index.html", "<meta http-equiv=refresh>");
  site.write("site/data/likes.json", counts(R"("posts/a": {"total": 3, "days": []})"));
}

void check_cases(const std::vector<Case>& cases, const std::vector<std::string>& words = {}) {
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const TempDir site;
      write_site(site);
      for (const File& file : c.files) {
        site.write(file.name, file.bytes);
      }
      std::vector<std::string> all = {"--source", site.path().string()};
      all.insert(all.end(), words.begin(), words.end());
      const CheckRun run = run_check(all);
      INFO(run.err);
      CHECK(without_folder(run.out, site.path().string()) == c.out);
      CHECK(run.exit == c.exit);
    }
  }
}

TEST_CASE("posts are held against each other") {
  check_cases({
      {"all is right", {}, 0, ""},
      {"two posts with one key",
       {{"content/posts/c.md", "---\ntitle: c\nlikes: {key: posts/a}\n---\n"},
        {"public/posts/c/index.html", page("posts/a")}},
       1,
       "error: the site's configuration and content\n"
       "content/posts/c.md: found the key 'posts/a' a second time, content/posts/a.md has it "
       "already (likes.key can tell them apart)\n"},
      {"a wrong front matter",
       {{"content/posts/b.md", "---\ntitle: b\nlikes: 3\n---\n"},
        {"public/index.html", form("posts/a")},
        {"public/posts/b/index.html", ""}},
       1,
       "error: the site's configuration and content\n"
       "content/posts/b.md:3:8: found likes with a number, wanted false or a map with a "
       "key\n"},
      {"one slug in two folders",
       {{"content/notes/a.md", "---\ntitle: a\n---\n"},
        {"public/notes/a/index.html", page("notes/a")}},
       0,
       "note: posts with one slug\n"
       "content/notes/a.md: found the slug 'a' in 'notes/a' (content/notes/a.md), 'posts/a' "
       "(content/posts/a.md): the server takes their whole keys only\n"},
      {"a former key that is another post's key",
       {{"content/posts/b.md", "---\ntitle: b\naliases: [/posts/a/]\n---\n"}},
       0,
       "note: former keys that another post has as well\n"
       "content/posts/b.md: found the former key 'posts/a' of 'posts/b', which is that of "
       "'posts/a' (content/posts/a.md) as well: its likes go there\n"},
      {"a former key of two posts",
       {{"content/posts/b.md", "---\ntitle: b\naliases: [/posts/first/]\n---\n"}},
       0,
       "note: former keys that another post has as well\n"
       "content/posts/b.md: found the former key 'posts/first' of 'posts/b', which is that of "
       "'posts/a' (content/posts/a.md) as well: its likes go there\n"},
  });
}

TEST_CASE("a slug that very many posts share is cut short") {
  const TempDir site;
  std::string index;
  for (int i = 1; i <= 7; ++i) {
    const std::string key = "s" + std::to_string(i) + "/a";
    index += (i == 1 ? "" : ",") + std::string(R"({"url": "https://example.org/)") + key + "/\"}";
  }
  const std::string posts = site.write("posts.json", "[" + index + "]").string();
  const CheckRun run = run_check({"--source", site.path().string(), "--posts", posts});
  CHECK(run.out ==
        "note: posts with one slug\n"
        "s1/a: found the slug 'a' in 's1/a', 's2/a', 's3/a', 's4/a', 's5/a' and 2 more: the "
        "server takes their whole keys only\n");
  CHECK(run.err == "likes check: 7 posts, no pages and no counts looked at: 0 errors, 1 note\n");
}

TEST_CASE("keys in pages are held against the posts") {
  check_cases({
      {"a key with a typing error, on two pages",
       {{"public/index.html", form("posts/a") + form("posts/b") + form("posts/aa")},
        {"public/tags/index.html", "\n\n<i data-likes-count='posts/aa'>2</i>"}},
       1,
       "error: keys in pages that no post has\n"
       "public/index.html:6: found data-likes-count=\"posts/aa\" (here and on 1 more page), "
       "wanted the key of a post; is it 'posts/a'?\n"},
      {"a form without a marker",
       {{"public/index.html", "<form data-likes=\"none/such\"></form>"}},
       1,
       "error: keys in pages that no post has\n"
       "public/index.html:1: found data-likes=\"none/such\", wanted the key of a post\n"},
      {"a post that moved to another folder",
       {{"public/index.html", "<b data-likes-count=\"notes/b\"></b>"}},
       1,
       "error: keys in pages that no post has\n"
       "public/index.html:1: found data-likes-count=\"notes/b\", wanted the key of a post; is it "
       "'posts/b'?\n"},
      {"a former key",
       {{"public/index.html", "<b data-likes-count=\"posts/first\"></b>"}},
       1,
       "error: keys in pages that no post has\n"
       "public/index.html:1: found data-likes-count=\"posts/first\", wanted 'posts/a', which has "
       "it among its former keys\n"},
      {"a feed",
       {{"public/index.xml",
         "<rss>\n<description>&lt;b data-likes-count=\"none\"&gt;1&lt;/b&gt;</description>"}},
       1,
       "error: keys in pages that no post has\n"
       "public/index.xml:2: found data-likes-count=\"none\", wanted the key of a post\n"},
      {"no key at all, over two lines",
       {{"public/index.html", "<b data-likes-count='x\ny'></b><b data-likes-count></b>"}},
       1,
       "error: keys in pages that no post has\n"
       "public/index.html:2: found data-likes-count=\"\", wanted the key of a post\n"
       "public/index.html:2: found data-likes-count=\"x y\", wanted the key of a post\n"},
      {"a page that is no post any more",
       {{"public/index.html", form("posts/a") + form("posts/b") + form("posts/old")},
        {"public/posts/old/index.html", page("posts/old")}},
       1,
       "error: pages that show their own likes and are no post\n"
       "public/posts/old/index.html:3: found data-likes-count=\"posts/old\" (here and on 1 more "
       "page), on the page of that key, which is no post: is it left from an earlier build, or "
       "one for -D, -E or -F?\n"},
      {"not markup, a hidden file, a file that is no page",
       {{"public/index.html", "<!-- <b data-likes-count='x'> -->"},
        {"public/.old/index.html", page("x")},
        {"public/like.js", page("x")}},
       0,
       ""},
      {"markers that cannot be baked",
       {{"public/index.html", "\n<b data-likes-count=posts/a><i>1</i></b>"},
        {"public/latin.html", "<b data-likes-count=posts/b>1</b>\xE9"}},
       1,
       "error: markers that cannot be baked\n"
       "public/index.html:2: the element marked data-likes-count=\"posts/a\" holds more than "
       "text, wanted only the count\n"
       "public/latin.html: found a page that is not UTF-8, its counts are never baked\n"},
      {"the theme component of this version",
       {{"public/index.html", "<button data-likes-overlay='" LIKES_VERSION "'></button>"}},
       0,
       ""},
      {"the theme component of another version",
       {{"public/index.html", "<button data-likes-overlay='0.0.9'></button>"},
        {"public/other.html", "\n<button data-likes-overlay='0.0.9'></button>"}},
       1,
       "error: pages of another version of the theme component\n"
       "public/index.html:1: found data-likes-overlay=\"0.0.9\" (here and on 1 more page), "
       "wanted \"" LIKES_VERSION
       "\", this program's version: take both from one release, then run hugo\n"},
  });
}

TEST_CASE("posts are held against the pages") {
  check_cases({
      {"a post without a page",
       {{"content/posts/żó ł.md", "---\ntitle: c\n---\n"},
        {"public/index.html", page("posts/żó-ł")}},
       1,
       "error: posts without a page\n"
       "content/posts/żó ł.md: found no page of "
       "https://example.org/posts/%C5%BC%C3%B3-%C5%82/, wanted "
       "public/posts/żó-ł/index.html: build the site, with the options given here\n"},
      {"a post that no page shows likes of",
       {{"public/index.html", ""}, {"public/posts/b/index.html", "<p>Text.</p>"}},
       0,
       "note: posts that no page shows likes of\n"
       "content/posts/b.md: found no like button and no count of 'posts/b' on any page\n"},
      {"no likes anywhere",
       {{"public/index.html", ""},
        {"public/posts/a/index.html", "<p>Text.</p>"},
        {"public/posts/b/index.html", "<p>Text.</p>"}},
       1,
       "error: pages without likes\n"
       "public: found neither like buttons nor counts, wanted the partials of the theme component "
       "in the templates\n"},
      {"under a base path", {{"config.toml", "baseURL = 'https://example.org/blog/'\n"}}, 0, ""},
      {"ugly addresses",
       {{"config.toml", "baseURL = 'https://example.org/'\nuglyURLs = true\n"},
        {"public/index.html", form("posts/a.html")},
        {"public/posts/a/index.html", ""},
        {"public/posts/b/index.html", ""},
        {"public/posts/a.html", page("posts/a.html")},
        {"public/posts/b.html", page("posts/b.html")},
        {"site/data/likes.json", counts(R"("posts/a.html": {"total": 3, "days": []})")}},
       0,
       ""},
  });
}

TEST_CASE("a policy in a page is held against where its likes go") {
  const std::string other = "https://likes.example.org";
  check_cases({
      {"allowed",
       {{"public/a.html", page_under("connect-src " + other + "; form-action 'self' " + other)}},
       0,
       ""},
      {"none of it, on two pages",
       {{"public/a.html", page_under("default-src 'self'; form-action 'self'")},
        {"public/b.html", page_under("default-src 'self'; form-action 'self'")}},
       1,
       "error: Content-Security-Policies that keep likes from their server\n"
       "public/a.html:2: found \"default-src 'self'\" (here and on 1 more page), which keeps the "
       "script from https://likes.example.org, wanted https://likes.example.org in connect-src\n"
       "public/a.html:2: found \"form-action 'self'\" (here and on 1 more page), which keeps the "
       "form from https://likes.example.org, wanted https://likes.example.org in form-action\n"},
      {"no way back",
       {{"public/a.html", page_under("form-action " + other)}},
       1,
       "error: Content-Security-Policies that keep likes from their server\n"
       "public/a.html:2: found \"form-action https://likes.example.org\", which keeps a reader "
       "without JavaScript from coming back to https://example.org, wanted 'self' in "
       "form-action\n"},
      {"likes but not counts",
       {{"public/a.html", page_under("connect-src " + other + "/like/")}},
       1,
       "error: Content-Security-Policies that keep likes from their server\n"
       "public/a.html:2: found \"connect-src https://likes.example.org/like/\", which keeps the "
       "script from https://likes.example.org, wanted https://likes.example.org in connect-src\n"},
      {"the site's own origin",
       {{"public/a.html",
         "<meta http-equiv=Content-Security-Policy content=\"default-src "
         "'none'\">" +
             form("posts/a")}},
       1,
       "error: Content-Security-Policies that keep likes from their server\n"
       "public/a.html:1: found \"default-src 'none'\", which keeps the script from "
       "https://example.org, wanted 'self' in connect-src\n"},
      {"a page without a form",
       {{"public/a.html",
         "<meta http-equiv=Content-Security-Policy content=\"default-src "
         "'none'\"><b data-likes-count=posts/a></b>"}},
       0,
       ""},
      {"a policy that only reports",
       {{"public/a.html",
         "<meta http-equiv=Content-Security-Policy-Report-Only "
         "content=\"default-src 'none'\">" +
             form("posts/a")}},
       0,
       ""},
  });
}

TEST_CASE("counts are held against the posts") {
  check_cases({
      {"a post that is gone",
       {{"site/data/likes.json", counts(R"("notes/old": {"total": 1, "days": []})")}},
       1,
       "error: likes of posts that are no more\n"
       "site/data/likes.json: found 1 like of 'notes/old', wanted the key of a post\n"},
      {"a post that may have been renamed",
       {{"site/data/likes.json", counts(R"("notes/b": {"total": 12, "days": []})")}},
       1,
       "error: likes of posts that are no more\n"
       "site/data/likes.json: found 12 likes of 'notes/b', wanted the key of a post; if it is "
       "'posts/b' (content/posts/b.md) now, give that page the alias /notes/b/\n"},
      {"a post that says it was renamed",
       {{"site/data/likes.json", counts(R"("posts/first": {"total": 12, "days": []})")}},
       0,
       "note: likes under a former key\n"
       "site/data/likes.json: found 12 likes of 'posts/first', a former key of 'posts/a' "
       "(content/posts/a.md): they follow when the server has read the new posts.json\n"},
      {"nothing to lose",
       {{"site/data/likes.json", counts(R"("notes/old": {"total": 0, "days": []})")}},
       0,
       ""},
  });
}

TEST_CASE("a ready posts.json stands for the site") {
  const TempDir site;
  write_site(site);
  const std::string posts =
      site.write("posts.json", R"([{"url": "https://example.org/blog/posts/a/", "key": "posts/a"},
                                   {"url": "https://example.org/blog/posts/b/", "key": "b"},
                                   {"url": "https://example.org/blog/posts/c/", "key": "posts/c"}])")
          .string();
  const std::string folder = site.path().string();
  const CheckRun run = run_check(
      {folder + "/public", "--posts", posts, "--likes", folder + "/site/data/likes.json"});
  CHECK(without_folder(run.out, folder) ==
        "error: pages that show their own likes and are no post\n"
        "public/posts/b/index.html:3: found data-likes-count=\"posts/b\" (here and on 1 more "
        "page), on the page of that key, which is no post: is it left from an earlier build, or "
        "one for -D, -E or -F?\n"
        "\n"
        "error: posts without a page\n"
        "posts/c: found no page of https://example.org/blog/posts/c/, wanted "
        "public/posts/c/index.html: build the site, with the options given here\n"
        "\n"
        "note: posts that no page shows likes of\n"
        "b: found no like button and no count of 'b' on any page\n"
        "posts/c: found no like button and no count of 'posts/c' on any page\n");
  CHECK(run.err == "likes check: 3 posts, 4 pages and 1 count looked at: 2 errors, 2 notes\n");
  CHECK(run.exit == 1);
}

TEST_CASE("what is not there is not looked at, and that is said") {
  const TempDir site;
  site.write("config.toml", "baseURL = 'https://example.org/'\n");
  site.write("content/posts/a.md", "---\ntitle: a\n---\n");
  const CheckRun run = run_check({"--source", site.path().string()});
  CHECK(run.exit == 0);
  CHECK(run.out.empty());
  CHECK(run.err == "likes check: 1 post, no pages and no counts looked at: 0 errors, 0 notes\n");
}

TEST_CASE("the options choose the posts") {
  check_cases({{"drafts",
                {{"content/posts/c.md", "---\ntitle: c\ndraft: true\n---\n"},
                 {"public/posts/c/index.html", page("posts/c")}},
                0,
                ""}},
              {"-D"});
}

TEST_CASE("with --json a machine is told the same") {
  const TempDir site;
  write_site(site);
  site.write("public/index.html", "\n<b data-likes-count=\"posts/bb\"></b>");
  site.write("content/posts/b.md", "---\ntitle: b\naliases: [/posts/a/]\n---\n");
  const CheckRun run = run_check({"--source", site.path().string(), "--json"});
  CHECK(without_folder(run.out, site.path().string()) ==
        R"({"posts":2,"pages":4,"counts":1,"errors":1,"notes":1,"findings":[)"
        R"({"severity":"error","rule":"unknown-key","key":"posts/bb","file":"public/index.html",)"
        R"("line":2,"column":null,"message":"found data-likes-count=\"posts/bb\", )"
        R"(wanted the key of a post; is it 'posts/b'?"},)"
        R"({"severity":"note","rule":"shared-alias","key":"posts/b","file":"content/posts/b.md",)"
        R"("line":null,"column":null,"message":"found the former key 'posts/a' of 'posts/b', )"
        R"(which is that of 'posts/a' (content/posts/a.md) as well: its likes go there"}]})"
        "\n");
  CHECK(run.exit == 1);

  std::filesystem::remove_all(site.path() / "public");
  std::filesystem::remove_all(site.path() / "site");
  site.write("content/posts/b.md", "---\ntitle: b\n---\n");
  CHECK(run_check({"--source", site.path().string(), "--json"}).out ==
        R"({"posts":2,"pages":null,"counts":null,"errors":0,"notes":0,"findings":[]})"
        "\n");
}

TEST_CASE("what cannot be read ends the run") {
  struct Row {
    const char* name;
    std::vector<std::string> words;
    int exit;
    const char* err;
  };
  const TempDir site;
  write_site(site);
  const std::string folder = site.path().string();
  site.write("empty/like.js", "");
  site.write("broken.json", "{");
  const std::vector<Row> rows = {
      {"no such folder",
       {folder + "/none"},
       1,
       "likes check: none: cannot read the built site: No such file or directory\n"},
      {"no such snapshot",
       {"--likes", folder + "/none"},
       1,
       "likes check: none: cannot read: No such file or directory\n"},
      {"no such posts.json",
       {"--posts", folder + "/none"},
       1,
       "likes check: none: cannot read: No such file or directory\n"},
      {"a broken posts.json",
       {"--posts", folder + "/broken.json"},
       1,
       "likes check: broken.json:1:2: is no valid JSON"},
      {"a folder that is no site",
       {folder + "/empty"},
       1,
       "likes check: 2 posts, 0 pages and 1 count looked at: 1 error, 0 notes\n"},
      {"a wrong time",
       {"--clock", "noon"},
       2,
       "likes check: found --clock 'noon', wanted a time such as 2026-11-20T08:30:00Z\n"
       "Try: likes check --help\n"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.name) {
      std::vector<std::string> words = row.words;
      words.insert(words.end(), {"--source", folder});
      const CheckRun run = run_check(words);
      CHECK(run.exit == row.exit);
      CHECK(without_folder(run.err, folder).starts_with(row.err));
    }
  }
}

TEST_CASE("a page at the limit is read, one above it is told") {
  const TempDir site;
  write_site(site);
  const std::filesystem::path file = site.path() / "public/large.html";
  site.write("public/large.html", page("posts/none"));
  std::filesystem::resize_file(file, html::kMaxPageBytes);
  CHECK(run_check({"--source", site.path().string()}).out.find("posts/none") != std::string::npos);
  std::filesystem::resize_file(file, html::kMaxPageBytes + 1);
  const CheckRun run = run_check({"--source", site.path().string()});
  CHECK(without_folder(run.out, site.path().string()) ==
        "error: markers that cannot be baked\n"
        "public/large.html: is larger than the limit of 67108864 bytes\n");
}

}  // namespace
}  // namespace likes::testing
