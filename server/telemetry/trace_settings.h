#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "tools/support/result.h"

namespace likes::telemetry {

/// Where traces go and which requests are traced, by OpenTelemetry's standard variables. Those that
/// are not here (headers, certificates, compression, the resource) the library reads itself.
struct TraceSettings {
  std::string url;       ///< Of the traces alone: ends in /v1/traces where it was not said whole.
  const char* variable;  ///< That named it.
  bool is_json = false;  ///< OTEL_EXPORTER_OTLP_PROTOCOL is http/json, not http/protobuf.
  bool takes_parent = true;  ///< OTEL_PROPAGATORS has tracecontext.
  bool asks_parent = true;   ///< A request's traceparent decides whether it is traced.
  double ratio = 1;          ///< Of the others, as many are traced.
  /// For one export. Shorter than the standard's ten seconds, as the server's end waits for it.
  std::chrono::milliseconds timeout{2'000};
};

/// Reads and checks them; nothing where no traces are wanted. `text` gives what a variable was set
/// to; the message of an error starts with the variable's name.
[[nodiscard]] Result<std::optional<TraceSettings>> read_trace_settings(
    const std::function<std::optional<std::string>(const std::string& variable)>& text);

}  // namespace likes::telemetry
