#include "tools/hugo/date.h"

#include "tests/support/catch.h"
#include "tools/hugo/go_layout.h"

namespace likes::hugo {
namespace {

TEST_CASE("dates are read in the forms that Hugo reads") {
  struct Case {
    const char* text;
    const char* utc;   // With timeZone UTC.
    const char* east;  // With a timeZone two hours east of it.
  };
  const Case cases[] = {
      {"2020-01-02", "2020-01-02T00:00:00Z", "2020-01-02T00:00:00+02:00"},
      {"2020-01-02T15:04:05Z", "2020-01-02T15:04:05Z", "2020-01-02T15:04:05Z"},
      {"2020-01-02T15:04:05+01:00", "2020-01-02T15:04:05+01:00", "2020-01-02T15:04:05+01:00"},
      {"2020-01-02T15:04:05.5-07:00", "2020-01-02T15:04:05.5-07:00", "2020-01-02T15:04:05.5-07:00"},
      {"2020-01-02T15:04:05", "2020-01-02T15:04:05Z", "2020-01-02T15:04:05+02:00"},
      {"2020-01-02T9:04:05Z", "2020-01-02T09:04:05Z", "2020-01-02T09:04:05Z"},
      {"Thu, 02 Jan 2020 15:04:05 +0100", "2020-01-02T15:04:05+01:00", "2020-01-02T15:04:05+01:00"},
      {"Thu, 02 Jan 2020 15:04:05 GMT", "2020-01-02T15:04:05Z", "2020-01-02T15:04:05+02:00"},
      {"02 Jan 20 15:04 +0100", "2020-01-02T15:04:00+01:00", "2020-01-02T15:04:00+01:00"},
      {"Thursday, 02-Jan-20 15:04:05 UTC", "2020-01-02T15:04:05Z", "2020-01-02T15:04:05+02:00"},
      {"2020-01-02 15:04:05 +0100 CET", "2020-01-02T15:04:05+01:00", "2020-01-02T15:04:05+01:00"},
      {"2020-01-02 15:04:05.25 +0100 CET", "2020-01-02T15:04:05.25+01:00",
       "2020-01-02T15:04:05.25+01:00"},
      {"2020-01-02T15:04:05+0100", "2020-01-02T15:04:05+01:00", "2020-01-02T15:04:05+01:00"},
      {"2020-01-02 15:04:05Z", "2020-01-02T15:04:05Z", "2020-01-02T15:04:05Z"},
      {"2020-01-02 15:04:05", "2020-01-02T15:04:05Z", "2020-01-02T15:04:05+02:00"},
      {"Thu Jan  2 15:04:05 2020", "2020-01-02T15:04:05Z", "2020-01-02T15:04:05+02:00"},
      {"Thu Jan  2 15:04:05 CET 2020", "2020-01-02T15:04:05Z", "2020-01-02T15:04:05+02:00"},
      {"2020-01-02 15:04:05+01:00", "2020-01-02T15:04:05+01:00", "2020-01-02T15:04:05+01:00"},
      {"02 Jan 2020", "2020-01-02T00:00:00Z", "2020-01-02T00:00:00+02:00"},
      {"2020-01-02 15:04:05 +01:00", "2020-01-02T15:04:05+01:00", "2020-01-02T15:04:05+01:00"},
      {"2020-01-02 15:04:05 +0100", "2020-01-02T15:04:05+01:00", "2020-01-02T15:04:05+01:00"},
      {"2020-02-29", "2020-02-29T00:00:00Z", "2020-02-29T00:00:00+02:00"},
      {"1950-06-01", "1950-06-01T00:00:00Z", "1950-06-01T00:00:00+02:00"},
  };
  const Result<TimeZone> east = TimeZone::named("Etc/GMT-2");
  REQUIRE(east.has_value());
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.text) {
      const std::optional<Date> utc_date = parse_date(c.text, TimeZone());
      REQUIRE(utc_date.has_value());
      CHECK(utc_date->to_rfc3339() == c.utc);
      CHECK(parse_date(c.text, *east)->to_rfc3339() == c.east);
    }
  }
}

TEST_CASE("other dates are refused, as Hugo refuses them") {
  const char* text =
      GENERATE("", "soon", "2020-1-2", "2020-01", "20200102", "2020-01-02T15:04", "January 2, 2020",
               "01/02/2020", "02.01.2020", "2020-01-02t15:04:05z", "2020-01-02T15:04:05+09",
               "2020-01-02 15:04:05 Z", "2020-01-02 15:04:05 CET", "1577934245", "10000-01-01",
               "2020-02-30", "2019-02-29", "2020-13-01", "2020-01-02T24:00:00Z",
               "2020-01-02T15:60:00Z", "2020-01-02T15:04:05Z tail");
  INFO(text);
  CHECK(!parse_date(text, TimeZone()).has_value());
}

TEST_CASE("front matter values that are dates") {
  const Result<TimeZone> east = TimeZone::named("Etc/GMT-2");
  const DateTime local{2020, 1, 2, 3, 4, 5, 0, std::nullopt};
  DateTime offset = local;
  offset.offset_seconds = -3600;
  CHECK(to_date(Value(local), *east)->to_rfc3339() == "2020-01-02T03:04:05+02:00");
  CHECK(to_date(Value(offset), *east)->to_rfc3339() == "2020-01-02T03:04:05-01:00");
  CHECK(to_date(Value(std::int64_t{2020}), *east)->to_rfc3339() == "1970-01-01T00:33:40Z");
  CHECK(to_date(Value(std::int64_t{253402300799}), *east)->to_rfc3339() == "9999-12-31T23:59:59Z");
  CHECK(!to_date(Value(std::int64_t{253402300800}), *east).has_value());
  CHECK(!to_date(Value(2020.5), *east).has_value());
  CHECK(!to_date(Value(true), *east).has_value());
}

TEST_CASE("no date is the zero date") {
  CHECK(Date().is_zero());
  CHECK(Date().to_rfc3339().empty());
  CHECK(parse_date("0001-01-01", TimeZone())->is_zero());
  CHECK(!Date::at(0, 0).is_zero());
  CHECK(Date::at_nanoseconds(1'250'000'000).to_rfc3339() == "1970-01-01T00:00:01.25Z");
  CHECK(Date::at_nanoseconds(-250'000'000).to_rfc3339() == "1969-12-31T23:59:59.75Z");
}

TEST_CASE("is_before compares moments, not figures") {
  const Date early = *parse_date("2020-01-02T10:00:00+02:00", TimeZone());
  const Date late = *parse_date("2020-01-02T09:00:00Z", TimeZone());
  CHECK(early.is_before(late));
  CHECK(!late.is_before(early));
  CHECK(!early.is_before(early));
}

TEST_CASE("layouts are filled in as Go does") {
  struct Case {
    const char* layout;
    const char* text;
  };
  const Case cases[] = {
      {"2006", "2020"},
      {"06", "20"},
      {"01", "03"},
      {"1", "3"},
      {"Jan", "Mar"},
      {"January", "March"},
      {"02", "04"},
      {"_2", " 4"},
      {"2", "4"},
      {"002", "064"},
      {"Mon", "Wed"},
      {"Monday", "Wednesday"},
      {"15:04:05", "17:06:07"},
      {"3PM", "5PM"},
      {"Z07:00", "+01:00"},
      {"-0700", "+0100"},
      {"Janet", "Janet"},
      {"x_2006", "x_2020"},
      {"slug", "slug"},
  };
  const DateTime date{2020, 3, 4, 17, 6, 7, 0, 3600};
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.layout) {
      CHECK(GoLayout(c.layout).format(date) == c.text);
    }
  }
}

}  // namespace
}  // namespace likes::hugo
