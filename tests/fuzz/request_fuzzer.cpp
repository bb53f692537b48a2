// Holds any bytes, taken for what clients send, against the server's promises: no crash, no answer
// of the server's own fault, and no address in the log. Everything below the socket takes part.
// Built with clang and LIKES_FUZZER it is a libFuzzer target; otherwise it makes requests at
// random:
//
//     request_fuzzer COUNT [SEED]

#include <unistd.h>

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
#include "tests/fuzz/random_requests.h"
#include "tests/support/fake_clock.h"
#include "tests/support/memory_store.h"

namespace {

using namespace likes;

constexpr const char* kClient = "203.0.113.77";
constexpr const char* kProxy = "10.9.8.7";

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
    for (const std::string_view address : testing::kFuzzedAddresses) {
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
        send(connection, input);
      }
    }
    send(connection, input);
    return requests;
  }

 private:
  static void send(http::Connection& connection, std::string_view input) {
    const std::string_view output = connection.unsent();
    if (!output.empty() && (!output.starts_with("HTTP/1.1 ") || output[9] == '5')) {
      break_off("answered with " + std::string(output.substr(0, 40)), input);
    }
    connection.sent(connection.unsent_bytes());
  }

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

int main(int argc, char** argv) {
  const testing::FuzzRun run(argc, argv);
  LogFile log;
  Server server;
  testing::Chance chance(run.seed);
  std::uint64_t answered = 0;
  for (std::uint64_t made = 0; made < run.count; ++made) {
    const std::string input = testing::random_requests(chance);
    answered += static_cast<std::uint64_t>(server.hold(input, 1 + chance.below(input.size() + 1)));
    if (made % 1000 == 0) {
      log.hold(input);
    }
  }
  log.hold("the last ones");
  std::printf("%llu inputs, %llu of their requests were understood; all promises kept\n",
              static_cast<unsigned long long>(run.count),
              static_cast<unsigned long long>(answered));
  return answered > run.count / 4 ? 0 : 1;
}

#endif
