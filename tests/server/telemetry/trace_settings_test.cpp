#include "server/telemetry/trace_settings.h"

#include <map>
#include <string>

#include "tests/support/catch.h"

namespace likes::telemetry {
namespace {

using Variables = std::map<std::string, std::string>;

Result<std::optional<TraceSettings>> read(const Variables& variables) {
  return read_trace_settings([&](const std::string& name) {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  });
}

/// Settings that want traces.
TraceSettings settings(Variables variables) {
  variables.insert({{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318"}});
  const Result<std::optional<TraceSettings>> settings = read(variables);
  INFO((settings ? "" : settings.error().to_string()));
  REQUIRE(settings);
  REQUIRE(*settings);
  return **settings;
}

}  // namespace

TEST_CASE("traces go where an endpoint is named, unless they are switched off") {
  const std::string endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
  CHECK_FALSE(*read({}));
  CHECK_FALSE(*read({{endpoint, ""}}));
  CHECK_FALSE(*read({{"OTEL_TRACES_SAMPLER", "nonsense"}}));
  CHECK_FALSE(*read({{endpoint, "http://localhost"}, {"OTEL_TRACES_EXPORTER", "none"}}));
  CHECK_FALSE(*read({{endpoint, "http://localhost"}, {"OTEL_SDK_DISABLED", "true"}}));
  CHECK(settings({{"OTEL_TRACES_EXPORTER", "otlp"}}).url == "http://localhost:4318/v1/traces");
  CHECK(settings({{endpoint, "https://otlp.example.org/base/"}}).url ==
        "https://otlp.example.org/base/v1/traces");
  const TraceSettings whole =
      settings({{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://localhost:1/t"}});
  CHECK(whole.url == "http://localhost:1/t");
  CHECK(whole.variable == std::string("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"));
}

TEST_CASE("what the standard variables set") {
  const TraceSettings defaults = settings({});
  CHECK_FALSE(defaults.is_json);
  CHECK(defaults.takes_parent);
  CHECK(defaults.asks_parent);
  CHECK(defaults.ratio == 1);
  CHECK(defaults.timeout == std::chrono::seconds{2});

  CHECK(settings({{"OTEL_EXPORTER_OTLP_PROTOCOL", "http/json"}}).is_json);
  CHECK_FALSE(settings({{"OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"},
                        {"OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/protobuf"}})
                  .is_json);
  CHECK(settings({{"OTEL_EXPORTER_OTLP_TIMEOUT", "250"}}).timeout ==
        std::chrono::milliseconds{250});
  CHECK(settings({{"OTEL_PROPAGATORS", "baggage,tracecontext"}}).takes_parent);
  CHECK_FALSE(settings({{"OTEL_PROPAGATORS", "none"}}).takes_parent);
  const TraceSettings ratio =
      settings({{"OTEL_TRACES_SAMPLER", "traceidratio"}, {"OTEL_TRACES_SAMPLER_ARG", "0.25"}});
  CHECK_FALSE(ratio.asks_parent);
  CHECK(ratio.ratio == 0.25);
  const TraceSettings off = settings({{"OTEL_TRACES_SAMPLER", "parentbased_always_off"}});
  CHECK(off.asks_parent);
  CHECK(off.ratio == 0);
}

TEST_CASE("a wrong one is named with the reason") {
  struct Case {
    const char* variable;
    const char* value;
    const char* message;
  };
  const Case cases[] = {
      {"OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4318",
       "wanted an address such as http://localhost:4318"},
      {"OTEL_EXPORTER_OTLP_ENDPOINT", "http://me:secret@localhost:4318",
       "wanted an address such as http://localhost:4318"},
      {"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "ftp://localhost",
       "wanted an address such as http://localhost:4318"},
      {"OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", "found 'grpc', wanted http/protobuf or http/json"},
      {"OTEL_EXPORTER_OTLP_TIMEOUT", "10s", "found '10s', wanted milliseconds from 1 to 60000"},
      {"OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "0", "found '0', wanted milliseconds from 1 to 60000"},
      {"OTEL_EXPORTER_OTLP_TIMEOUT", "60001", "found '60001', wanted milliseconds from 1 to 60000"},
      {"OTEL_TRACES_EXPORTER", "zipkin", "found 'zipkin', wanted otlp or none"},
      {"OTEL_SDK_DISABLED", "yes", "found 'yes', wanted true or false"},
      {"OTEL_TRACES_SAMPLER", "jaeger_remote",
       "found 'jaeger_remote', wanted always_on, always_off or traceidratio, or one of them behind "
       "parentbased_"},
      {"OTEL_TRACES_SAMPLER_ARG", "1.5", "found '1.5', wanted a number from 0 to 1"},
      {"OTEL_TRACES_SAMPLER_ARG", "nan", "found 'nan', wanted a number from 0 to 1"},
      {"OTEL_PROPAGATORS", "tracecontext,b3",
       "found 'tracecontext,b3', wanted tracecontext, "
       "baggage or none"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.variable << "=" << c.value) {
      Variables variables{{c.variable, c.value}};
      variables.insert({{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318"},
                        {"OTEL_TRACES_SAMPLER", "traceidratio"}});
      const Result<std::optional<TraceSettings>> settings = read(variables);
      REQUIRE_FALSE(settings);
      CHECK(settings.error().message == std::string(c.variable) + ": " + c.message);
    }
  }
  const std::string long_path(2048 - std::string("http://localhost/").size(), 'a');
  CHECK(read({{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost/" + long_path}}));
  CHECK(read({{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost/a" + long_path}}).error().message ==
        "OTEL_EXPORTER_OTLP_ENDPOINT: found 2049 bytes, wanted at most 2048");
}

}  // namespace likes::telemetry
