#include "server/likes/post_directory.h"

#include <string>
#include <vector>

#include "server/likes/limits.h"
#include "tests/support/catch.h"

using likes::ErrorCode;
using likes::Result;
using likes::domain::kMaxCandidates;
using likes::domain::Post;
using likes::domain::PostDirectory;

namespace {

PostDirectory example() {
  return PostDirectory({
      {"posts/hello", "https://example.org/posts/hello/", {"old/hello", "posts/first", "notes/x"}},
      {"notes/hello", "https://example.org/notes/hello/", {"posts/first"}},
      {"notes/x", "https://example.org/notes/x/", {}},
      {"about", "https://example.org/about/", {"x-ray"}},
      {"posts/x-ray", "https://example.org/posts/x-ray/", {}},
  });
}

}  // namespace

TEST_CASE("a post is found by every name that is its own") {
  struct Case {
    const char* name;
    const char* asked;
    const char* key;
  };
  const Case cases[] = {
      {"its key", "posts/hello", "posts/hello"},
      {"a former key", "old/hello", "posts/hello"},
      {"a former key that two posts had goes to the first", "posts/first", "posts/hello"},
      {"a key wins over a former key", "notes/x", "notes/x"},
      {"a slug that one post has", "x", "notes/x"},
      {"a key without a folder", "about", "about"},
      {"a former key wins over a slug", "x-ray", "about"},
  };
  const PostDirectory posts = example();
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Result<const Post*> post = posts.find(c.asked);
      REQUIRE(post.has_value());
      CHECK((*post)->key == c.key);
    }
  }
}

TEST_CASE("a name that fits no post or several is refused with the reason") {
  struct Case {
    const char* name;
    const char* asked;
    ErrorCode code;
    const char* message;
  };
  const Case cases[] = {
      {"unknown", "posts/bye", ErrorCode::kNotFound,
       "found 'posts/bye', wanted a post's key or slug"},
      {"empty", "", ErrorCode::kNotFound, "found '', wanted a post's key or slug"},
      {"a folder", "posts", ErrorCode::kNotFound, "found 'posts', wanted a post's key or slug"},
      {"the end of a slug", "ray", ErrorCode::kNotFound,
       "found 'ray', wanted a post's key or slug"},
      {"a slug of two", "hello", ErrorCode::kAmbiguous,
       "'hello' fits several posts: posts/hello, notes/hello"},
  };
  const PostDirectory posts = example();
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Result<const Post*> post = posts.find(c.asked);
      REQUIRE_FALSE(post.has_value());
      CHECK(post.error().code == c.code);
      CHECK(post.error().message == c.message);
    }
  }
}

TEST_CASE("a message lists kMaxCandidates posts and counts the rest") {
  std::vector<Post> posts;
  for (std::size_t i = 0; i < kMaxCandidates; ++i) {
    posts.push_back({"s" + std::to_string(i) + "/same", "", {}});
  }
  const std::string all =
      "'same' fits several posts: s0/same, s1/same, s2/same, s3/same, s4/same, "
      "s5/same, s6/same, s7/same, s8/same, s9/same";
  CHECK(PostDirectory(posts).find("same").error().message == all);
  posts.push_back({"more/same", "", {}});
  CHECK(PostDirectory(posts).find("same").error().message == all + " and 1 more");
}
