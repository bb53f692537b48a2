#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "server/telemetry/trace_settings.h"

namespace likes::telemetry {

/// Whether this program was built with opentelemetry-cpp, without which Traces does nothing.
[[nodiscard]] bool can_trace();

/// The span of one request, or nothing where requests are not traced. A copy is the same span; what
/// was not ended by the last of them is ended then.
class RequestSpan {
 public:
  class Impl;
  RequestSpan() = default;
  explicit RequestSpan(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

  void end(int status, std::string_view request_id) const;
  /// 32 hex digits, or "".
  [[nodiscard]] std::string trace_id() const;

 private:
  friend class Working;
  std::shared_ptr<const Impl> impl_;
};

/// While it lives, what this thread does it does for that request.
class Working {
 public:
  explicit Working(const RequestSpan& span);
  ~Working();
  Working(const Working&) = delete;
  Working& operator=(const Working&) = delete;

  /// The request that this thread works for, to be told of to Traces::begin_batch; or nothing.
  [[nodiscard]] static std::shared_ptr<const void> current();

 private:
  std::shared_ptr<const RequestSpan::Impl> before_;
};

/// Sends what happens here to a collector, by OTLP over HTTP: a span for each request, one for each
/// transaction of likes. Nothing in it comes from an address or tells one visitor from another.
/// A collector that is slow or away costs traces, never time.
class Traces {
 public:
  /// Without settings nothing is traced. The library's own settings are those of the process, so
  /// there is to be one such object that traces at a time.
  explicit Traces(const std::optional<TraceSettings>& settings = {},
                  const std::string& version = "");
  /// Sends what has ended. That takes twice the timeout at most, and once for a silent collector.
  ~Traces();
  Traces(const Traces&) = delete;
  Traces& operator=(const Traces&) = delete;

  /// `route` is a path of the routes table, or "site" or "none" for what none fits; `traceparent`
  /// is the header as it was sent.
  [[nodiscard]] RequestSpan begin_request(std::string_view method, std::string_view route,
                                          std::string_view traceparent) const;

  /// A transaction begins, with a like of each of these requests: it is part of the first one that
  /// is traced and linked to the others. What comes back is to be called at its end.
  [[nodiscard]] std::function<void(bool recorded)> begin_batch(
      std::string_view database, std::span<const std::shared_ptr<const void>> requests) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace likes::telemetry
