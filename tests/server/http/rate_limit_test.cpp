#include "server/http/rate_limit.h"

#include "tests/support/catch.h"

namespace likes::http {
namespace {

domain::Visitor visitor(unsigned number) {
  domain::Visitor made;
  made.hash[0] = static_cast<unsigned char>(number & 0xffU);
  made.hash[1] = static_cast<unsigned char>(number >> 8);
  return made;
}

}  // namespace

TEST_CASE("rates are read") {
  struct Case {
    const char* text;
    const char* rate;  // "" where it is refused
  };
  for (const Case& c : {Case{"30/60s", "30/60s"}, Case{"30/1m", "30/60s"}, Case{"off", "off"},
                        Case{"1000000/1s", "1000000/1s"}, Case{"1000001/1s", ""}, Case{"0/60s", ""},
                        Case{"30/0s", ""}, Case{"30", ""}, Case{"/60s", ""}, Case{"30/60", ""},
                        Case{"", ""}, Case{"Off", ""}}) {
    DYNAMIC_SECTION("'" << c.text << "'") {
      const Result<Rate> rate = parse_rate(c.text);
      CHECK((rate ? rate->to_string() : "") == c.rate);
    }
  }
  CHECK(parse_rate("many").error().message ==
        "found 'many', wanted REQUESTS/TIME such as 30/60s, or off");
}

TEST_CASE("a bucket empties at once and fills with time") {
  RateLimit limit({3, 60});
  for (int i = 0; i < 3; ++i) {
    CHECK(limit.seconds_to_wait(visitor(1), 1000) == 0);
  }
  CHECK(limit.seconds_to_wait(visitor(1), 1000) == 20);
  CHECK(limit.seconds_to_wait(visitor(1), 1019) == 1);
  CHECK(limit.seconds_to_wait(visitor(1), 1020) == 0);
  CHECK(limit.seconds_to_wait(visitor(1), 1020) == 20);
  CHECK(limit.seconds_to_wait(visitor(2), 1020) == 0);
  // However long one waits, no more than a full bucket comes.
  for (int i = 0; i < 3; ++i) {
    CHECK(limit.seconds_to_wait(visitor(1), 100'000) == 0);
  }
  CHECK(limit.seconds_to_wait(visitor(1), 100'000) == 20);
  // A clock set back gives nothing and takes nothing.
  CHECK(limit.seconds_to_wait(visitor(1), 500) == 20);
}

TEST_CASE("off lets everyone in") {
  RateLimit limit(Rate{});
  for (int i = 0; i < 1000; ++i) {
    CHECK(limit.seconds_to_wait(visitor(1), 0) == 0);
  }
  CHECK(limit.size() == 0);
}

TEST_CASE("only so many visitors are remembered, the ones seen last") {
  RateLimit limit({1, 60}, 100);
  for (unsigned i = 0; i < 10'000; ++i) {
    CHECK(limit.seconds_to_wait(visitor(i), 0) == 0);
    CHECK(limit.size() <= 100);
  }
  CHECK(limit.seconds_to_wait(visitor(9'999), 0) == 60);
  CHECK(limit.seconds_to_wait(visitor(9'960), 0) == 60);
  CHECK(limit.seconds_to_wait(visitor(0), 0) == 0);
}

}  // namespace likes::http
