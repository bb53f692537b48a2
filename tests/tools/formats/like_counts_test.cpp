#include "tools/formats/like_counts.h"

#include <string>

#include "tests/support/catch.h"

using likes::Result;
using likes::formats::LikeCounts;
using likes::formats::read_like_counts;
using likes::formats::write_like_counts;

TEST_CASE("counts are written in the documented form and read back") {
  LikeCounts counts;
  counts.newest = 1763627400;
  counts.likes["posts/b"] = {0, {}};
  counts.likes["posts/\"a\"\u00fc"] = {42, {{"2025-11-01", 3}, {"2025-11-20", 39}}};
  const std::string json = write_like_counts(counts);
  CHECK(json ==
        "{\"generated\":\"2025-11-20T08:30:00Z\",\"total\":42,\"likes\":{\n"
        "\"posts/\\\"a\\\"\u00fc\":{\"total\":42,\"days\":[[\"2025-11-01\",3],"
        "[\"2025-11-20\",39]]},\n"
        "\"posts/b\":{\"total\":0,\"days\":[]}\n"
        "}}\n");
  CHECK(read_like_counts(json, "likes.json").value() == counts);
}

TEST_CASE("no likes at all are counts, too") {
  const std::string json = write_like_counts({});
  CHECK(json == "{\"generated\":\"1970-01-01T00:00:00Z\",\"total\":0,\"likes\":{}}\n");
  CHECK(read_like_counts(json, "likes.json").value() == LikeCounts{});
}

TEST_CASE("unknown members and a missing list of days are fine") {
  const Result<LikeCounts> counts = read_like_counts(
      R"({"generated":"2026-11-20T08:30:00Z","likes":{"a":{"total":7,"x":[]}},"y":null})", "f");
  REQUIRE(counts);
  CHECK(counts->likes.at("a").total == 7);
  CHECK(counts->total() == 7);
}

TEST_CASE("wrong counts are refused with their place") {
  struct Case {
    const char* name;
    const char* json;
    const char* message;
  };
  const Case cases[] = {
      {"no JSON", "<html>",
       "likes.json:1:1: is no valid JSON: syntax error while parsing value - invalid literal; last "
       "read: '<'"},
      {"an array", "[]",
       "likes.json: wanted an object with \"generated\", \"total\" and \"likes\""},
      {"no time", R"({"likes":{}})",
       "likes.json: \"generated\": wanted a time like \"2026-11-20T08:30:00Z\", found null"},
      {"a negative count", R"({"generated":"2026-11-20T08:30:00Z","likes":{"a":{"total":-1}}})",
       "likes.json: likes of \"a\" \"total\": found -1, wanted a count"},
      {"half a like", R"({"generated":"2026-11-20T08:30:00Z","likes":{"a":{"total":0.5}}})",
       "likes.json: likes of \"a\" \"total\": found a number with a fraction, wanted a count"},
      {"too many likes",
       R"({"generated":"2026-11-20T08:30:00Z","likes":{"a":{"total":9223372036854775808}}})",
       "likes.json: likes of \"a\" \"total\": found 9223372036854775808, wanted a count"},
      {"no total", R"({"generated":"2026-11-20T08:30:00Z","likes":{"a":{}}})",
       "likes.json: likes of \"a\": wanted an object with \"total\""},
      {"no day",
       R"({"generated":"2026-11-20T08:30:00Z","likes":{"a":{"total":1,"days":[["x",1]]}}})",
       "likes.json: likes of \"a\": wanted [\"YYYY-MM-DD\", count] in \"days\""},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Result<LikeCounts> counts = read_like_counts(c.json, "likes.json");
      REQUIRE_FALSE(counts);
      CHECK(counts.error().to_string() == c.message);
    }
  }
}

TEST_CASE("the largest count is a count") {
  const Result<LikeCounts> counts = read_like_counts(
      R"({"generated":"2026-11-20T08:30:00Z","likes":{"a":{"total":9223372036854775807}}})", "f");
  REQUIRE(counts);
  CHECK(counts->likes.at("a").total == 9223372036854775807);
}

TEST_CASE("the entity tag is the same for the same bytes only") {
  const std::string tag = likes::formats::entity_tag("one");
  CHECK(tag == likes::formats::entity_tag("one"));
  CHECK(tag != likes::formats::entity_tag("two"));
  CHECK(tag.size() == 34);
  CHECK(tag.front() == '"');
  CHECK(tag.back() == '"');
}
