#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "server/likes/store.h"
#include "tools/support/utc_time.h"

namespace likes::testing {

/// A store that forgets everything at its end, for tests of what stands in front of a store. It can
/// be told to fail as one whose database is away.
class MemoryStore : public domain::Store {
 public:
  void set_away(bool away) {
    const std::lock_guard lock(mutex_);
    away_ = away;
  }

  Result<void> list_posts(std::span<const domain::Post> posts) override {
    const std::lock_guard lock(mutex_);
    if (away_) {
      return is_away();
    }
    listed_.clear();
    for (const domain::Post& post : posts) {
      listed_.insert(post.key);
    }
    return {};
  }

  Result<std::vector<domain::LikeResult>> record(std::span<const domain::Like> likes) override {
    const std::lock_guard lock(mutex_);
    if (away_) {
      return is_away();
    }
    std::vector<domain::LikeResult> results;
    for (const domain::Like& like : likes) {
      results.push_back(record_one(like));
    }
    return results;
  }

  Result<std::optional<std::int64_t>> take_back(const domain::Like& like) override {
    const std::lock_guard lock(mutex_);
    if (away_) {
      return is_away();
    }
    if (!listed_.contains(like.key)) {
      return std::optional<std::int64_t>();
    }
    rows_.erase({like.key, like.visitor, like.window});
    return std::optional(total_of(like.key));
  }

  Result<std::vector<domain::PostCount>> counts(std::span<const std::string> keys,
                                                const domain::Visitor& visitor,
                                                std::int64_t window) override {
    const std::lock_guard lock(mutex_);
    if (away_) {
      return is_away();
    }
    std::vector<domain::PostCount> counts;
    for (const std::string& key : keys) {
      if (listed_.contains(key)) {
        counts.push_back({key, total_of(key), rows_.contains({key, visitor, window})});
      }
    }
    return counts;
  }

  Result<domain::Totals> totals() override {
    const std::lock_guard lock(mutex_);
    if (away_) {
      return is_away();
    }
    domain::Totals totals;
    for (const std::string& key : listed_) {
      totals.posts[key].total = total_of(key);
    }
    for (const auto& [row, at] : rows_) {
      totals.newest = std::max(totals.newest, at);
      ++totals.posts[std::get<0>(row)].days[utc_day(at)];
    }
    return totals;
  }

  Result<domain::VisitorKey> visitor_key(std::int64_t /*window*/,
                                         std::int64_t /*lifetime_seconds*/) override {
    const std::lock_guard lock(mutex_);
    if (away_) {
      return is_away();
    }
    return domain::VisitorKey{1, 2, 3};
  }

  Result<void> forget_visitors(std::int64_t /*before_window*/) override { return {}; }
  Result<domain::Contradictions> verify() override { return domain::Contradictions{}; }

  Result<void> ping() override {
    const std::lock_guard lock(mutex_);
    if (away_) {
      return is_away();
    }
    return {};
  }

 private:
  using Row = std::tuple<std::string, domain::Visitor, std::int64_t>;

  static tl::unexpected<Error> is_away() {
    return fail(ErrorCode::kUnavailable, "database secret-host is away");
  }

  domain::LikeResult record_one(const domain::Like& like) {
    if (!listed_.contains(like.key)) {
      return {domain::LikeOutcome::kUnknownPost, 0};
    }
    const bool is_new = rows_.emplace(Row{like.key, like.visitor, like.window}, like.at).second;
    return {is_new ? domain::LikeOutcome::kRecorded : domain::LikeOutcome::kAlreadyLiked,
            total_of(like.key)};
  }

  std::int64_t total_of(const std::string& key) const {
    std::int64_t total = 0;
    for (const auto& [row, at] : rows_) {
      total += std::get<0>(row) == key ? 1 : 0;
    }
    return total;
  }

  std::mutex mutex_;
  bool away_ = false;
  std::set<std::string> listed_;
  std::map<Row, std::int64_t> rows_;
};

}  // namespace likes::testing
