#include "server/http/responses.h"

#include <nlohmann/json.hpp>
#include <string>

#include "tests/support/catch.h"

namespace likes::http {

TEST_CASE("every error has its status") {
  CHECK(status_of(ErrorCode::kInvalid) == 400);
  CHECK(status_of(ErrorCode::kNotFound) == 404);
  CHECK(status_of(ErrorCode::kAmbiguous) == 409);
  CHECK(status_of(ErrorCode::kUnavailable) == 503);
  CHECK(status_of(ErrorCode::kInternal) == 500);
}

TEST_CASE("what went wrong inside is not told") {
  CHECK(failure({ErrorCode::kInternal, "row 7 is odd"}).body ==
        R"({"success":false,"message":"The server failed; see its log"})");
  CHECK(failure({ErrorCode::kInvalid, "found 'x'"}).body ==
        R"({"success":false,"message":"found 'x'"})");
}

TEST_CASE("a message need not be UTF-8") {
  CHECK(failure(400, "found '\xff'").body ==
        "{\"success\":false,\"message\":\"found '\xef\xbf\xbd'\"}");
}

TEST_CASE("a text in an answer is what JSON reads back") {
  for (const std::string text : {"", "plain ~", "\"quoted\"", "back\\slash", "two\nlines",
                                 "\x01\x1f\x7f", "d\xc3\xa9j\xc3\xa0"}) {
    LikeBody body;
    body.message = text;
    body.total = -1;
    body.liked = false;
    body.key = text;
    const auto read = nlohmann::json::parse(like_response(200, body).body);
    CHECK(read.at("message") == text);
    CHECK(read.at("total_likes") == -1);
    CHECK(read.at("liked") == false);
    CHECK(read.value("key", "") == text);
  }
}

TEST_CASE("the window in words") {
  struct Case {
    std::int64_t seconds;
    const char* words;
  };
  for (const Case& c :
       {Case{1, "second"}, Case{90, "90 seconds"}, Case{60, "minute"}, Case{300, "5 minutes"},
        Case{3600, "hour"}, Case{7200, "2 hours"}, Case{5400, "90 minutes"}, Case{86400, "day"},
        Case{172800, "2 days"}, Case{604800, "week"}}) {
    CHECK(window_in_words(c.seconds) == c.words);
  }
}

TEST_CASE("If-None-Match holds a tag") {
  struct Case {
    const char* name;
    const char* header;
    bool holds;
  };
  const Case cases[] = {
      {"itself", R"("a")", true},
      {"as a weak one", R"(W/"a")", true},
      {"one of several", R"("b" ,	"a")", true},
      {"any", "*", true},
      {"another", R"("b")", false},
      {"without quotes", "a", false},
      {"nothing", "", false},
      {"only commas", ",,", false},
      {"longer", R"("ab")", false},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      CHECK(holds_tag(c.header, R"("a")") == c.holds);
    }
  }
}

}  // namespace likes::http
