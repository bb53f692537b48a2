#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace likes::telemetry {

/// What Prometheus reads at GET /metrics on the admin address. No label tells one visitor from
/// another.
class Metrics {
 public:
  explicit Metrics(const std::string& version);
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  /// likes_http_requests_total{route,method,status} and likes_http_request_seconds{route}.
  void count_request(std::string_view route, std::string_view method, int status, double seconds);

  void count_recorded();                          ///< likes_recorded_total
  void count_taken_back();                        ///< likes_taken_back_total
  void count_refused(const std::string& reason);  ///< likes_refused_total{reason}
  void count_error(const std::string& reason);    ///< likes_errors_total{reason}
  void set_posts(std::size_t posts);  ///< likes_posts; likes_posts_file_good is 1 from now on.
  void count_posts_failure();  ///< likes_posts_file_failures_total; likes_posts_file_good is 0.

  void observe_batch(std::size_t likes);  ///< likes_batch_likes

  /// What is asked for only when somebody reads the metrics.
  struct Live {
    std::size_t waiting = 0;                 ///< likes_waiting
    double cache_age_seconds = 0;            ///< likes_cache_age_seconds
    std::uint64_t database_connections = 0;  ///< likes_database_connections_total
    std::uint64_t database_errors = 0;       ///< likes_database_errors_total
  };
  void set_source(std::function<Live()> source);

  /// All of it in Prometheus' text format.
  [[nodiscard]] std::string text() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace likes::telemetry
