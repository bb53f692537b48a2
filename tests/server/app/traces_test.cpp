#include "server/telemetry/traces.h"

#include <signal.h>

#include <chrono>
#include <string>

#include "tests/server/app/running_server.h"
#include "tests/support/catch.h"
#include "tests/support/http_client.h"
#include "tests/support/otlp_receiver.h"

// The real program sends traces to a real receiver.
namespace likes::testing {
namespace {

constexpr const char* kTrace = "0af7651916cd43dd8448eb211c80319c";
constexpr const char* kParent = "b7ad6b7169203331";

std::string end(RunningServer& server) {
  server.process.signal(SIGTERM);
  CHECK(server.process.wait() == 0);
  return server.process.output();
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a like's trace, from the request that names it to the database's transaction") {
  if (!telemetry::can_trace()) {
    return;
  }
  const OtlpReceiver receiver;
  RunningServer server({{"OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url()},
                        {"OTEL_EXPORTER_OTLP_PROTOCOL", "http/json"},
                        {"OTEL_EXPORTER_OTLP_HEADERS", "x-token=secret"},
                        {"OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test"},
                        {"LOG_LEVEL", "debug"}});
  const std::string parent =
      std::string("traceparent: 00-") + kTrace + "-" + kParent + "-01\r\nX-Request-Id: mine\r\n";
  CHECK(request(server.port, "POST", "/like/hello", parent).status == 200);
  CHECK(request(server.port, "GET", "/likes/hello").status == 200);
  CHECK(request(server.port, "GET", "/wp-login.php?user=root").status == 404);
  const std::string log = end(server);

  const OtlpReceiver::Received received = receiver.received();
  CHECK(received.resource["service.name"] == "likes-server");
  CHECK(received.resource["service.version"] == LIKES_VERSION);
  CHECK(received.resource["deployment.environment.name"] == "test");
  const nlohmann::json like = received.span("POST /like/{key}");
  CHECK(like["traceId"] == kTrace);
  CHECK(like["parentSpanId"] == kParent);
  CHECK(like["attributes"].dump() ==
        R"({"http.request.id":"mine","http.request.method":"POST",)"
        R"("http.response.status_code":"200","http.route":"/like/{key}"})");
  const nlohmann::json batch = received.span("record likes");
  CHECK(batch["traceId"] == kTrace);
  CHECK(batch["parentSpanId"] == like["spanId"]);
  CHECK(batch["attributes"].dump() ==
        R"({"db.operation.batch.size":"1","db.system.name":"sqlite"})");
  CHECK(received.span("GET /likes/{key}")["traceId"] != kTrace);
  CHECK(received.span("GET")["attributes"]["http.response.status_code"] == "404");
  CHECK(received.spans.size() == 4);
  CHECK(receiver.requests()[0].get_header_value("x-token") == "secret");

  CHECK(holds(log, std::string("request mine, trace ") + kTrace + "\n"));
  CHECK(holds(log, "OTEL_EXPORTER_OTLP_ENDPOINT=" + receiver.url() + "/v1/traces\n"));
  CHECK_FALSE(holds(log, "secret"));
  CHECK_FALSE(holds(log, "sends no traces"));
}

TEST_CASE("the environment names the service; without JSON it is protobuf") {
  if (!telemetry::can_trace()) {
    return;
  }
  const OtlpReceiver receiver;
  RunningServer server({{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", receiver.url() + "/v1/traces"},
                        {"OTEL_SERVICE_NAME", "likes-of-mine"}});
  CHECK(request(server.port, "POST", "/like/hello").status == 200);
  const std::string log = end(server);
  REQUIRE_FALSE(receiver.requests().empty());
  CHECK(receiver.requests()[0].get_header_value("Content-Type") == "application/x-protobuf");
  CHECK(holds(receiver.bytes(), "likes-of-mine"));
  CHECK(holds(receiver.bytes(), "POST /like/{key}"));
  CHECK_FALSE(holds(log, ", trace "));
}

TEST_CASE("likes are answered while the collector is silent or away, and the end is near") {
  if (!telemetry::can_trace()) {
    return;
  }
  using Clock = std::chrono::steady_clock;
  const SilentPort silent;
  for (const std::string& url : {silent.url(), std::string("http://127.0.0.1:1")}) {
    INFO(url);
    RunningServer server({{"OTEL_EXPORTER_OTLP_ENDPOINT", url},
                          {"OTEL_EXPORTER_OTLP_TIMEOUT", "1000"},
                          {"LIKE_WINDOW", "off"},
                          {"RATE_LIMIT", "off"}});
    const Clock::time_point begun = Clock::now();
    for (int i = 0; i < 200; ++i) {
      CHECK(request(server.port, "POST", "/like/hello").status == 200);
    }
    const Clock::time_point asked = Clock::now();
    CHECK(asked - begun < std::chrono::seconds{10});
    const std::string log = end(server);
    CHECK(Clock::now() - asked < std::chrono::seconds{5});
    CHECK(holds(log, "warning OTEL_EXPORTER_OTLP_ENDPOINT: traces do not arrive"));
  }
}

TEST_CASE("traces that are switched off are not sent, and a wrong setting stops the start") {
  if (!telemetry::can_trace()) {
    return;
  }
  const OtlpReceiver receiver;
  RunningServer off(
      {{"OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url()}, {"OTEL_TRACES_EXPORTER", "none"}});
  CHECK(request(off.port, "POST", "/like/hello").status == 200);
  CHECK_FALSE(holds(end(off), "OTEL_"));
  CHECK(receiver.requests().empty());

  Process wrong({LIKES_SERVER, "posts.json"}, {{"OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url()},
                                               {"OTEL_TRACES_SAMPLER", "sometimes"}});
  CHECK(wrong.wait() == 1);
  CHECK(holds(wrong.output(), "likes-server: OTEL_TRACES_SAMPLER: found 'sometimes', wanted "));
}

TEST_CASE("a program without opentelemetry-cpp says that it sends no traces") {
  if (telemetry::can_trace()) {
    return;
  }
  const OtlpReceiver receiver;
  RunningServer server(
      {{"OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url()}, {"OTEL_TRACES_SAMPLER", "sometimes"}});
  CHECK(request(server.port, "POST", "/like/hello").status == 200);
  CHECK(holds(end(server),
              "warning OTEL_EXPORTER_OTLP_ENDPOINT is set, but this version sends no traces; "
              "metrics are on ADMIN_ADDRESS\n"));
  CHECK(receiver.requests().empty());
}

}  // namespace likes::testing
