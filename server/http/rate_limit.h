#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "server/likes/visitor.h"
#include "tools/support/result.h"

namespace likes::http {

/// `30/60s`: as many requests at once, and so many again in that time.
struct Rate {
  std::int64_t requests = 0;  ///< 0: no limit.
  std::int64_t seconds = 0;

  [[nodiscard]] std::string to_string() const;
};

/// Reads `30/60s`, `1000/1h` or `off`.
[[nodiscard]] Result<Rate> parse_rate(std::string_view text);

/// A token bucket for each visitor. It remembers no more than a fixed number of them; whoever was
/// not seen for longest is forgotten first, and has a full bucket again.
class RateLimit {
 public:
  static constexpr std::size_t kMaxVisitors = 65536;

  explicit RateLimit(Rate rate, std::size_t max_visitors = kMaxVisitors);

  /// 0 when the visitor may go on; else the seconds until the next request is let in.
  [[nodiscard]] std::int64_t seconds_to_wait(const domain::Visitor& visitor, std::int64_t now);

  /// How many visitors are remembered.
  [[nodiscard]] std::size_t size() const;

 private:
  /// Counted in parts of a request, so that no fraction is lost: one request is `seconds` parts,
  /// and each second brings `requests` of them.
  struct Bucket {
    std::int64_t parts = 0;
    std::int64_t at = 0;
  };
  using Buckets = std::unordered_map<domain::Visitor, Bucket, domain::VisitorHasher>;

  [[nodiscard]] Bucket& bucket_of(const domain::Visitor& visitor, std::int64_t now);

  Rate rate_;
  std::size_t max_recent_;
  mutable std::mutex mutex_;
  Buckets recent_;
  Buckets older_;
};

}  // namespace likes::http
