#include "server/http/visitor_hash.h"

#include <string>

#include "tests/support/catch.h"

namespace likes::http {

TEST_CASE("a visitor is a keyed hash of the address") {
  REQUIRE(prepare_hashing());
  const domain::VisitorKey key{1};
  const auto hash = [&key](const char* address) {
    return visitor_hash(key, parse_address(address).value());
  };
  CHECK(hash("192.0.2.1") == hash("192.0.2.1"));
  CHECK(hash("192.0.2.1") == hash("::ffff:192.0.2.1"));
  CHECK(hash("192.0.2.1") != hash("192.0.2.2"));
  CHECK(hash("2001:db8:0:1::1") == hash("2001:db8:0:1:ffff::2"));
  CHECK(hash("2001:db8:0:1::1") != hash("2001:db8:0:2::1"));
  CHECK(visitor_hash({2}, *parse_address("192.0.2.1")) != hash("192.0.2.1"));
}

TEST_CASE("a visitor key is 32 bytes or 64 hex digits") {
  const std::string hex = "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF";
  struct Case {
    const char* name;
    std::string bytes;
    bool valid;
  };
  const Case cases[] = {
      {"bytes", std::string(32, '\0'), true},
      {"one byte less", std::string(31, 'x'), false},
      {"one byte more", std::string(33, 'x'), false},
      {"hex", hex, true},
      {"hex and a line end", hex + "\n", true},
      {"hex and a DOS line end", hex + "\r\n", true},
      {"hex and more", hex + "00", false},
      {"hex too short", hex.substr(2), false},
      {"no hex", std::string(64, 'g'), false},
      {"nothing", "", false},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      CHECK(parse_visitor_key(c.bytes).has_value() == c.valid);
    }
  }
  CHECK((*parse_visitor_key(hex))[1] == 0x11);
  CHECK(parse_visitor_key("short").error().message == "found 5 bytes, wanted 32, or 64 hex digits");
}

}  // namespace likes::http
