#include "server/telemetry/traces.h"

#include <opentelemetry/context/context.h>
#include <opentelemetry/exporters/otlp/otlp_http_exporter_factory.h>
#include <opentelemetry/exporters/otlp/otlp_http_exporter_options.h>
#include <opentelemetry/sdk/common/global_log_handler.h>
#include <opentelemetry/sdk/resource/resource.h>
#include <opentelemetry/sdk/resource/resource_detector.h>
#include <opentelemetry/sdk/trace/batch_span_processor_factory.h>
#include <opentelemetry/sdk/trace/batch_span_processor_options.h>
#include <opentelemetry/sdk/trace/exporter.h>
#include <opentelemetry/sdk/trace/processor.h>
#include <opentelemetry/sdk/trace/samplers/parent_factory.h>
#include <opentelemetry/sdk/trace/samplers/trace_id_ratio_factory.h>
#include <opentelemetry/sdk/trace/tracer_provider.h>
#include <opentelemetry/sdk/trace/tracer_provider_factory.h>
#include <opentelemetry/trace/context.h>
#include <opentelemetry/trace/propagation/http_trace_context.h>
#include <opentelemetry/trace/span.h>
#include <opentelemetry/trace/tracer.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

#include "server/telemetry/log.h"

namespace likes::telemetry {
namespace {

namespace api = opentelemetry::trace;
namespace sdk = opentelemetry::sdk;
namespace otlp = opentelemetry::exporter::otlp;
namespace nostd = opentelemetry::nostd;
namespace complaints = opentelemetry::sdk::common::internal_log;

/// Spans that wait to be sent; more are lost.
constexpr std::size_t kMaxQueue = 4'096;
/// As many links as OpenTelemetry allows a span.
constexpr std::size_t kMaxLinks = 128;
constexpr std::size_t kMaxReasonBytes = 160;

nostd::string_view view(std::string_view text) {
  return {text.data(), text.size()};
}

/// Remembers what the library complained of first, instead of printing each complaint.
class FirstComplaint final : public complaints::LogHandler {
 public:
  void Handle(complaints::LogLevel /*level*/, const char* /*file*/, int /*line*/, const char* text,
              const sdk::common::AttributeMap& /*attributes*/) noexcept override {
    const std::lock_guard lock(mutex_);
    if (text_.empty() && text != nullptr) {
      text_ = text;
    }
  }

  /// One line of it, and forgets it.
  std::string take() {
    const std::lock_guard lock(mutex_);
    std::string text = std::exchange(text_, "");
    text.resize(std::min({text.size(), text.find(", Header"), kMaxReasonBytes}));
    for (char& c : text) {
      c = static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return text;
  }

 private:
  std::mutex mutex_;
  std::string text_;
};

/// Hands spans on; the log says when that begins to fail and when it works again. The library's own
/// exporter calls every export a success: whether it complained is what can be gone by.
class WatchedExporter final : public sdk::trace::SpanExporter {
 public:
  WatchedExporter(std::unique_ptr<SpanExporter> inner, std::shared_ptr<FirstComplaint> complaint,
                  std::string variable)
      : inner_(std::move(inner)),
        complaint_(std::move(complaint)),
        variable_(std::move(variable)) {}

  std::unique_ptr<sdk::trace::Recordable> MakeRecordable() noexcept override {
    return inner_->MakeRecordable();
  }

  sdk::common::ExportResult Export(
      const nostd::span<std::unique_ptr<sdk::trace::Recordable>>& spans) noexcept override {
    if (gives_up_) {
      return sdk::common::ExportResult::kFailure;
    }
    complaint_->take();
    inner_->Export(spans);
    const std::string complaint = complaint_->take();
    const bool works = complaint.empty();
    if (works != std::exchange(works_, works)) {
      if (works) {
        log_info(variable_ + ": traces arrive again");
      } else {
        log_warning(variable_ + ": traces do not arrive, and are lost until they do: " + complaint);
      }
    }
    gives_up_ = gives_up_ || (is_last_chance_ && !works);
    return works ? sdk::common::ExportResult::kSuccess : sdk::common::ExportResult::kFailure;
  }

  bool ForceFlush(std::chrono::microseconds timeout) noexcept override {
    return inner_->ForceFlush(timeout);
  }

  bool Shutdown(std::chrono::microseconds timeout) noexcept override {
    return inner_->Shutdown(timeout);
  }

  /// From now on the first failure ends it: what still waits is not tried.
  void begin_last_chance() { is_last_chance_ = true; }
  void give_up() { gives_up_ = true; }

 private:
  std::unique_ptr<SpanExporter> inner_;
  std::shared_ptr<FirstComplaint> complaint_;
  std::string variable_;
  std::atomic<bool> is_last_chance_{false};
  std::atomic<bool> gives_up_{false};
  bool works_ = true;  ///< Only for the thread that exports.
};

/// The header traceparent alone: what a tracestate holds is up to the client, and an address may be
/// among it.
class TraceParent final : public opentelemetry::context::propagation::TextMapCarrier {
 public:
  explicit TraceParent(std::string_view value) : value_(value) {}
  [[nodiscard]] nostd::string_view Get(nostd::string_view key) const noexcept override {
    return key == api::propagation::kTraceParent ? view(value_) : nostd::string_view();
  }
  void Set(nostd::string_view /*key*/, nostd::string_view /*value*/) noexcept override {}

 private:
  std::string_view value_;
};

/// What a span begins with when its parent is nobody here.
opentelemetry::context::Context parent_of(std::string_view traceparent) {
  opentelemetry::context::Context none(api::kIsRootSpanKey, true);
  if (traceparent.empty()) {
    return none;
  }
  opentelemetry::context::Context empty;
  opentelemetry::context::Context parent =
      api::propagation::HttpTraceContext().Extract(TraceParent(traceparent), empty);
  return parent.HasKey(api::kSpanKey) ? parent : none;
}

std::unique_ptr<sdk::trace::Sampler> sampler_of(const TraceSettings& settings) {
  std::unique_ptr<sdk::trace::Sampler> ratio =
      sdk::trace::TraceIdRatioBasedSamplerFactory::Create(settings.ratio);
  return settings.asks_parent ? sdk::trace::ParentBasedSamplerFactory::Create(std::move(ratio))
                              : std::move(ratio);
}

otlp::OtlpHttpExporterOptions exporter_options(const TraceSettings& settings) {
  // The library takes headers, certificates and compression from the environment by itself.
  otlp::OtlpHttpExporterOptions options;
  options.url = settings.url;
  options.content_type = settings.is_json ? otlp::HttpRequestContentType::kJson
                                          : otlp::HttpRequestContentType::kBinary;
  options.timeout = settings.timeout;
  return options;
}

/// What the environment says of this program goes before what it says of itself.
sdk::resource::Resource resource(const std::string& version) {
  return sdk::resource::Resource::Create(
             {{"service.name", "likes-server"}, {"service.version", version}})
      .Merge(sdk::resource::OTELResourceDetector().Detect());
}

}  // namespace

class RequestSpan::Impl {
 public:
  explicit Impl(nostd::shared_ptr<api::Span> span) : span_(std::move(span)) {}
  [[nodiscard]] api::Span& span() const { return *span_; }

 private:
  nostd::shared_ptr<api::Span> span_;
};

namespace {
thread_local std::shared_ptr<const RequestSpan::Impl> worked_for;
}  // namespace

bool can_trace() {
  return true;
}

void RequestSpan::end(int status, std::string_view request_id) const {
  if (!impl_) {
    return;
  }
  impl_->span().SetAttribute("http.response.status_code", status);
  impl_->span().SetAttribute("http.request.id", view(request_id));
  if (status >= 500) {
    impl_->span().SetStatus(api::StatusCode::kError);
  }
  impl_->span().End();
}

std::string RequestSpan::trace_id() const {
  if (!impl_) {
    return "";
  }
  std::array<char, std::size_t{2} * api::TraceId::kSize> text{};
  impl_->span().GetContext().trace_id().ToLowerBase16(text);
  return {text.begin(), text.end()};
}

Working::Working(const RequestSpan& span) : before_(std::exchange(worked_for, span.impl_)) {}

Working::~Working() {
  worked_for = std::move(before_);
}

std::shared_ptr<const void> Working::current() {
  return worked_for;
}

class Traces::Impl {
 public:
  Impl(const TraceSettings& settings, const std::string& version)
      : takes_parent_(settings.takes_parent), timeout_(settings.timeout) {
    const auto complaint = std::make_shared<FirstComplaint>();
    complaints::GlobalLogHandler::SetLogHandler(nostd::shared_ptr<complaints::LogHandler>(
        std::shared_ptr<complaints::LogHandler>(complaint)));
    complaints::GlobalLogHandler::SetLogLevel(complaints::LogLevel::Error);
    auto exporter = std::make_unique<WatchedExporter>(
        otlp::OtlpHttpExporterFactory::Create(exporter_options(settings)), complaint,
        settings.variable);
    exporter_ = exporter.get();
    sdk::trace::BatchSpanProcessorOptions queue;
    queue.max_queue_size = kMaxQueue;
    provider_ = sdk::trace::TracerProviderFactory::Create(
        sdk::trace::BatchSpanProcessorFactory::Create(std::move(exporter), queue),
        resource(version), sampler_of(settings));
    tracer_ = provider_->GetTracer("likes-server", version);
  }

  ~Impl() {
    // Shutting down alone would send all that waits, however long the collector takes for each
    // part.
    exporter_->begin_last_chance();
    provider_->ForceFlush(timeout_);
    exporter_->give_up();
    provider_->Shutdown();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  [[nodiscard]] RequestSpan begin_request(std::string_view method, std::string_view route,
                                          std::string_view traceparent) const {
    const bool is_known = method != "other";
    const bool has_route = route.starts_with('/');
    std::string name(is_known ? method : "HTTP");
    if (has_route) {
      name.append(" ").append(route);
    }
    api::StartSpanOptions options;
    options.kind = api::SpanKind::kServer;
    options.parent = parent_of(takes_parent_ ? traceparent : "");
    const nostd::shared_ptr<api::Span> span = tracer_->StartSpan(name, options);
    span->SetAttribute("http.request.method", is_known ? view(method) : "_OTHER");
    if (has_route) {
      span->SetAttribute("http.route", view(route));
    }
    return RequestSpan(std::make_shared<const RequestSpan::Impl>(span));
  }

  [[nodiscard]] std::function<void(bool)> begin_batch(
      std::string_view database, std::span<const std::shared_ptr<const void>> requests) const {
    using Link = std::pair<api::SpanContext, std::array<std::pair<nostd::string_view, int>, 0>>;
    std::vector<Link> others;
    api::StartSpanOptions options;
    bool has_parent = false;
    for (const std::shared_ptr<const void>& request : requests) {
      if (!request) {
        continue;
      }
      const api::SpanContext context =
          static_cast<const RequestSpan::Impl*>(request.get())->span().GetContext();
      if (!context.IsSampled()) {
        continue;
      }
      if (!std::exchange(has_parent, true)) {
        options.parent = context;
      } else if (others.size() < kMaxLinks) {
        others.emplace_back(context, Link::second_type{});
      }
    }
    if (!has_parent) {
      return {};
    }
    options.kind = api::SpanKind::kClient;
    const std::array<std::pair<nostd::string_view, opentelemetry::common::AttributeValue>, 2>
        attributes{{{"db.system.name", view(database)},
                    {"db.operation.batch.size", static_cast<std::int64_t>(requests.size())}}};
    const nostd::shared_ptr<api::Span> span =
        tracer_->StartSpan("record likes", attributes, others, options);
    return [span](bool recorded) {
      if (!recorded) {
        span->SetStatus(api::StatusCode::kError);
      }
      span->End();
    };
  }

 private:
  const bool takes_parent_;
  const std::chrono::milliseconds timeout_;
  WatchedExporter* exporter_ = nullptr;
  std::unique_ptr<sdk::trace::TracerProvider> provider_;
  nostd::shared_ptr<api::Tracer> tracer_;
};

Traces::Traces(const std::optional<TraceSettings>& settings, const std::string& version)
    : impl_(settings ? std::make_unique<Impl>(*settings, version) : nullptr) {}

Traces::~Traces() = default;

RequestSpan Traces::begin_request(std::string_view method, std::string_view route,
                                  std::string_view traceparent) const {
  return impl_ ? impl_->begin_request(method, route, traceparent) : RequestSpan();
}

std::function<void(bool)> Traces::begin_batch(
    std::string_view database, std::span<const std::shared_ptr<const void>> requests) const {
  return impl_ ? impl_->begin_batch(database, requests) : nullptr;
}

}  // namespace likes::telemetry
