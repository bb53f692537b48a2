#include "server/telemetry/traces.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "server/telemetry/log.h"
#include "tests/support/captured_output.h"
#include "tests/support/catch.h"
#include "tests/support/otlp_receiver.h"

namespace likes::telemetry {
namespace {

using Clock = std::chrono::steady_clock;
using testing::OtlpReceiver;

constexpr const char* kTrace = "0af7651916cd43dd8448eb211c80319c";
constexpr const char* kParent = "b7ad6b7169203331";

std::string traceparent(const char* flags = "01") {
  return std::string("00-") + kTrace + "-" + kParent + "-" + flags;
}

TraceSettings settings_for(const std::string& url) {
  TraceSettings settings;
  settings.url = url + "/v1/traces";
  settings.variable = "OTEL_EXPORTER_OTLP_ENDPOINT";
  settings.is_json = true;
  return settings;
}

std::string text_of(const nlohmann::json& span, const char* member) {
  return span.value(member, "");
}

}  // namespace

TEST_CASE("without settings nothing is traced") {
  const Traces traces;
  const RequestSpan span = traces.begin_request("GET", "/likes", traceparent());
  CHECK(span.trace_id().empty());
  const Working working(span);
  const std::vector<std::shared_ptr<const void>> requests{Working::current()};
  CHECK(requests[0] == nullptr);
  CHECK_FALSE(traces.begin_batch("sqlite", requests));
  span.end(200, "abc");
}

TEST_CASE("a request's span is part of the trace that it names") {
  if (!can_trace()) {
    return;
  }
  struct Case {
    const char* name;
    std::string traceparent;
    bool takes_parent;
    bool is_part;
  };
  const Case cases[] = {
      {"a good one", traceparent(), true, true},
      {"a later version with more in it", "cc" + traceparent().substr(2) + "-more", true, true},
      {"none", "", true, false},
      {"too short", traceparent().substr(1), true, false},
      {"too long", traceparent() + "-more", true, false},
      {"no trace", "00-00000000000000000000000000000000-b7ad6b7169203331-01", true, false},
      {"no parent", std::string("00-") + kTrace + "-0000000000000000-01", true, false},
      {"no digits", "00-0af7651916cd43dd8448eb211c8031xx-b7ad6b7169203331-01", true, false},
      {"the one version that is none", "ff" + traceparent().substr(2), true, false},
      {"not asked for", traceparent(), false, false},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const OtlpReceiver receiver;
      TraceSettings settings = settings_for(receiver.url());
      settings.takes_parent = c.takes_parent;
      std::string trace_id;
      {
        const Traces traces(settings, "1.2.3");
        const RequestSpan span = traces.begin_request("POST", "/like/{key}", c.traceparent);
        trace_id = span.trace_id();
        span.end(200, "abc");
      }
      CHECK(trace_id.size() == 32);
      CHECK((trace_id == kTrace) == c.is_part);
      const nlohmann::json span = receiver.received().span("POST /like/{key}");
      CHECK(text_of(span, "traceId") == trace_id);
      CHECK(text_of(span, "parentSpanId") == (c.is_part ? kParent : ""));
    }
  }
}

TEST_CASE("a span says which route was asked and what was answered, and no more") {
  if (!can_trace()) {
    return;
  }
  const OtlpReceiver receiver;
  {
    const Traces traces(settings_for(receiver.url()), "1.2.3");
    traces.begin_request("POST", "/like/{key}", "").end(503, "abc");
    traces.begin_request("GET", "none", "").end(404, "def");
    traces.begin_request("other", "site", "").end(405, "ghi");
    [[maybe_unused]] const RequestSpan unanswered = traces.begin_request("PUT", "/like/{key}", "");
  }
  const OtlpReceiver::Received received = receiver.received();
  CHECK(received.resource["service.name"] == "likes-server");
  CHECK(received.resource["service.version"] == "1.2.3");
  const nlohmann::json like = received.span("POST /like/{key}");
  CHECK(like["attributes"].dump() ==
        R"({"http.request.id":"abc","http.request.method":"POST",)"
        R"("http.response.status_code":"503","http.route":"/like/{key}"})");
  CHECK(like["kind"] == 2);  // A server's.
  CHECK(like["status"]["code"] == 2);
  CHECK(like["flags"] == 1);
  const nlohmann::json none = received.span("GET");
  CHECK(none["attributes"].dump() == R"({"http.request.id":"def","http.request.method":"GET",)"
                                     R"("http.response.status_code":"404"})");
  CHECK(none.value("status", nlohmann::json::object()).value("code", 0) == 0);
  CHECK(received.span("HTTP")["attributes"]["http.request.method"] == "_OTHER");
  CHECK_FALSE(received.span("PUT /like/{key}")["attributes"].contains("http.response.status_code"));
  CHECK(received.spans.size() == 4);
}

TEST_CASE("a transaction is part of its first request and linked to the others") {
  if (!can_trace()) {
    return;
  }
  const OtlpReceiver receiver;
  {
    const Traces traces(settings_for(receiver.url()), "1.2.3");
    std::vector<RequestSpan> spans;
    std::vector<std::shared_ptr<const void>> requests{nullptr};
    for (const char* parent : {"00", "01", "", ""}) {
      spans.push_back(
          traces.begin_request("POST", "/like/{key}", *parent == '\0' ? "" : traceparent(parent)));
      const Working working(spans.back());
      {
        const Working nothing{RequestSpan()};
        CHECK(Working::current() == nullptr);
      }
      requests.push_back(Working::current());
    }
    CHECK(Working::current() == nullptr);
    traces.begin_batch("sqlite", requests)(true);
    CHECK_FALSE(traces.begin_batch("sqlite", std::span(requests).first(2)));
    for (const RequestSpan& span : spans) {
      span.end(200, "abc");
    }
  }
  const OtlpReceiver::Received received = receiver.received();
  REQUIRE(received.spans.size() == 4);  // The one whose caller does not trace it is not there.
  const nlohmann::json batch = received.span("record likes");
  CHECK(batch["kind"] == 3);  // A client's, of the database.
  CHECK(batch["attributes"].dump() ==
        R"({"db.operation.batch.size":"5","db.system.name":"sqlite"})");
  CHECK(batch["traceId"] == kTrace);
  CHECK(batch["parentSpanId"] == received.spans[1]["spanId"]);
  REQUIRE(batch["links"].size() == 2);
  CHECK(batch["links"][0]["spanId"] == received.spans[2]["spanId"]);
  CHECK(batch["links"][1]["traceId"] == received.spans[3]["traceId"]);
}

TEST_CASE("the sampler decides which requests are traced") {
  if (!can_trace()) {
    return;
  }
  struct Case {
    const char* name;
    bool asks_parent;
    double ratio;
    std::size_t traced;
  };
  const Case cases[] = {
      {"always_on", false, 1, 3},
      {"always_off", false, 0, 0},
      {"parentbased_always_on", true, 1, 2},
      {"parentbased_always_off", true, 0, 1},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const OtlpReceiver receiver;
      TraceSettings settings = settings_for(receiver.url());
      settings.asks_parent = c.asks_parent;
      settings.ratio = c.ratio;
      {
        const Traces traces(settings, "1.2.3");
        for (const std::string& parent : {std::string(), traceparent("00"), traceparent("01")}) {
          traces.begin_request("GET", "/likes", parent).end(200, "abc");
        }
      }
      CHECK(receiver.received().spans.size() == c.traced);
    }
  }
}

TEST_CASE("a collector that fails is told of once, and costs neither requests nor the end time") {
  if (!can_trace()) {
    return;
  }
  const testing::SilentPort silent;
  const OtlpReceiver refusing(503);
  const std::pair<std::string, std::string> cases[] = {
      {silent.url(), ""},
      {refusing.url(), "Export failed, Status:503"},
      {"http://127.0.0.1:1", "connection failed"},
  };
  for (const auto& [url, reason] : cases) {
    TraceSettings settings = settings_for(url);
    settings.timeout = std::chrono::seconds{1};
    std::string log;
    Clock::duration traced{};
    Clock::duration ended{};
    {
      const testing::CapturedOutput captured;
      set_up_log(LogLevel::kInfo, LogFormat::kText);
      const Clock::time_point begun = Clock::now();
      {
        const Traces traces(settings, "1.2.3");
        for (int i = 0; i < 10'000; ++i) {  // Twice what may wait.
          traces.begin_request("GET", "/likes", "").end(200, "abc");
        }
        traced = Clock::now() - begun;
      }
      ended = Clock::now() - begun - traced;
      set_up_log(LogLevel::kOff, LogFormat::kText);
      log = captured.out() + captured.err();
    }
    INFO(url << ": " << log);
    // Sent one after the other they would take twenty times the timeout, or eight at the end.
    CHECK(traced < std::chrono::seconds{8});
    CHECK(ended < std::chrono::seconds{5});
    CHECK(std::count(log.begin(), log.end(), '\n') == 1);
    CHECK(log.find(reason) != std::string::npos);
  }
}

}  // namespace likes::telemetry
