#include "server/http/request_head.h"

#include <string>

#include "tests/support/catch.h"

namespace likes::http {
namespace {

using State = RequestHead::State;

std::string head_of(const std::string& line, const std::string& headers = "") {
  return line + "\r\n" + headers + "\r\n";
}

std::string many_headers(std::size_t count) {
  std::string headers;
  for (std::size_t i = 0; i < count; ++i) {
    headers += "X: 1\r\n";
  }
  return headers;
}

/// A head that is as long as said.
std::string long_head(std::size_t bytes) {
  const std::string begin = "GET / HTTP/1.1\r\nX: ";
  return begin + std::string(bytes - begin.size() - 4, 'x') + "\r\n\r\n";
}

}  // namespace

TEST_CASE("a request head is read as it was sent") {
  const std::string input =
      "POST /like/a%20b?x=1 HTTP/1.1\r\nHost: localhost\r\nx-Test:\t two words \r\n"
      "Empty:\r\nContent-Length: 4\r\n\r\nbody";
  const RequestHead head = read_request_head(input);
  REQUIRE(head.state == State::kComplete);
  CHECK(head.bytes == input.size() - 4);
  CHECK(head.request.method == "POST");
  CHECK(head.request.target == "/like/a%20b?x=1");
  CHECK(head.request.header("X-TEST") == "two words");
  CHECK(head.request.headers.size() == 4);
  CHECK(head.request.body_bytes == 4U);
  CHECK(head.keep_alive);
  CHECK(head.is_clear);
}

TEST_CASE("a head that comes byte by byte is complete with its last byte") {
  const std::string input = head_of("GET / HTTP/1.1", "Host: x\r\n");
  for (std::size_t size = 0; size < input.size(); ++size) {
    CHECK(read_request_head(input.substr(0, size), size / 2).state == State::kIncomplete);
  }
  CHECK(read_request_head(input, input.size() - 1).state == State::kComplete);
}

TEST_CASE("what two programs could understand in two ways is refused") {
  struct Case {
    const char* name;
    std::string input;
    int status;  // 0 where it is a request
  };
  const Case cases[] = {
      {"plain", head_of("GET / HTTP/1.1"), 0},
      {"any method", head_of("BREW / HTTP/1.1"), 0},
      {"a target in UTF-8", head_of("GET /grüße HTTP/1.1"), 0},
      {"the longest target", head_of("GET /" + std::string(kMaxTargetBytes - 1, 'x') + " HTTP/1.1"),
       0},
      {"a target too long", head_of("GET /" + std::string(kMaxTargetBytes, 'x') + " HTTP/1.1"),
       414},
      {"a line without end", std::string(kMaxHeadBytes, 'x'), 414},
      {"the longest head", long_head(kMaxHeadBytes), 0},
      {"a head too long", long_head(kMaxHeadBytes + 1), 431},
      {"headers without end", head_of("GET / HTTP/1.1", std::string(kMaxHeadBytes, 'x')), 431},
      {"the most headers", head_of("GET / HTTP/1.1", many_headers(kMaxHeaders)), 0},
      {"one header more", head_of("GET / HTTP/1.1", many_headers(kMaxHeaders + 1)), 431},
      {"nothing", "\r\n\r\n", 400},
      {"two words", head_of("GET /"), 400},
      {"four words", head_of("GET / x HTTP/1.1"), 400},
      {"a method that is no token", head_of("G(T / HTTP/1.1"), 400},
      {"a control character in the target", head_of("GET /\x01 HTTP/1.1"), 400},
      {"another protocol", head_of("GET / SPDY/3"), 400},
      {"another version", head_of("PRI * HTTP/2.0"), 400},
      {"a line that ends in LF", "GET / HTTP/1.1\nHost: x\r\n\r\n", 400},
      {"a header that ends in LF", head_of("GET / HTTP/1.1", "A: b\nC: d\r\n"), 400},
      {"a CR inside", head_of("GET / HTTP/1.1", "A: b\rC: d\r\n"), 400},
      {"NUL", head_of("GET / HTTP/1.1", std::string("A: b\0\r\n", 7)), 400},
      {"a space before the colon", head_of("GET / HTTP/1.1", "Content-Length : 5\r\n"), 400},
      {"a continued line", head_of("GET / HTTP/1.1", "A: b\r\n c\r\n"), 400},
      {"no colon", head_of("GET / HTTP/1.1", "Header\r\n"), 400},
      {"no name", head_of("GET / HTTP/1.1", ": x\r\n"), 400},
      {"two hosts", head_of("GET / HTTP/1.1", "Host: a\r\nHost: b\r\n"), 400},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const RequestHead head = read_request_head(c.input);
      CHECK(head.status == c.status);
      CHECK(head.state == (c.status == 0 ? State::kComplete : State::kRefused));
    }
  }
}

TEST_CASE("where a request ends, and whether another one follows") {
  struct Case {
    const char* name;
    const char* headers;
    std::optional<std::uint64_t> body_bytes;
    bool is_clear;
    bool keep_alive;
  };
  const Case cases[] = {
      {"no body", "", 0, true, true},
      {"a body", "Content-Length: 5\r\n", 5, true, true},
      {"the largest body", "Content-Length: 4096\r\n", 4096, true, true},
      {"too large a body", "Content-Length: 4097\r\n", 4097, false, true},
      {"chunks", "Transfer-Encoding: chunked\r\n", std::nullopt, false, true},
      {"both", "Content-Length: 5\r\nTransfer-Encoding: x\r\n", std::nullopt, false, true},
      {"twice the same", "Content-Length: 5\r\nContent-Length: 5\r\n", std::nullopt, false, true},
      {"a list", "Content-Length: 5, 5\r\n", std::nullopt, false, true},
      {"a sign", "Content-Length: +5\r\n", std::nullopt, false, true},
      {"less than nothing", "Content-Length: -5\r\n", std::nullopt, false, true},
      {"far too large", "Content-Length: 99999999999999999999\r\n", std::nullopt, false, true},
      {"no number", "Content-Length:\r\n", std::nullopt, false, true},
      {"waits to be asked for the body", "Expect: 100-continue\r\nContent-Length: 5\r\n", 5, false,
       true},
      {"the last one", "Connection: close\r\n", 0, true, false},
      {"the last one, among others", "Connection: TE , Close\r\n", 0, true, false},
      {"not the last one", "Connection: keep-alive\r\n", 0, true, true},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const RequestHead head = read_request_head(head_of("POST / HTTP/1.1", c.headers));
      REQUIRE(head.state == State::kComplete);
      CHECK(head.request.body_bytes == c.body_bytes);
      CHECK(head.is_clear == c.is_clear);
      CHECK(head.keep_alive == c.keep_alive);
    }
  }
  CHECK_FALSE(read_request_head(head_of("GET / HTTP/1.0")).keep_alive);
}

}  // namespace likes::http
