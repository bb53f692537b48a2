#pragma once

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "server/likes/store.h"

namespace likes::testing {

/// A store that forgets everything at its end, for tests of what stands in front of a store. It can
/// be told to fail as one whose database is away.
class MemoryStore : public domain::Store {
 public:
  void set_away(bool away) {
    const std::lock_guard lock(mutex_);
    away_ = away;
  }

  /// Or to fail as one that holds what it should not.
  void set_broken() {
    const std::lock_guard lock(mutex_);
    away_ = true;
    code_ = ErrorCode::kInternal;
  }

  /// Likes of a day after those of all others, as an import leaves them: without a time.
  void import_likes(const std::string& key, const domain::DayLikes& likes) {
    const std::lock_guard lock(mutex_);
    imported_[key] = likes;
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

  Result<std::optional<domain::TakenBack>> take_back(const domain::Like& like) override {
    const std::lock_guard lock(mutex_);
    if (away_) {
      return is_away();
    }
    if (!listed_.contains(like.key)) {
      return std::optional<domain::TakenBack>();
    }
    domain::TakenBack taken;
    if (const auto row = rows_.find({like.key, like.visitor, like.window}); row != rows_.end()) {
      taken.given_at = row->second;
      rows_.erase(row);
    }
    taken.total = total_of(like.key);
    taken.newest = newest();
    return std::optional(taken);
  }

  Result<std::set<std::string>> liked(std::span<const std::string> keys,
                                      const domain::Visitor& visitor,
                                      std::int64_t window) override {
    const std::lock_guard lock(mutex_);
    if (away_) {
      return is_away();
    }
    std::set<std::string> liked;
    for (const std::string& key : keys) {
      if (rows_.contains({key, visitor, window})) {
        liked.insert(key);
      }
    }
    return liked;
  }

  /// Whatever is asked for, all of it.
  Result<domain::News> read(const domain::Changes& /*changes*/,
                            std::int64_t /*from_window*/) override {
    const std::lock_guard lock(mutex_);
    if (away_) {
      return is_away();
    }
    domain::News news;
    news.whole = true;
    for (const std::string& key : listed_) {
      news.totals.posts[key].total = total_of(key);
    }
    for (const auto& [row, at] : rows_) {
      const auto& [key, visitor, window] = row;
      news.given.push_back({key, visitor, window});
      add_day(news.totals.posts[key].days, at);
    }
    for (const auto& [key, likes] : imported_) {
      news.totals.posts[key].total += likes.likes;
      news.totals.posts[key].days.push_back(likes);
    }
    news.totals.newest = newest();
    return news;
  }

  std::unique_ptr<domain::Watch> watch() override { return std::make_unique<PollingWatch>(*this); }

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

  /// Tells that the store is away, and else that something may have changed.
  class PollingWatch : public domain::Watch {
   public:
    explicit PollingWatch(MemoryStore& store) : store_(store) {}

    Result<domain::Changes> wait(std::chrono::milliseconds /*at_most*/) override {
      if (Result<void> reachable = store_.ping(); !reachable) {
        return tl::unexpected<Error>(reachable.error());
      }
      domain::Changes changes;
      changes.everything = true;
      return changes;
    }

   private:
    MemoryStore& store_;
  };

  tl::unexpected<Error> is_away() const { return fail(code_, "database secret-host is away"); }

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

  std::int64_t newest() const {
    std::int64_t newest = 0;
    for (const auto& [row, at] : rows_) {
      newest = std::max(newest, at);
    }
    return newest;
  }

  static void add_day(std::vector<domain::DayLikes>& days, std::int64_t at) {
    const auto day = static_cast<std::int32_t>(at / 86400);
    const auto place = std::find_if(days.begin(), days.end(), [day](const domain::DayLikes& known) {
      return known.day >= day;
    });
    if (place != days.end() && place->day == day) {
      ++place->likes;
    } else {
      days.insert(place, {day, 1});
    }
  }

  std::mutex mutex_;
  bool away_ = false;
  ErrorCode code_ = ErrorCode::kUnavailable;
  std::set<std::string> listed_;
  std::map<Row, std::int64_t> rows_;
  std::map<std::string, domain::DayLikes> imported_;
};

}  // namespace likes::testing
