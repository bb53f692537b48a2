#include "server/telemetry/traces.h"

// In place of traces.cpp where opentelemetry-cpp is not installed: nothing is ever traced.
namespace likes::telemetry {

bool can_trace() {
  return false;
}

void RequestSpan::end(int /*status*/, std::string_view /*request_id*/) const {}

std::string RequestSpan::trace_id() const {
  return "";
}

Working::Working(const RequestSpan& /*span*/) {}

Working::~Working() = default;

std::shared_ptr<const void> Working::current() {
  return nullptr;
}

class Traces::Impl {};

Traces::Traces(const std::optional<TraceSettings>& /*settings*/, const std::string& /*version*/) {}

Traces::~Traces() = default;

RequestSpan Traces::begin_request(std::string_view /*method*/, std::string_view /*route*/,
                                  std::string_view /*traceparent*/) const {
  return {};
}

std::function<void(bool)> Traces::begin_batch(
    std::string_view /*database*/,
    std::span<const std::shared_ptr<const void>> /*requests*/) const {
  return nullptr;
}

}  // namespace likes::telemetry
