#include "server/telemetry/trace_settings.h"

#include <charconv>
#include <cstdint>
#include <string_view>
#include <utility>

#include "tools/support/url.h"

namespace likes::telemetry {
namespace {

constexpr std::int64_t kMaxTimeoutMs = 60'000;
constexpr std::size_t kMaxUrlBytes = 2048;

/// The variables that were set to something; the first name of two that was.
class Variables {
 public:
  using Text = std::function<std::optional<std::string>(const std::string&)>;
  explicit Variables(const Text& text) : text_(text) {}

  struct Said {
    const char* variable = "";
    std::string value;
  };
  [[nodiscard]] Said first_of(std::initializer_list<const char*> variables,
                              const std::string& fallback = "") const {
    for (const char* const variable : variables) {
      if (const std::optional<std::string> said = text_(variable); said && !said->empty()) {
        return {variable, *said};
      }
    }
    return {"", fallback};
  }

 private:
  const Text& text_;
};

tl::unexpected<Error> wrong(const Variables::Said& said, const std::string& wanted) {
  return fail(ErrorCode::kInvalid, std::string(said.variable) + ": found '" +
                                       said.value.substr(0, 80) + "', wanted " + wanted);
}

Result<void> read_endpoint(const Variables::Said& said, bool is_whole, TraceSettings& settings) {
  const Result<Url> url = parse_url(said.value);
  if (!url) {
    // Not the text itself: it may hold a password.
    return fail(ErrorCode::kInvalid,
                std::string(said.variable) + ": wanted an address such as http://localhost:4318");
  }
  if (said.value.size() > kMaxUrlBytes) {
    return fail(ErrorCode::kInvalid, std::string(said.variable) + ": found " +
                                         std::to_string(said.value.size()) +
                                         " bytes, wanted at most " + std::to_string(kMaxUrlBytes));
  }
  settings.variable = said.variable;
  settings.url = said.value;
  if (!is_whole) {
    settings.url += settings.url.ends_with('/') ? "v1/traces" : "/v1/traces";
  }
  return {};
}

Result<void> read_protocol(const Variables& variables, TraceSettings& settings) {
  const Variables::Said said = variables.first_of(
      {"OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL"}, "http/protobuf");
  settings.is_json = said.value == "http/json";
  if (!settings.is_json && said.value != "http/protobuf") {
    return wrong(said, "http/protobuf or http/json");
  }
  return {};
}

/// All of `text` as a number.
template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  Number number{};
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failed == std::errc() && end == text.data() + text.size() ? std::optional(number)
                                                                   : std::nullopt;
}

Result<void> read_timeout(const Variables& variables, TraceSettings& settings) {
  const Variables::Said said =
      variables.first_of({"OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "OTEL_EXPORTER_OTLP_TIMEOUT"},
                         std::to_string(settings.timeout.count()));
  const std::optional<std::int64_t> ms = parse_number<std::int64_t>(said.value);
  if (!ms || *ms < 1 || *ms > kMaxTimeoutMs) {
    return wrong(said, "milliseconds from 1 to " + std::to_string(kMaxTimeoutMs));
  }
  settings.timeout = std::chrono::milliseconds(*ms);
  return {};
}

Result<void> read_sampler(const Variables& variables, TraceSettings& settings) {
  const Variables::Said said = variables.first_of({"OTEL_TRACES_SAMPLER"}, "parentbased_always_on");
  std::string_view sampler = said.value;
  constexpr std::string_view kParentBased = "parentbased_";
  settings.asks_parent = sampler.starts_with(kParentBased);
  sampler.remove_prefix(settings.asks_parent ? kParentBased.size() : 0);
  if (sampler == "always_on" || sampler == "always_off") {
    settings.ratio = sampler == "always_on" ? 1 : 0;
    return {};
  }
  if (sampler != "traceidratio") {
    return wrong(said, "always_on, always_off or traceidratio, or one of them behind parentbased_");
  }
  const Variables::Said argument = variables.first_of({"OTEL_TRACES_SAMPLER_ARG"}, "1");
  const std::optional<double> ratio = parse_number<double>(argument.value);
  if (!ratio || !(*ratio >= 0 && *ratio <= 1)) {
    return wrong(argument, "a number from 0 to 1");
  }
  settings.ratio = *ratio;
  return {};
}

Result<void> read_propagators(const Variables& variables, TraceSettings& settings) {
  const Variables::Said said = variables.first_of({"OTEL_PROPAGATORS"}, "tracecontext,baggage");
  settings.takes_parent = false;
  for (std::size_t begin = 0; begin <= said.value.size();) {
    const std::size_t end = std::min(said.value.find(',', begin), said.value.size());
    const std::string name = said.value.substr(begin, end - begin);
    begin = end + 1;
    // Baggage is known so that the standard's default can be written out. Nothing takes it along.
    if (name == "tracecontext") {
      settings.takes_parent = true;
    } else if (name != "baggage" && name != "none") {
      return wrong(said, "tracecontext, baggage or none");
    }
  }
  return {};
}

/// Whether the standard variables want traces at all; where they go is another question.
Result<bool> wants_traces(const Variables& variables) {
  const Variables::Said disabled = variables.first_of({"OTEL_SDK_DISABLED"}, "false");
  if (disabled.value != "true" && disabled.value != "false") {
    return wrong(disabled, "true or false");
  }
  const Variables::Said exporter = variables.first_of({"OTEL_TRACES_EXPORTER"}, "otlp");
  if (exporter.value != "otlp" && exporter.value != "none") {
    return wrong(exporter, "otlp or none");
  }
  return disabled.value == "false" && exporter.value == "otlp";
}

}  // namespace

Result<std::optional<TraceSettings>> read_trace_settings(const Variables::Text& text) {
  const Variables variables(text);
  const Variables::Said whole = variables.first_of({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"});
  const Variables::Said base = variables.first_of({"OTEL_EXPORTER_OTLP_ENDPOINT"});
  if (whole.value.empty() && base.value.empty()) {
    return std::optional<TraceSettings>();
  }
  const Result<bool> wanted = wants_traces(variables);
  if (!wanted) {
    return tl::unexpected<Error>(wanted.error());
  }
  if (!*wanted) {
    return std::optional<TraceSettings>();
  }
  TraceSettings settings;
  const bool is_whole = !whole.value.empty();
  if (Result<void> read = read_endpoint(is_whole ? whole : base, is_whole, settings); !read) {
    return tl::unexpected<Error>(read.error());
  }
  for (const auto step : {read_protocol, read_timeout, read_sampler, read_propagators}) {
    if (Result<void> read = step(variables, settings); !read) {
      return tl::unexpected<Error>(read.error());
    }
  }
  return std::optional(std::move(settings));
}

}  // namespace likes::telemetry
