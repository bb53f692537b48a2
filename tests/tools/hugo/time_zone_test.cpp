#include "tools/hugo/time_zone.h"

#include <string>

#include "tests/support/catch.h"
#include "tools/hugo/date.h"

namespace likes::hugo {
namespace {

TEST_CASE("clocks of a named zone are read as Go reads them") {
  struct Case {
    const char* zone;
    const char* local;
    const char* date;
  };
  const Case cases[] = {
      {"UTC", "2020-01-02 00:00:00", "2020-01-02T00:00:00Z"},
      {"", "2020-01-02 00:00:00", "2020-01-02T00:00:00Z"},
      {"Etc/GMT+12", "2020-01-02 00:00:00", "2020-01-02T00:00:00-12:00"},
      {"America/Los_Angeles", "2020-01-02 00:00:00", "2020-01-02T00:00:00-08:00"},
      {"America/Los_Angeles", "2020-07-02 00:00:00", "2020-07-02T00:00:00-07:00"},
      // 02:30 was never shown on that day, 01:30 was shown twice on the other.
      {"America/Los_Angeles", "2020-03-08 02:30:00", "2020-03-08T01:30:00-08:00"},
      {"America/Los_Angeles", "2020-11-01 01:30:00", "2020-11-01T01:30:00-07:00"},
      {"Europe/Warsaw", "2020-03-29 02:30:00", "2020-03-29T03:30:00+02:00"},
      {"Europe/Warsaw", "2020-10-25 02:30:00", "2020-10-25T02:30:00+01:00"},
      // Long before and long after the changes that the file lists.
      {"Asia/Tokyo", "1950-06-01 12:00:00", "1950-06-01T12:00:00+10:00"},
      {"Europe/Warsaw", "2150-07-01 12:00:00", "2150-07-01T12:00:00+02:00"},
      {"Europe/Warsaw", "2150-12-01 12:00:00", "2150-12-01T12:00:00+01:00"},
      {"Asia/Kathmandu", "2020-01-02 00:00:00", "2020-01-02T00:00:00+05:45"},
      // South of the equator summer spans the new year.
      {"Australia/Sydney", "2150-01-01 00:00:00", "2150-01-01T00:00:00+11:00"},
      {"Australia/Sydney", "2150-07-01 00:00:00", "2150-07-01T00:00:00+10:00"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.zone << " " << c.local) {
      const Result<TimeZone> zone = TimeZone::named(c.zone);
      REQUIRE(zone.has_value());
      CHECK(parse_date(c.local, *zone)->to_rfc3339() == c.date);
    }
  }
}

TEST_CASE("a moment has an offset") {
  const TimeZone warsaw = TimeZone::named("Europe/Warsaw").value();
  CHECK(warsaw.offset_at(1585443599) == 3600);  // 2020-03-29T00:59:59Z
  CHECK(warsaw.offset_at(1585443600) == 7200);
  CHECK(!warsaw.is_utc());
  CHECK(TimeZone().is_utc());
}

TEST_CASE("a name that is no zone is refused") {
  for (const char* name : {"Europe/Warsow", "../../etc/passwd", "/etc/passwd", "Europe"}) {
    const Result<TimeZone> zone = TimeZone::named(name);
    REQUIRE(!zone.has_value());
    CHECK(zone.error().message ==
          "found timeZone '" + std::string(name) + "', wanted a name such as UTC or Europe/Warsaw");
  }
}

TEST_CASE("a broken zone file is refused") {
  // One type, no change, and a rule that is read or not.
  const std::string header = "TZif2" + std::string(15, '\0');
  const std::string empty(24, '\0');
  const std::string counts = std::string(19, '\0') + '\1' + std::string(3, '\0') + '\4';
  const std::string type = std::string(2, '\0') + "\x0E\x10" + std::string(2, '\0') + "CET" + '\0';
  const std::string good =
      header + empty + header + counts + type + "\nCET-1CEST,M3.5.0,M10.5.0/3\n";
  const Result<TimeZone> zone = TimeZone::of_bytes(good, "Test");
  REQUIRE(zone.has_value());
  CHECK(zone->offset_at(1577836800) == 3600);
  CHECK(zone->offset_at(1593561600) == 7200);
  CHECK(!TimeZone::of_bytes("TZif", "Test").has_value());
  for (std::size_t size = 0; size < good.find("\nCET"); ++size) {
    INFO(size);
    const Result<TimeZone> cut = TimeZone::of_bytes(good.substr(0, size), "Test");
    REQUIRE(!cut.has_value());
    CHECK(cut.error().message == "found a file that is no time zone for 'Test'");
  }
  std::string many = good;
  many[header.size() * 2 + empty.size() + 12] = '\x7F';  // More changes than there are bytes.
  CHECK(!TimeZone::of_bytes(many, "Test").has_value());
}

}  // namespace
}  // namespace likes::hugo
