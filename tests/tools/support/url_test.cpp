#include "tools/support/url.h"

#include "tests/support/catch.h"

TEST_CASE("an address is taken apart") {
  struct Case {
    const char* text;
    const char* origin;
    int port;
    const char* path;
  };
  const Case cases[] = {
      {"https://example.org", "https://example.org", 443, "/"},
      {"HTTP://example.org/api/", "http://example.org", 80, "/api/"},
      {"http://localhost:3000/a?b=/c#d", "http://localhost:3000", 3000, "/a"},
      {"https://example.org:443/x", "https://example.org", 443, "/x"},
      {"http://[::1]:8080/", "http://[::1]:8080", 8080, "/"},
      {"http://[::1]/", "http://[::1]", 80, "/"},
      {"http://example.org?x=1", "http://example.org", 80, "/"},
      {"http://example.org:65535/", "http://example.org:65535", 65535, "/"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.text) {
      const likes::Result<likes::Url> url = likes::parse_url(c.text);
      REQUIRE(url);
      CHECK(url->origin() == c.origin);
      CHECK(url->port == c.port);
      CHECK(url->path == c.path);
    }
  }
}

TEST_CASE("what is no http address is refused with the reason") {
  struct Case {
    const char* text;
    const char* message;
  };
  const Case cases[] = {
      {"example.org", "'example.org' is no http(s) address: wanted http://HOST or https://HOST"},
      {"ftp://example.org",
       "'ftp://example.org' is no http(s) address: found scheme 'ftp', wanted "
       "http or https"},
      {"http://", "'http://' is no http(s) address: found no host name"},
      {"http://:80/", "'http://:80/' is no http(s) address: found no host name"},
      {"http://a:0/", "'http://a:0/' is no http(s) address: found port '0', wanted 1 to 65535"},
      {"http://a:65536/",
       "'http://a:65536/' is no http(s) address: found port '65536', wanted 1 to 65535"},
      {"http://a:8x/", "'http://a:8x/' is no http(s) address: found port '8x', wanted 1 to 65535"},
      {"http://me:secret@example.org/",
       "an address here may not hold a user name or password"},  // and the message does not show it
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.text) {
      const likes::Result<likes::Url> url = likes::parse_url(c.text);
      REQUIRE_FALSE(url);
      CHECK(url.error().message == c.message);
    }
  }
}

TEST_CASE("paths are percent-encoded and back") {
  CHECK(likes::percent_encode_path("posts/hello-world_1.~") == "posts/hello-world_1.~");
  CHECK(likes::percent_encode_path("posts/z\u0142o 100%?#") == "posts/z%C5%82o%20100%25%3F%23");
  CHECK(likes::percent_decode("posts/z%C5%82o%20100%25%3f").value() == "posts/z\u0142o 100%?");
  for (const char* text : {"%", "%2", "%zz", "a%2", "%%41"}) {
    DYNAMIC_SECTION(text) {
      CHECK_FALSE(likes::percent_decode(text));
    }
  }
}
