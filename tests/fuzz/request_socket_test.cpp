#include <atomic>
#include <csignal>
#include <cstdlib>
#include <future>
#include <random>
#include <string>
#include <vector>

#include "tests/fuzz/random_requests.h"
#include "tests/server/app/running_server.h"
#include "tests/support/catch.h"
#include "tests/support/http_client.h"

namespace likes::testing {
namespace {

constexpr std::size_t kClients = 8;
/// Inputs of each client, after which the log is read to its end.
constexpr std::size_t kRound = 100;

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
  const char* const text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

/// What went wrong with one input; "" when all is well.
std::string hold(int port, Chance& chance, std::atomic<std::uint64_t>& answers) {
  const std::string input = random_requests(chance);
  HttpConnection connection(port);
  const std::size_t piece = 1 + chance.below(input.size() + 1);
  for (std::size_t at = 0; at < input.size(); at += piece) {
    connection.send(std::string_view(input).substr(at, piece));
  }
  if (chance.below(8) == 0) {
    return "";  // Some clients leave without a word.
  }
  const std::optional<std::string> output = connection.receive_to_end();
  if (!output) {
    return "no end after:\n" + input;
  }
  answers += output->starts_with("HTTP/1.1 ") ? 1 : 0;
  if ((!output->empty() && !output->starts_with("HTTP/1.1 ")) ||
      output->find("HTTP/1.1 5") != std::string::npos) {
    return "answered\n" + *output + "\nafter:\n" + input;
  }
  return "";
}

/// The same of a whole round.
std::string hold_round(int port, std::uint64_t seed, std::atomic<std::uint64_t>& answers) {
  Chance chance(seed);
  std::string wrong;
  for (std::size_t made = 0; made < kRound && wrong.empty(); ++made) {
    wrong = hold(port, chance, answers);
  }
  return wrong;
}

}  // namespace

TEST_CASE("random requests over sockets do no harm, and no address comes into the log") {
  const std::uint64_t count = number_from("LIKES_SOCKET_FUZZ", 8000);
  const std::uint64_t seed = number_from("LIKES_SOCKET_FUZZ_SEED", std::random_device()());
  RunningServer server({{"LOG_LEVEL", "debug"}, {"TRUSTED_PROXIES", "127.0.0.1"}});
  std::atomic<std::uint64_t> answers = 0;
  for (std::uint64_t made = 0; made < count; made += kClients * kRound) {
    INFO("LIKES_SOCKET_FUZZ_SEED=" << seed + made);
    const std::string name = "round-" + std::to_string(made) + "-";
    std::future<std::vector<std::string>> round = std::async(std::launch::async, [&] {
      std::vector<std::future<std::string>> clients;
      for (std::size_t client = 0; client < kClients; ++client) {
        clients.push_back(std::async(std::launch::async, [&, client] {
          return hold_round(server.port, seed + made + client, answers);
        }));
      }
      std::vector<std::string> wrong;
      wrong.reserve(kClients);
      for (std::future<std::string>& client : clients) {
        wrong.push_back(client.get());
      }
      request(server.port, "GET", "/health", "X-Request-Id: " + name + "\r\n");
      return wrong;
    });
    // The log is read meanwhile, so that the server never waits for room in the pipe.
    CHECK(server.process.find_line(name).has_value());
    REQUIRE(round.get() == std::vector<std::string>(kClients));
  }
  CHECK(answers > count / 4);
  server.process.signal(SIGTERM);
  CHECK(server.process.wait() == 0);
  for (const std::string_view address : kFuzzedAddresses) {
    INFO(address);
    CHECK(server.process.output().find(address) == std::string::npos);
  }
}

}  // namespace likes::testing
