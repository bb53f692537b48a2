#include "tools/report/report.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "tools/support/url.h"
#include "tools/support/utc_time.h"

namespace likes::report {
namespace {

constexpr std::int64_t kDay = 86400;

std::int64_t seconds_of(const std::string& day) {
  return parse_utc_timestamp(day + "T00:00:00Z").value_or(0);
}

/// Likes of a post by day.
using Days = std::map<std::string, std::int64_t>;

Days days_of(const std::string& key, const std::vector<formats::LikeCounts>& snapshots) {
  Days days;
  for (const formats::DayCount& day : snapshots.back().likes.at(key).days) {
    days[day.day] += day.likes;
  }
  if (!days.empty()) {
    return days;
  }
  for (std::size_t i = 1; i < snapshots.size(); ++i) {
    const auto before = snapshots[i - 1].likes.find(key);
    const auto after = snapshots[i].likes.find(key);
    if (before != snapshots[i - 1].likes.end() && after != snapshots[i].likes.end() &&
        after->second.total > before->second.total) {
      days[utc_day(snapshots[i].newest)] += after->second.total - before->second.total;
    }
  }
  return days;
}

std::int64_t sum_between(const Days& days, const std::string& first, const std::string& last) {
  return std::accumulate(days.lower_bound(first), days.upper_bound(last), std::int64_t{0},
                         [](std::int64_t sum, const auto& day) { return sum + day.second; });
}

std::vector<std::int64_t> each_day(const Days& days, const std::string& first,
                                   const std::string& last) {
  std::vector<std::int64_t> likes;
  for (std::int64_t at = seconds_of(first); at <= seconds_of(last); at += kDay) {
    const auto day = days.find(utc_day(at));
    likes.push_back(day == days.end() ? 0 : day->second);
  }
  return likes;
}

class Maker {
 public:
  Maker(std::vector<formats::LikeCounts> snapshots, const std::vector<formats::Post>& posts)
      : snapshots_(std::move(snapshots)) {
    std::stable_sort(snapshots_.begin(), snapshots_.end(),
                     [](const auto& a, const auto& b) { return a.newest < b.newest; });
    for (const formats::Post& post : posts) {
      posts_.emplace(post.key, &post);
    }
    for (const auto& [key, likes] : snapshots_.back().likes) {
      days_of_post_[key] = days_of(key, snapshots_);
      for (const auto& [day, count] : days_of_post_[key]) {
        all_days_[day] += count;
      }
    }
    if (!posts.empty()) {
      const Result<Url> url = parse_url(posts.front().url);
      report_.site = url ? url->host : "";
    }
  }

  Report make(const std::string& since) {
    set_period(since);
    report_.total = snapshots_.back().total();
    report_.days = each_day(all_days_, report_.first_day, report_.last_day);
    report_.period = sum_between(all_days_, report_.first_day, report_.last_day);
    add_posts();
    add_rising();
    add_sections();
    add_months();
    return std::move(report_);
  }

 private:
  void set_period(const std::string& since) {
    report_.last_day = utc_day(snapshots_.back().newest);
    const std::string usual = utc_day(snapshots_.back().newest - (kUsualDays - 1) * kDay);
    const std::string oldest = all_days_.empty() ? report_.last_day : all_days_.begin()->first;
    report_.first_day = since.empty() ? std::max(usual, oldest) : since;
    report_.first_day = std::min(report_.first_day, report_.last_day);
  }

  [[nodiscard]] PostLine line_of(const std::string& key) const {
    PostLine line;
    line.key = key;
    const auto post = posts_.find(key);
    line.title = post == posts_.end() || post->second->title.empty() ? key : post->second->title;
    line.url = post == posts_.end() ? "" : post->second->url;
    line.total = snapshots_.back().likes.at(key).total;
    line.likes = sum_between(days_of_post_.at(key), report_.first_day, report_.last_day);
    return line;
  }

  void add_posts() {
    report_.posts = snapshots_.back().likes.size();
    for (const auto& [key, likes] : snapshots_.back().likes) {
      report_.liked += likes.total > 0 ? 1 : 0;
      if (likes.total > 0) {
        report_.most_liked.push_back(line_of(key));
      }
    }
    // Where no days are known at all, those of all times are what there is.
    const bool by_period = !all_days_.empty();
    const auto count = [by_period](const PostLine& line) {
      return by_period ? line.likes : line.total;
    };
    std::stable_sort(
        report_.most_liked.begin(), report_.most_liked.end(),
        [&count](const PostLine& a, const PostLine& b) { return count(a) > count(b); });
    std::erase_if(report_.most_liked, [&count](const PostLine& line) { return count(line) == 0; });
    report_.most_liked.resize(std::min(report_.most_liked.size(), kMostLiked));
  }

  void add_rising() {
    const std::int64_t end = seconds_of(report_.last_day);
    constexpr auto kDays = static_cast<std::int64_t>(kRisingDays);
    const std::string middle = utc_day(end - (kDays - 1) * kDay);
    const std::string begin = utc_day(end - (2 * kDays - 1) * kDay);
    for (const auto& [key, days] : days_of_post_) {
      RisingPost rising;
      rising.now = sum_between(days, middle, report_.last_day);
      rising.before = sum_between(days, begin, utc_day(seconds_of(middle) - kDay));
      if (rising.now > rising.before) {
        rising.post = line_of(key);
        rising.trend = each_day(days, begin, report_.last_day);
        report_.rising.push_back(std::move(rising));
      }
    }
    std::stable_sort(report_.rising.begin(), report_.rising.end(),
                     [](const RisingPost& a, const RisingPost& b) {
                       return a.now - a.before > b.now - b.before;
                     });
    report_.rising.resize(std::min(report_.rising.size(), kRising));
  }

  void add_sections() {
    std::map<std::string, std::int64_t> sections;
    for (const auto& [key, days] : days_of_post_) {
      const auto post = posts_.find(key);
      if (post != posts_.end() && !post->second->section.empty()) {
        sections[post->second->section] +=
            all_days_.empty() ? snapshots_.back().likes.at(key).total
                              : sum_between(days, report_.first_day, report_.last_day);
      }
    }
    for (const auto& [name, likes] : sections) {
      report_.sections.push_back({name, likes});
    }
    std::stable_sort(report_.sections.begin(), report_.sections.end(),
                     [](const Group& a, const Group& b) { return a.likes > b.likes; });
  }

  void add_months() {
    constexpr std::size_t kMonth = 7;  // "2026-11"
    std::int64_t at = seconds_of(report_.first_day);
    for (const std::int64_t likes : report_.days) {
      const std::string month = utc_day(at).substr(0, kMonth);
      if (report_.months.empty() || report_.months.back().name != month) {
        report_.months.push_back({month, 0});
      }
      report_.months.back().likes += likes;
      at += kDay;
    }
  }

  std::vector<formats::LikeCounts> snapshots_;
  std::unordered_map<std::string, const formats::Post*> posts_;
  std::map<std::string, Days> days_of_post_;
  Days all_days_;
  Report report_;
};

}  // namespace

Report make_report(std::vector<formats::LikeCounts> snapshots,
                   const std::vector<formats::Post>& posts, const std::string& since) {
  return Maker(std::move(snapshots), posts).make(since);
}

}  // namespace likes::report
