#include "server/telemetry/metrics.h"

#include <string>

#include "tests/support/catch.h"

namespace likes::telemetry {

TEST_CASE("a series stands at 0 before its first event") {
  const Metrics metrics("0.1.0");
  const std::string text = metrics.text();
  for (const char* line : {"likes_recorded_total 0\n", "likes_refused_total{reason=\"rate\"} 0\n",
                           "likes_errors_total{reason=\"unavailable\"} 0\n", "likes_posts 0\n"}) {
    CHECK(text.find(line) != std::string::npos);
  }
}

TEST_CASE("requests are counted and timed by route") {
  Metrics metrics("0.1.0");
  metrics.count_request("/likes", "GET", 200, 0.003);
  metrics.count_request("/likes", "GET", 200, 0.3);
  metrics.count_request("/likes", "GET", 503, 0.3);
  metrics.set_posts(7);
  const std::string text = metrics.text();
  for (const char* line :
       {"likes_http_requests_total{method=\"GET\",route=\"/likes\",status=\"200\"} 2\n",
        "likes_http_requests_total{method=\"GET\",route=\"/likes\",status=\"503\"} 1\n",
        "likes_http_request_seconds_count{route=\"/likes\"} 3\n",
        "likes_http_request_seconds_bucket{route=\"/likes\",le=\"0.005\"} 1\n",
        "likes_posts 7\n"}) {
    INFO(line << "is wanted in:\n" << text);
    CHECK(text.find(line) != std::string::npos);
  }
}

TEST_CASE("what is true at the moment is asked for when it is read") {
  Metrics metrics("0.1.0");
  metrics.observe_batch(3);
  Metrics::Live live{5, 0.25, 8, 1};
  metrics.set_source([&live] { return live; });
  for (const char* line :
       {"likes_batch_likes_count 1\n", "likes_batch_likes_bucket{le=\"4\"} 1\n",
        "likes_waiting 5\n", "likes_cache_age_seconds 0.25\n",
        "likes_database_connections_total 8\n", "likes_database_errors_total 1\n"}) {
    INFO(line << "is wanted in:\n" << metrics.text());
    CHECK(metrics.text().find(line) != std::string::npos);
  }
  live.database_connections = 9;
  CHECK(metrics.text().find("likes_database_connections_total 9\n") != std::string::npos);
}

}  // namespace likes::telemetry
