#include "server/http/rate_limit.h"

#include <algorithm>
#include <utility>

#include "tools/support/duration.h"

namespace likes::http {
namespace {

constexpr std::int64_t kMaxRequests = 1'000'000;

}  // namespace

std::string Rate::to_string() const {
  return requests == 0 ? "off" : std::to_string(requests) + "/" + std::to_string(seconds) + "s";
}

Result<Rate> parse_rate(std::string_view text) {
  if (text == "off") {
    return Rate{};
  }
  const std::size_t slash = text.find('/');
  const auto wrong = [text] {
    return fail(ErrorCode::kInvalid,
                "found '" + std::string(text) + "', wanted REQUESTS/TIME such as 30/60s, or off");
  };
  if (slash == std::string_view::npos) {
    return wrong();
  }
  const std::optional<std::int64_t> requests = parse_whole_number(text.substr(0, slash));
  const std::optional<std::int64_t> seconds = parse_duration(text.substr(slash + 1));
  if (!requests || *requests < 1 || *requests > kMaxRequests || !seconds || *seconds < 1) {
    return wrong();
  }
  return Rate{*requests, *seconds};
}

RateLimit::RateLimit(Rate rate, std::size_t max_visitors)
    : rate_(rate), max_recent_(std::max<std::size_t>(max_visitors / 2, 1)) {}

RateLimit::Bucket& RateLimit::bucket_of(const domain::Visitor& visitor, std::int64_t now) {
  if (const auto known = recent_.find(visitor); known != recent_.end()) {
    return known->second;
  }
  Bucket bucket{rate_.requests * rate_.seconds, now};
  if (const auto known = older_.find(visitor); known != older_.end()) {
    bucket = known->second;
    older_.erase(known);
  }
  if (recent_.size() >= max_recent_) {
    older_ = std::exchange(recent_, {});
  }
  return recent_.emplace(visitor, bucket).first->second;
}

std::int64_t RateLimit::seconds_to_wait(const domain::Visitor& visitor, std::int64_t now) {
  if (rate_.requests == 0) {
    return 0;
  }
  const std::lock_guard lock(mutex_);
  Bucket& bucket = bucket_of(visitor, now);
  const std::int64_t full = rate_.requests * rate_.seconds;
  // A clock that was set back brings nothing, and one far ahead no more than a full bucket.
  const std::int64_t passed = std::clamp<std::int64_t>(now - bucket.at, 0, rate_.seconds);
  bucket.parts = std::min(full, bucket.parts + passed * rate_.requests);
  bucket.at = now;
  if (bucket.parts >= rate_.seconds) {
    bucket.parts -= rate_.seconds;
    return 0;
  }
  const std::int64_t missing = rate_.seconds - bucket.parts;
  return (missing + rate_.requests - 1) / rate_.requests;
}

std::size_t RateLimit::size() const {
  const std::lock_guard lock(mutex_);
  return recent_.size() + older_.size();
}

}  // namespace likes::http
