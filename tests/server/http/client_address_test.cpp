#include "server/http/client_address.h"

#include <string>
#include <vector>

#include "tests/support/catch.h"

namespace likes::http {

TEST_CASE("whose request it is") {
  struct Case {
    const char* name;
    const char* proxies;
    const char* peer;
    std::vector<std::string> forwarded;
    const char* client;
  };
  const std::string long_chain = [] {
    std::string chain = "198.51.100.1";
    for (int i = 1; i < 64; ++i) {
      chain += ",10.0.0.2";
    }
    return chain;
  }();
  const Case cases[] = {
      {"no proxy", "", "192.0.2.1", {}, "192.0.2.1"},
      {"a header from nobody we trust", "", "192.0.2.1", {"198.51.100.1"}, "192.0.2.1"},
      {"a header from outside the network", "10.0.0.0/8", "11.0.0.1", {"198.51.100.1"}, "11.0.0.1"},
      {"one proxy", "10.0.0.0/8", "10.0.0.1", {"198.51.100.1"}, "198.51.100.1"},
      {"a proxy that says nothing", "10.0.0.0/8", "10.0.0.1", {}, "10.0.0.1"},
      {"what the client claims is left of it",
       "10.0.0.0/8",
       "10.0.0.1",
       {"1.1.1.1, 198.51.100.1"},
       "198.51.100.1"},
      {"two proxies", "10.0.0.0/8", "10.0.0.1", {"198.51.100.1, 10.0.0.2"}, "198.51.100.1"},
      {"two lines are one list",
       "10.0.0.0/8",
       "10.0.0.1",
       {"1.1.1.1", "198.51.100.1, 10.0.0.2"},
       "198.51.100.1"},
      {"the second line alone",
       "10.0.0.0/8",
       "10.0.0.1",
       {"1.1.1.1, 2.2.2.2", "198.51.100.1"},
       "198.51.100.1"},
      {"all hops trusted", "10.0.0.0/8", "10.0.0.1", {"10.0.0.3, 10.0.0.2"}, "10.0.0.3"},
      {"spaces and tabs", "10.0.0.0/8", "10.0.0.1", {" \t198.51.100.1 "}, "198.51.100.1"},
      {"malformed is the peer", "10.0.0.0/8", "10.0.0.1", {"198.51.100.1, nonsense"}, "10.0.0.1"},
      {"what the client claims may be malformed",
       "10.0.0.0/8",
       "10.0.0.1",
       {"nonsense, 198.51.100.1"},
       "198.51.100.1"},
      {"malformed behind a trusted hop", "10.0.0.0/8", "10.0.0.1", {"what, 10.0.0.2"}, "10.0.0.1"},
      {"an empty item", "10.0.0.0/8", "10.0.0.1", {"198.51.100.1,"}, "10.0.0.1"},
      {"an empty header", "10.0.0.0/8", "10.0.0.1", {""}, "10.0.0.1"},
      {"a port", "10.0.0.0/8", "10.0.0.1", {"198.51.100.1:80"}, "198.51.100.1"},
      {"brackets", "10.0.0.0/8", "10.0.0.1", {"[2001:db8::1]"}, "2001:db8::1"},
      {"brackets and a port", "10.0.0.0/8", "10.0.0.1", {"[2001:db8::1]:80"}, "2001:db8::1"},
      {"half a bracket", "10.0.0.0/8", "10.0.0.1", {"[2001:db8::1"}, "10.0.0.1"},
      {"a bracket alone", "10.0.0.0/8", "10.0.0.1", {"["}, "10.0.0.1"},
      {"more behind the bracket", "10.0.0.0/8", "10.0.0.1", {"[2001:db8::1]x"}, "10.0.0.1"},
      {"unknown", "10.0.0.0/8", "10.0.0.1", {"unknown"}, "10.0.0.1"},
      {"the longest chain", "10.0.0.0/8", "10.0.0.1", {long_chain}, "198.51.100.1"},
      {"a chain too long", "10.0.0.0/8", "10.0.0.1", {long_chain + ",10.0.0.2"}, "10.0.0.1"},
      {"a claim of a long chain",
       "10.0.0.0/8",
       "10.0.0.1",
       {long_chain + ",203.0.113.1"},
       "203.0.113.1"},
      {"a mapped peer", "10.0.0.0/8", "::ffff:10.0.0.1", {"198.51.100.1"}, "198.51.100.1"},
      {"a mapped hop", "10.0.0.0/8", "10.0.0.1", {"::ffff:198.51.100.1"}, "198.51.100.1"},
      {"an IPv6 proxy", "fd00::/8", "fd00::1", {"2001:db8::1"}, "2001:db8::1"},
      {"an IPv6 address is no IPv4 network's", "0.0.0.0/0", "::1", {"198.51.100.1"}, "::1"},
      {"one address as a network", "127.0.0.1, ::1", "::1", {"198.51.100.1"}, "198.51.100.1"},
      {"a network that ends inside a byte",
       "10.0.0.0/9",
       "10.128.0.1",
       {"198.51.100.1"},
       "10.128.0.1"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Result<TrustedProxies> proxies = TrustedProxies::parse(c.proxies);
      REQUIRE(proxies);
      Request request;
      request.peer = c.peer;
      for (const std::string& line : c.forwarded) {
        request.headers.push_back({"x-forwarded-for", line});
      }
      // Headers that some proxies set, and any client can.
      request.headers.push_back({"X-Real-IP", "203.0.113.9"});
      request.headers.push_back({"CF-Connecting-IP", "203.0.113.9"});
      CHECK(client_address(request, *proxies) == parse_address(c.client).value());
    }
  }
}

TEST_CASE("networks are checked") {
  struct Case {
    const char* text;
    bool valid;
  };
  for (const Case& c :
       {Case{"", true}, Case{"10.0.0.0/8", true}, Case{"0.0.0.0/0", true},
        Case{"10.0.0.1/32", true}, Case{"10.0.0.1/33", false}, Case{"::/128", true},
        Case{"::/129", false}, Case{"10.0.0/8", false}, Case{"10.0.0.0/", false},
        Case{"10.0.0.0/-1", false}, Case{"10.0.0.0/8,", false}, Case{"all", false}}) {
    DYNAMIC_SECTION("'" << c.text << "'") {
      CHECK(TrustedProxies::parse(c.text).has_value() == c.valid);
    }
  }
  CHECK(TrustedProxies::parse("10.0.0.0/8, ten").error().message ==
        "found 'ten', wanted a network such as 10.0.0.0/8 or an address");
}

}  // namespace likes::http
