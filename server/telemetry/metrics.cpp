#include "server/telemetry/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace likes::telemetry {
namespace {

prometheus::Histogram::BucketBoundaries request_buckets() {
  return {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5};
}

}  // namespace

class Metrics::Impl {
 public:
  explicit Impl(const std::string& version)
      : requests_(counter("likes_http_requests_total", "Requests that were answered.")),
        seconds_(prometheus::BuildHistogram()
                     .Name("likes_http_request_seconds")
                     .Help("How long answering took.")
                     .Register(registry_)),
        recorded_(counter("likes_recorded_total", "Likes that were counted.").Add({})),
        batches_(prometheus::BuildHistogram()
                     .Name("likes_batch_likes")
                     .Help("Likes that went into one transaction.")
                     .Register(registry_)
                     .Add({}, prometheus::Histogram::BucketBoundaries{1, 2, 4, 8, 16, 32, 64, 128,
                                                                      256, 512})),
        waiting_(gauge("likes_waiting", "Likes that wait for a transaction.").Add({})),
        cache_age_(gauge("likes_cache_age_seconds",
                         "How long ago the database was last heard of; reads are that old at most.")
                       .Add({})),
        connections_(counter("likes_database_connections_total",
                             "Connections that were opened; many are reconnects.")
                         .Add({})),
        database_errors_(counter("likes_database_errors_total",
                                 "Transactions and attempts to connect that failed.")
                             .Add({})),
        taken_back_(counter("likes_taken_back_total", "Likes taken back.").Add({})),
        refused_(counter("likes_refused_total", "Likes that were not counted, by reason.")),
        errors_(counter("likes_errors_total", "Faults, by reason.")),
        posts_(gauge("likes_posts", "Posts that can be liked.").Add({})),
        posts_good_(gauge("likes_posts_file_good",
                          "1 when the newest posts file is in force, 0 when it was bad.")
                        .Add({})),
        posts_failures_(
            counter("likes_posts_file_failures_total", "Readings of a bad posts file.").Add({})) {
    gauge("likes_build_info", "Always 1; the label says which version runs.")
        .Add({{"version", version}})
        .Set(1);
    // A series that is there from the start can be told from one that nobody has.
    for (const char* reason :
         {"window", "rate", "ceiling", "origin", "unknown_post", "unavailable"}) {
      refused_.Add({{"reason", reason}});
    }
    for (const char* reason : {"unavailable", "internal"}) {
      errors_.Add({{"reason", reason}});
    }
  }

  prometheus::Family<prometheus::Counter>& counter(const char* name, const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry_);
  }
  prometheus::Family<prometheus::Gauge>& gauge(const char* name, const char* help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry_);
  }

  void take_live() {
    const std::lock_guard lock(live_mutex_);
    const Live live = source_ ? source_() : Live{};
    waiting_.Set(static_cast<double>(live.waiting));
    cache_age_.Set(live.cache_age_seconds);
    raise(connections_, live.database_connections);
    raise(database_errors_, live.database_errors);
  }

  /// Compares labels with those of a request without a copy of these.
  struct ByLabels {
    using is_transparent = void;
    using Labels = std::tuple<std::string_view, std::string_view, int>;
    bool operator()(const Labels& left, const Labels& right) const { return left < right; }
  };

  /// What one kind of request is counted in. Finding it by its labels costs more than counting.
  struct Series {
    prometheus::Counter& requests;
    prometheus::Histogram& seconds;
  };

  const Series& series_of(std::string_view route, std::string_view method, int status) {
    const ByLabels::Labels labels{route, method, status};
    {
      const std::shared_lock lock(series_mutex_);
      if (const auto known = series_.find(labels); known != series_.end()) {
        return known->second;
      }
    }
    const std::string name(route);
    const Series made{
        requests_.Add(
            {{"route", name}, {"method", std::string(method)}, {"status", std::to_string(status)}}),
        seconds_.Add({{"route", name}}, request_buckets())};
    const std::unique_lock lock(series_mutex_);
    return series_.emplace(labels, made).first->second;
  }

  static void raise(prometheus::Counter& counter, std::uint64_t to) {
    counter.Increment(std::max(0.0, static_cast<double>(to) - counter.Value()));
  }

  std::shared_mutex series_mutex_;
  std::map<std::tuple<std::string, std::string, int>, Series, ByLabels> series_;

  std::mutex live_mutex_;
  std::function<Live()> source_;
  prometheus::Registry registry_;
  prometheus::Family<prometheus::Counter>& requests_;
  prometheus::Family<prometheus::Histogram>& seconds_;
  prometheus::Counter& recorded_;
  prometheus::Histogram& batches_;
  prometheus::Gauge& waiting_;
  prometheus::Gauge& cache_age_;
  prometheus::Counter& connections_;
  prometheus::Counter& database_errors_;
  prometheus::Counter& taken_back_;
  prometheus::Family<prometheus::Counter>& refused_;
  prometheus::Family<prometheus::Counter>& errors_;
  prometheus::Gauge& posts_;
  prometheus::Gauge& posts_good_;
  prometheus::Counter& posts_failures_;
};

Metrics::Metrics(const std::string& version) : impl_(std::make_unique<Impl>(version)) {}

Metrics::~Metrics() = default;

void Metrics::count_request(std::string_view route, std::string_view method, int status,
                            double seconds) {
  const Impl::Series& series = impl_->series_of(route, method, status);
  series.requests.Increment();
  series.seconds.Observe(seconds);
}

void Metrics::count_recorded() {
  impl_->recorded_.Increment();
}

void Metrics::count_taken_back() {
  impl_->taken_back_.Increment();
}

void Metrics::count_refused(const std::string& reason) {
  impl_->refused_.Add({{"reason", reason}}).Increment();
}

void Metrics::count_error(const std::string& reason) {
  impl_->errors_.Add({{"reason", reason}}).Increment();
}

void Metrics::set_posts(std::size_t posts) {
  impl_->posts_.Set(static_cast<double>(posts));
  impl_->posts_good_.Set(1);
}

void Metrics::count_posts_failure() {
  impl_->posts_good_.Set(0);
  impl_->posts_failures_.Increment();
}

void Metrics::observe_batch(std::size_t likes) {
  impl_->batches_.Observe(static_cast<double>(likes));
}

void Metrics::set_source(std::function<Live()> source) {
  const std::lock_guard lock(impl_->live_mutex_);
  impl_->source_ = std::move(source);
}

std::string Metrics::text() const {
  impl_->take_live();
  return prometheus::TextSerializer().Serialize(impl_->registry_.Collect());
}

}  // namespace likes::telemetry
