#include <signal.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "server/telemetry/traces.h"
#include "tests/server/app/running_server.h"
#include "tests/support/catch.h"
#include "tests/support/http_client.h"
#include "tests/support/otlp_receiver.h"
#include "tests/support/postgres.h"

// Nothing that the real program writes holds a visitor's address.
namespace likes::testing {
namespace {

using namespace std::string_literals;

const std::vector<std::string> kAddresses{"203.0.113.77", "198.51.100.23", "2001:db8:77:23:9::5"};

/// How those addresses could be found: as text, as bytes, and as the hex that a dump shows. An IPv6
/// address is known by the part that it shares with its network.
const std::vector<std::string> kTraces{
    "203.0.113.77",    "\xcb\x00\x71\x4d"s, "cb00714d",
    "198.51.100.23",   "\xc6\x33\x64\x17"s, "c6336417",
    "2001:db8:77",     "2001:0db8:0077",    "\x20\x01\x0d\xb8\x00\x77\x00\x23"s,
    "20010db800770023"};

void check_holds_no_address(const std::string& what, const std::string& text) {
  INFO(what);
  for (const std::string& trace : kTraces) {
    CHECK(text.find(trace) == std::string::npos);
  }
}

std::string read_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// What a browser sends along, and nothing that is to be kept.
constexpr const char* kAlong =
    "User-Agent: Marked-Browser\r\nCookie: marked-cookie\r\nReferer: https://marked.example/\r\n"
    "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n";

/// Likes, refusals and mistakes from those addresses, until the server is stopped.
void visit(RunningServer& server) {
  for (const std::string& address : kAddresses) {
    const std::string from = "X-Forwarded-For: " + address + "\r\n" + kAlong +
                             "tracestate: marked=" + address + "\r\nbaggage: marked=" + address +
                             "\r\n";
    const auto ask = [&](const char* method, const std::string& target) {
      return request(server.port, method, target, from).status;
    };
    CHECK(ask("POST", "/like/hello") == 200);
    CHECK(ask("POST", "/like/hello") == 429);
    CHECK(ask("POST", "/like/second") == 200);
    CHECK(ask("DELETE", "/like/second") == 200);
    CHECK(ask("GET", "/likes/hello") == 200);
    CHECK(ask("POST", "/like/nothing") == 404);
    CHECK(ask("PATCH", "/like/hello") == 405);
    CHECK(ask("GET", "/marked/" + address + "?marked=" + address) == 404);
    CHECK(request(server.port, "POST", "/like/hello", from + "Origin: https://evil.example\r\n")
              .status == 403);
    // A list that no proxy sends.
    request(server.port, "POST", "/like/hello", "X-Forwarded-For: " + address + ", what\r\n");
  }
  const std::string metrics = request(server.admin_port, "GET", "/metrics").body;
  // Two by each visitor, and one that counts as the proxy's own.
  CHECK(metrics.find("likes_recorded_total 7\n") != std::string::npos);
  check_holds_no_address("metrics", metrics);
  server.process.signal(SIGTERM);
  CHECK(server.process.wait() == 0);
  const std::string& log = server.process.output();
  CHECK(log.find("/like/{key}") != std::string::npos);
  check_holds_no_address("log", log);
}

Process::Environment talkative(Process::Environment more = {}) {
  more.insert({{"TRUSTED_PROXIES", "127.0.0.1"}, {"LOG_LEVEL", "debug"}});
  return more;
}

}  // namespace

TEST_CASE("no address is left in a SQLite file, the log or the metrics") {
  RunningServer server(talkative());
  visit(server);
  const std::string file = read_bytes(server.sqlite_file);
  CHECK(file.find("posts/hello") != std::string::npos);
  check_holds_no_address("file", file);
}

TEST_CASE("no address is left in a PostgreSQL database, the log or the metrics") {
  const std::string database = PostgresServer::shared().new_database();
  RunningServer server(talkative({{"DATABASE_URL", database}}));
  visit(server);
  Process dump({"pg_dump", "--inserts", database}, {}, "postgresql-client");
  CHECK(dump.wait() == 0);
  const std::string& rows = dump.output();
  const std::string kRow = "INSERT INTO public.likes ";
  std::size_t likes = 0;
  for (std::size_t at = 0; (at = rows.find(kRow, at)) != std::string::npos; ++at) {
    ++likes;
  }
  CHECK(likes == kAddresses.size() + 1);
  check_holds_no_address("dump", rows);
}

TEST_CASE("no address is left in the traces, nor what else tells visitors apart") {
  if (!telemetry::can_trace()) {
    return;
  }
  for (const char* protocol : {"http/protobuf", "http/json"}) {
    const OtlpReceiver receiver;
    RunningServer server(talkative({{"OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url()},
                                    {"OTEL_EXPORTER_OTLP_PROTOCOL", protocol}}));
    visit(server);
    const std::string traces = receiver.bytes();
    CHECK(traces.find("POST /like/{key}") != std::string::npos);
    check_holds_no_address("traces", traces);
    for (const char* marked : {"Marked", "marked", "127.0.0.1", "hello", "evil", "sqlite:"}) {
      INFO(marked);
      CHECK(traces.find(marked) == std::string::npos);
    }
  }
}

}  // namespace likes::testing
