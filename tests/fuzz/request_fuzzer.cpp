// Holds any bytes, taken for what clients send, against the server's promises: no crash, no answer
// of the server's own fault, and no address in the log. Everything below the socket takes part.
// Built with clang and LIKES_FUZZER it is a libFuzzer target; otherwise it makes requests at
// random:
//
//     request_fuzzer COUNT [SEED]

#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <string>
#include <string_view>

#include "server/http/api.h"
#include "server/http/connection.h"
#include "server/http/router.h"
#include "server/http/visitor_hash.h"
#include "server/telemetry/log.h"
#include "tests/support/fake_clock.h"
#include "tests/support/memory_store.h"

namespace {

using namespace likes;

constexpr const char* kClient = "203.0.113.77";
constexpr const char* kProxy = "10.9.8.7";
/// How every address begins that occurs here, as the peer's or in a header.
constexpr std::array<std::string_view, 4> kAddresses{"203.0.113.", "10.9.8.", "198.51.100.",
                                                     "2001:db8"};

[[noreturn]] void break_off(const std::string& reason, std::string_view input) {
  std::printf("%s\nafter these bytes:\n", reason.c_str());
  std::fwrite(input.data(), 1, input.size(), stdout);
  std::fflush(stdout);
  std::abort();
}

/// The log, in a file without a name.
class LogFile {
 public:
  LogFile() : file_(std::tmpfile()) { ::dup2(::fileno(file_), STDERR_FILENO); }

  void hold(std::string_view input) {
    std::fflush(stderr);
    const off_t size = ::lseek(STDERR_FILENO, 0, SEEK_END);
    std::string text(static_cast<std::size_t>(size), '\0');
    if (::pread(STDERR_FILENO, text.data(), text.size(), 0) != size) {
      break_off("the log cannot be read", input);
    }
    for (const std::string_view address : kAddresses) {
      if (const std::size_t at = text.find(address); at != std::string::npos) {
        break_off("an address in the log: " + text.substr(at < 200 ? 0 : at - 200, 400), input);
      }
    }
    if (::ftruncate(STDERR_FILENO, 0) == 0) {
      ::lseek(STDERR_FILENO, 0, SEEK_SET);
    }
  }

 private:
  std::FILE* file_;
};

/// The server but for its sockets and its database.
class Server {
 public:
  Server() {
    telemetry::set_up_log(telemetry::LogLevel::kDebug, telemetry::LogFormat::kText);
    const bool ready =
        http::prepare_hashing() &&
        service_.list_posts({{"posts/hello", "https://example.org/posts/hello/", {"old/hello"}},
                             {"notes/hello", "https://example.org/notes/hello/", {}}});
    if (!ready) {
      std::abort();
    }
    router_.set_origins({{"https://example.org"}, false});
  }

  /// Gives how many requests there were.
  int hold(std::string_view input, std::size_t piece) {
    http::Connection connection(input.size() % 2 == 0 ? kClient : kProxy, handlers_.refuse);
    int requests = 0;
    for (std::size_t at = 0; at < input.size() && connection.wants_input(); at += piece) {
      connection.take_in(input.substr(at, piece));
      while (const std::optional<http::Request> request = connection.next_request()) {
        ++requests;
        const http::Response response = answer(*request);
        if (response.status >= 500 || response.header("X-Request-Id").empty()) {
          break_off("answered with " + std::to_string(response.status), input);
        }
        connection.answer(response);
      }
    }
    const std::string& output = connection.output();
    if (!output.empty() && (!output.starts_with("HTTP/1.1 ") || output[9] == '5')) {
      break_off("answered with " + output.substr(0, 40), input);
    }
    return requests;
  }

 private:
  http::Response answer(const http::Request& request) {
    [[maybe_unused]] const bool waits = handlers_.waits(request);
    std::promise<http::Response> later;
    std::optional<http::Response> known = handlers_.answer(
        request, [&](const std::function<http::Response()>& make) { later.set_value(make()); });
    return known ? std::move(*known) : later.get_future().get();
  }

  testing::MemoryStore store_;
  testing::FakeClock clock_{1'795'089'600};
  domain::LikeService service_{store_, clock_, std::chrono::hours{1}};
  telemetry::Metrics metrics_{"0"};
  telemetry::Traces traces_;
  http::Api api_{{.proxies = *http::TrustedProxies::parse(kProxy), .rate = {30, 60}},
                 service_,
                 store_,
                 clock_,
                 metrics_};
  http::Router router_{http::Surface::kPublic, api_, metrics_, traces_};
  http::Handlers handlers_ = router_.handlers();
};

}  // namespace

#if LIKES_FUZZER

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Server server;
  server.hold({reinterpret_cast<const char*>(data), size}, 1 + size / 3);
  return 0;
}

#else

#include <random>

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

class Mutator {
 public:
  explicit Mutator(std::uint64_t seed) : random_(seed) {}

  std::size_t below(std::size_t limit) { return random_() % limit; }

  /// One to three requests, most of them nearly right.
  std::string input() {
    std::string bytes;
    for (std::size_t left = 1 + below(3); left > 0; --left) {
      bytes += kPieces[below(7)];
      bytes += kPieces[9 + below(16)];
      bytes += kPieces[7 + below(2)];
      for (std::size_t headers = below(5); headers > 0; --headers) {
        bytes += kPieces[37 + below(24)];
      }
      bytes += "\r\n";
    }
    for (std::size_t changes = below(4); changes > 0; --changes) {
      change(bytes);
    }
    return bytes;
  }

 private:
  void change(std::string& bytes) {
    const std::size_t at = below(bytes.size() + 1);
    switch (below(5)) {
      case 0:
        bytes.insert(at, kPieces[below(kPieces.size())]);
        break;
      case 1:
        bytes.erase(at, below(20));
        break;
      case 2:
        bytes.insert(at, 1, static_cast<char>(below(256)));
        break;
      case 3:
        bytes.insert(at, bytes.substr(below(bytes.size() + 1), below(100)));
        break;
      default:
        bytes.insert(at, below(50) == 0 ? std::string(below(20'000), 'x') : "x");
    }
  }

  std::mt19937_64 random_;
};

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 20'000;
  const std::uint64_t seed =
      argc > 2 ? std::strtoull(argv[2], nullptr, 10) : std::random_device()();
  std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
  std::fflush(stdout);
  LogFile log;
  Server server;
  Mutator mutator(seed);
  std::uint64_t requests = 0;
  std::uint64_t answered = 0;
  for (; requests < count; ++requests) {
    const std::string input = mutator.input();
    answered += static_cast<std::uint64_t>(server.hold(input, 1 + mutator.below(input.size() + 1)));
    if (requests % 1000 == 0) {
      log.hold(input);
    }
  }
  log.hold("the last ones");
  std::printf("%llu inputs, %llu of their requests were understood; all promises kept\n",
              static_cast<unsigned long long>(requests), static_cast<unsigned long long>(answered));
  return answered > count / 4 ? 0 : 1;
}

#endif
