#include "tests/fuzz/random_requests.h"

namespace likes::testing {
namespace {

constexpr std::array kPieces{"GET ",
                             "POST ",
                             "PUT ",
                             "DELETE ",
                             "HEAD ",
                             "OPTIONS ",
                             "BREW ",
                             " HTTP/1.1\r\n",
                             " HTTP/1.0\r\n",
                             "/like/hello",
                             "/like/posts/hello",
                             "/like/old%2Fhello",
                             "/likes",
                             "/likes?key=hello&key=x",
                             "/likes/notes/hello",
                             "/health",
                             "/ready",
                             "/openapi.json",
                             "/metrics",
                             "*",
                             "/",
                             "%",
                             "%00",
                             "%ff",
                             "http://example.org/like/posts/hello",
                             "\r\n",
                             "\r\n\r\n",
                             "\n",
                             "\r",
                             ":",
                             " ",
                             "\t",
                             ",",
                             "?",
                             "&",
                             "=",
                             "#",
                             "Host: localhost\r\n",
                             "Host: 203.0.113.77\r\n",
                             "Origin: https://example.org\r\n",
                             "Origin: https://203.0.113.77\r\n",
                             "Sec-Fetch-Site: cross-site\r\n",
                             "Content-Length: 4\r\n",
                             "Content-Length: 4097\r\n",
                             "Content-Length: -1\r\n",
                             "Transfer-Encoding: chunked\r\n",
                             "Expect: 100-continue\r\n",
                             "Connection: close\r\n",
                             "X-Request-Id: 203.0.113.77\r\n",
                             "X-Request-Id: good-id\r\n",
                             "X-Forwarded-For: 198.51.100.7\r\n",
                             "X-Forwarded-For: 2001:db8::1, 10.9.8.7\r\n",
                             "X-Forwarded-For: 198.51.100.8, nonsense\r\n",
                             "Forwarded: for=198.51.100.9\r\n",
                             "X-Real-IP: 198.51.100.10\r\n",
                             "Likes-Undo: abc\r\n",
                             "Accept: text/html;q=0.9, application/json;q=.\r\n",
                             "If-None-Match: W/\"x\", *\r\n",
                             "Access-Control-Request-Method: POST\r\n",
                             "Content-Type: application/x-www-form-urlencoded\r\n",
                             "body",
                             "\xc3\xa4",
                             "\xff",
                             "203.0.113.77"};

void change(std::string& bytes, Chance& chance) {
  const std::size_t at = chance.below(bytes.size() + 1);
  switch (chance.below(5)) {
    case 0:
      bytes.insert(at, chance.one_of(kPieces));
      break;
    case 1:
      bytes.insert(at, chance.below(50) == 0 ? std::string(chance.below(20'000), 'x') : "x");
      break;
    default:
      chance.damage(bytes);
  }
}

}  // namespace

std::string random_requests(Chance& chance) {
  std::string bytes;
  for (std::size_t left = 1 + chance.below(3); left > 0; --left) {
    bytes += kPieces[chance.below(7)];
    bytes += kPieces[9 + chance.below(16)];
    bytes += kPieces[7 + chance.below(2)];
    for (std::size_t headers = chance.below(5); headers > 0; --headers) {
      bytes += kPieces[37 + chance.below(24)];
    }
    bytes += "\r\n";
  }
  for (std::size_t changes = chance.below(4); changes > 0; --changes) {
    change(bytes, chance);
  }
  return bytes;
}

}  // namespace likes::testing
