#include "tools/formats/posts_index.h"

#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tools/formats/json_text.h"

using likes::Result;
using likes::formats::kMaxKeyBytes;
using likes::formats::Post;
using likes::formats::read_posts_index;

namespace {

Post hello() {
  Post post;
  post.title = "Hello, \"world\"";
  post.slug = "hello";
  post.date = "2026-11-20T08:30:00+01:00";
  post.tags = {"a", "\u00fc"};
  post.url = "https://example.org/posts/hello/";
  post.key = "posts/hello";
  post.aliases = {"old/hello"};
  post.lang = "en";
  post.section = "posts";
  return post;
}

std::string write_posts_index(const std::vector<Post>& posts) {
  std::string text;
  REQUIRE(likes::formats::write_lines(
      posts.size(), true,
      [&](std::string& line, std::size_t i) { line += likes::formats::write_post(posts[i]); },
      [&](std::string_view part) {
        text += part;
        return Result<void>();
      }));
  return text;
}

}  // namespace

TEST_CASE("an index is written in the documented order and read back") {
  Post other = hello();
  other.key = "posts/other";
  other.featured_image = "/a.png";
  const std::string json = write_posts_index({hello(), other});
  CHECK(json.substr(0, json.find('\n', 2)) ==
        "[\n"
        R"({"title":"Hello, \"world\"","slug":"hello","description":"",)"
        R"("date":"2026-11-20T08:30:00+01:00","featuredImage":null,"tags":["a","ü"],)"
        R"("url":"https://example.org/posts/hello/","key":"posts/hello","aliases":["old/hello"],)"
        R"("lang":"en","section":"posts"},)");
  const Result<std::vector<Post>> posts = read_posts_index(json, "posts.json");
  REQUIRE(posts);
  CHECK(write_posts_index(*posts) == json);
  CHECK(posts->at(0).featured_image == std::nullopt);
  CHECK(posts->at(1).featured_image == "/a.png");
  CHECK(posts->at(0).aliases == std::vector<std::string>{"old/hello"});
}

TEST_CASE("a string is written in the same bytes as the JSON library has it") {
  for (const std::string text : {"", "plain", "a \"quote\" and a \\", "line\nend\ttab\x01\x1f\x7f",
                                 "\u017c\u00f3\u0142\u0107 \U0001F44D", "broken \xff\xc5",
                                 "surrogate \xed\xa0\x80", "overlong \xc0\xaf"}) {
    INFO(text);
    std::string json;
    likes::formats::append_string(json, text);
    CHECK(json == likes::formats::to_line(text));
  }
}

TEST_CASE("a long index is written in the order of the posts") {
  std::vector<Post> posts(10'000, hello());
  std::string lines = "[";
  for (std::size_t i = 0; i < posts.size(); ++i) {
    posts[i].key = "posts/" + std::to_string(i);
    lines += (i == 0 ? "\n" : ",\n") + likes::formats::write_post(posts[i]);
  }
  CHECK(write_posts_index(posts) == lines + "\n]\n");
}

TEST_CASE("an index without posts is an index") {
  CHECK(write_posts_index({}) == "[]\n");
  CHECK(read_posts_index("[]\n", "posts.json").value().empty());
}

TEST_CASE("the original blog's index is read; the key comes from the url") {
  const Result<std::vector<Post>> posts = read_posts_index(
      R"([{"title":"Test Post","slug":"test-post","description":"A test post",
           "date":"2024-01-01T12:00:00Z","featuredImage":null,"tags":null,
           "url":"https://example.org/posts/z%C5%82o/test-post/", "unheard": [1, {}]}])",
      "posts.json");
  REQUIRE(posts);
  CHECK(posts->at(0).key == "posts/z\u0142o/test-post");
  CHECK(posts->at(0).tags.empty());
}

TEST_CASE("a key may be as long as the limit and no longer") {
  const auto with_key_of = [](std::size_t bytes) {
    Post post = hello();
    post.key = std::string(bytes, 'k');
    return read_posts_index(write_posts_index({post}), "posts.json");
  };
  CHECK(with_key_of(kMaxKeyBytes));
  const Result<std::vector<Post>> over = with_key_of(kMaxKeyBytes + 1);
  REQUIRE_FALSE(over);
  CHECK(over.error().message == "entry 1: \"key\" has 513 bytes, the limit is 512");
}

TEST_CASE("a wrong index is refused whole, with its place") {
  struct Case {
    const char* name;
    const char* json;
    const char* message;
  };
  const Case cases[] = {
      {"empty", "", "posts.json: is empty, wanted JSON"},
      {"blank", " \n", "posts.json: is empty, wanted JSON"},
      {"cut off", "[\n{\"a\": 1",
       "posts.json:2:8: is no valid JSON: syntax error while parsing object - unexpected end of "
       "input; expected '}'"},
      {"no array", "{}", "posts.json: found an object, wanted an array of posts"},
      {"no object", "[1]", "posts.json: entry 1: found a whole number, wanted an object"},
      {"no url", R"([{"key":"a"}])",
       "posts.json: entry 1: \"url\": '' is no http(s) address: wanted http://HOST or "
       "https://HOST"},
      {"no key", R"([{"url":"https://example.org/"}])",
       "posts.json: entry 1: found neither \"key\" nor a path in \"url\" to take it from"},
      {"title of another kind", R"([{"url":"https://example.org/a","title":7}])",
       "posts.json: entry 1: found a whole number as \"title\", wanted a string"},
      {"tags of another kind", R"([{"url":"https://example.org/a","tags":"x"}])",
       "posts.json: entry 1: found a string as \"tags\", wanted an array"},
      {"a tag of another kind", R"([{"url":"https://example.org/a","tags":["x",null]}])",
       "posts.json: entry 1: found null in \"tags\", wanted strings"},
      {"a key twice", R"([{"url":"https://example.org/a"},{"url":"https://example.net/a/"}])",
       "posts.json: entries 1 and 2 have the same key 'a'"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Result<std::vector<Post>> posts = read_posts_index(c.json, "posts.json");
      REQUIRE_FALSE(posts);
      CHECK(posts.error().to_string() == c.message);
    }
  }
}
