#include "server/http/static_site.h"

#include <sys/stat.h>
#include <utime.h>

#include <filesystem>
#include <string>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"
#include "tools/formats/like_counts.h"

namespace likes::http {
namespace {

namespace fs = std::filesystem;

/// A site with a secret beside it, and every way to the secret that a folder can offer.
struct Site {
  Site() {
    dir.write("secret.txt", "secret");
    dir.write("public/index.html", "home");
    dir.write("public/404.html", "not here");
    dir.write("public/posts/hello/index.html", "hello");
    dir.write("public/a b/ü.txt", "umlaut");
    dir.write("public/.git/config", "hidden");
    dir.write("public/.env", "hidden");
    dir.write("public/.well-known/security.txt", "contact");
    dir.write("public/empty/file.bin", "");
    dir.write("public/like%2e.txt", "percent");
    fs::create_symlink("../secret.txt", dir.path() / "public/link.txt");
    fs::create_symlink("..", dir.path() / "public/up");
    fs::create_symlink("index.html", dir.path() / "public/inside.html");
    REQUIRE(::mkfifo((dir.path() / "public/pipe").c_str(), 0600) == 0);
  }

  Response get(const std::string& target, std::vector<Header> headers = {},
               const std::string& method = "GET") const {
    return StaticSite(dir.path() / "public").answer({method, target, std::move(headers), "", 0});
  }

  testing::TempDir dir;
};

}  // namespace

TEST_CASE("paths lead to files of the site and nowhere else") {
  struct Case {
    const char* name;
    std::string target;
    int status;
    const char* body;
  };
  const Case cases[] = {
      {"the home page", "/", 200, "home"},
      {"a query", "/?x=/../secret.txt", 200, "home"},
      {"a page", "/posts/hello/", 200, "hello"},
      {"a file by name", "/posts/hello/index.html", 200, "hello"},
      {"an encoded name", "/a%20b/%c3%bc.txt", 200, "umlaut"},
      {"a name is decoded once", "/like%252e.txt", 200, "percent"},
      {"an empty file", "/empty/file.bin", 200, ""},
      {"well-known", "/.well-known/security.txt", 200, "contact"},
      {"an absolute target", "http://example.org/posts/hello/", 200, "hello"},
      {"nothing there", "/nothing", 404, "not here"},
      {"a folder without a page", "/empty/", 404, "not here"},
      {"a file as a folder", "/index.html/", 404, "not here"},
      {"up", "/../secret.txt", 404, "not here"},
      {"up from below", "/posts/../../secret.txt", 404, "not here"},
      {"up, encoded", "/%2e%2e/secret.txt", 404, "not here"},
      {"up, half encoded", "/.%2e/secret.txt", 404, "not here"},
      {"up with an encoded slash", "/..%2fsecret.txt", 404, "not here"},
      {"up, encoded twice", "/%252e%252e/secret.txt", 404, "not here"},
      {"up with a backslash", "/..\\secret.txt", 404, "not here"},
      {"up at the end", "/posts/..", 404, "not here"},
      {"here", "/./index.html", 404, "not here"},
      {"a link that leads outside", "/link.txt", 404, "not here"},
      {"a link to a folder outside", "/up/secret.txt", 404, "not here"},
      {"a link that stays inside", "/inside.html", 404, "not here"},
      {"a pipe", "/pipe", 404, "not here"},
      {"a hidden file", "/.env", 404, "not here"},
      {"a hidden folder", "/.git/config", 404, "not here"},
      {"a hidden file, encoded", "/%2eenv", 404, "not here"},
      {"two slashes", "//posts/hello/", 404, "not here"},
      {"two slashes inside", "/posts//hello/", 404, "not here"},
      {"NUL", "/index.html%00.txt", 404, "not here"},
      {"a bad escape", "/%zz", 404, "not here"},
      {"no slash first", "index.html", 404, "not here"},
      {"no path", "", 404, "not here"},
      {"an absolute path, encoded", "/%2fetc/passwd", 404, "not here"},
      {"too deep", std::string(200, '/'), 404, "not here"},
  };
  const Site site;
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Response response = site.get(c.target);
      CHECK(response.status == c.status);
      CHECK(response.body == c.body);
      CHECK(response.header("X-Content-Type-Options") == "nosniff");
    }
  }
}

TEST_CASE("a folder's name is sent on to its page") {
  const Site site;
  struct Case {
    const char* target;
    const char* location;
  };
  for (const Case& c : {Case{"/posts/hello", "/posts/hello/"}, Case{"/a%20b", "/a%20b/"},
                        Case{"/posts?x=1", "/posts/?x=1"}}) {
    const Response response = site.get(c.target);
    CHECK(response.status == 301);
    CHECK(response.header("Location") == c.location);
  }
}

TEST_CASE("what is the same need not be sent again") {
  const Site site;
  const fs::path file = site.dir.path() / "public/index.html";
  const utimbuf times{1'700'000'000, 1'700'000'000};
  REQUIRE(::utime(file.c_str(), &times) == 0);
  const Response first = site.get("/");
  CHECK(first.header("ETag") == formats::entity_tag("home"));
  CHECK(first.header("Last-Modified") == "Tue, 14 Nov 2023 22:13:20 GMT");
  CHECK(first.header("Cache-Control") == "no-cache");

  const std::string tag(first.header("ETag"));
  struct Case {
    const char* name;
    std::vector<Header> headers;
    int status;
  };
  const Case cases[] = {
      {"the same tag", {{"If-None-Match", tag}}, 304},
      {"another tag", {{"If-None-Match", "\"x\""}}, 200},
      {"the same time", {{"If-Modified-Since", "Tue, 14 Nov 2023 22:13:20 GMT"}}, 304},
      {"later", {{"If-Modified-Since", "Wed, 15 Nov 2023 00:00:00 GMT"}}, 304},
      {"earlier", {{"If-Modified-Since", "Tue, 14 Nov 2023 22:13:19 GMT"}}, 200},
      {"a tag goes before a time",
       {{"If-None-Match", "\"x\""}, {"If-Modified-Since", "Wed, 15 Nov 2023 00:00:00 GMT"}},
       200},
      {"no date", {{"If-Modified-Since", "yesterday"}}, 200},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Response response = site.get("/", c.headers);
      CHECK(response.status == c.status);
      CHECK(response.body == (c.status == 304 ? "" : "home"));
    }
  }
  SECTION("a file of the year 1970, as in the Nix store, has no useful time") {
    const utimbuf store_times{1, 1};
    REQUIRE(::utime(file.c_str(), &store_times) == 0);
    CHECK(site.get("/").header("Last-Modified").empty());
    CHECK(site.get("/", {{"If-Modified-Since", "Thu, 01 Jan 1970 00:00:01 GMT"}}).status == 200);
  }
}

TEST_CASE("pages can only be read") {
  const Site site;
  CHECK(site.get("/", {}, "HEAD").status == 200);
  const Response response = site.get("/", {}, "POST");
  CHECK(response.status == 405);
  CHECK(response.header("Allow") == "GET, HEAD");
}

TEST_CASE("a site may be replaced while it is served") {
  const Site site;
  fs::create_directory_symlink("public", site.dir.path() / "current");
  const StaticSite served(site.dir.path() / "current");
  CHECK(served.answer({"GET", "/", {}, "", 0}).body == "home");
  site.dir.write("next/index.html", "new home");
  fs::create_directory_symlink("next", site.dir.path() / "switch");
  fs::rename(site.dir.path() / "switch", site.dir.path() / "current");
  CHECK(served.answer({"GET", "/", {}, "", 0}).body == "new home");
  CHECK(served.answer({"GET", "/posts/hello/", {}, "", 0}).body == "Page not found\n");
}

TEST_CASE("a file may not be too large") {
  const Site site;
  const StaticSite served(site.dir.path() / "public", 4);
  CHECK(served.answer({"GET", "/", {}, "", 0}).status == 200);
  const Response response = served.answer({"GET", "/posts/hello/", {}, "", 0});
  CHECK(response.status == 500);
  CHECK(response.body == R"({"success":false,"message":"The file is larger than 4 bytes"})");
}

TEST_CASE("content types") {
  struct Case {
    const char* name;
    const char* type;
  };
  for (const Case& c :
       {Case{"index.html", "text/html; charset=utf-8"}, Case{"a.CSS", "text/css; charset=utf-8"},
        Case{"a.min.js", "text/javascript; charset=utf-8"},
        Case{"index.xml", "application/xml; charset=utf-8"}, Case{"a.svg", "image/svg+xml"},
        Case{"a.woff2", "font/woff2"}, Case{"a.unknown", "application/octet-stream"},
        Case{"html", "application/octet-stream"}, Case{"", "application/octet-stream"}}) {
    CHECK(content_type(c.name) == c.type);
  }
}

TEST_CASE("a name with a hash never changes its content") {
  struct Case {
    const char* name;
    bool fingerprinted;
  };
  for (const Case& c :
       {Case{"likes.0123456789abcdef.js", true},
        Case{"main.min.e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934c.css", true},
        Case{"photo_hu0123456789abcdef_1.jpg", false}, Case{"photo_0123456789abcdef_1.jpg", true},
        Case{"likes.0123456789abcde.js", false}, Case{"likes.0123456789abcdeg.js", false},
        Case{"0123456789abcdef.js", false}, Case{"likes-0123456789abcdef", false},
        Case{"decade-of-facades.html", false}}) {
    DYNAMIC_SECTION(c.name) {
      CHECK(is_fingerprinted(c.name) == c.fingerprinted);
    }
  }
  const Site site;
  site.dir.write("public/likes.0123456789abcdef.js", "1");
  CHECK(site.get("/likes.0123456789abcdef.js").header("Cache-Control") ==
        "public, max-age=31536000, immutable");
}

TEST_CASE("HTTP dates") {
  CHECK(http_date(784'111'777) == "Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT") == 784'111'777);
  CHECK(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT and more") == -1);
  CHECK(parse_http_date("") == -1);
}

}  // namespace likes::http
