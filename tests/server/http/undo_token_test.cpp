#include "server/http/undo_token.h"

#include <set>
#include <string>

#include "server/http/visitor_hash.h"
#include "tests/support/catch.h"

namespace likes::http {
namespace {

constexpr std::int64_t kWindow = 1'795'089'600;
const domain::VisitorKey kKey{1, 2, 3};
const domain::Visitor kVisitor{{7, 8, 9}};
const domain::Post kPost{"posts/hello", "https://example.org/posts/hello/", {"old/hello"}};

std::string token_of(const std::string& post_key) {
  REQUIRE(prepare_hashing());
  return seal_undo_token(kKey, post_key, kWindow, kVisitor);
}

}  // namespace

TEST_CASE("an undo token gives back whose like it is of") {
  const std::string token = token_of("posts/hello");
  CHECK(token.size() == kUndoTokenCharacters);
  CHECK(open_undo_token(kKey, kPost, kWindow, token) == kVisitor);
  CHECK(open_undo_token(kKey, kPost, kWindow, token_of("old/hello")) == kVisitor);
}

TEST_CASE("two tokens for one like have nothing in common but their window") {
  // What tells a visitor's likes apart must not be read from what the visitor is given.
  std::set<std::string> rest;
  for (int i = 0; i < 100; ++i) {
    rest.insert(token_of("posts/hello").substr(11));
  }
  CHECK(rest.size() == 100);
}

TEST_CASE("a token that is not of this like is refused with the reason") {
  const std::string token = token_of("posts/hello");
  struct Case {
    const char* name;
    std::string token;
    domain::VisitorKey key;
    std::int64_t window;
    std::string message;
  };
  const std::string forged = "this undo token is not of a like of 'posts/hello'";
  const std::string over = "the time to take this like back is over";
  const auto of_size = [](std::size_t size) {
    return "found an undo token of " + std::to_string(size) +
           " characters, wanted the 86 that came with the like";
  };
  const Case cases[] = {
      {"another post's", token_of("posts/other"), kKey, kWindow, forged},
      {"another key's", token, {9}, kWindow, forged},
      {"a later window", token, kKey, kWindow + 3600, over},
      {"an earlier window", token, kKey, kWindow - 3600, over},
      {"one character short", token.substr(1), kKey, kWindow, of_size(85)},
      {"one character more", token + "A", kKey, kWindow, of_size(87)},
      {"no base64", std::string(86, '!'), kKey, kWindow, of_size(86)},
      {"nothing but zeros", std::string(86, 'A'), kKey, 0, forged},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Result<domain::Visitor> opened = open_undo_token(c.key, kPost, c.window, c.token);
      REQUIRE_FALSE(opened);
      CHECK(opened.error().code == ErrorCode::kInvalid);
      CHECK(opened.error().message == c.message);
    }
  }
}

TEST_CASE("no character of a token can be another") {
  const std::string token = token_of("posts/hello");
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'B' ? 'C' : 'B';
    INFO("character " << i);
    CHECK_FALSE(open_undo_token(kKey, kPost, kWindow, changed));
  }
}

}  // namespace likes::http
