#include "server/likes/count_mirror.h"

#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

namespace likes::domain {
namespace {

constexpr std::int64_t kSecondsPerDay = 86400;

/// How long a watch may wait for a change: also how long it takes to end.
constexpr std::chrono::milliseconds kWatchFor{100};
/// Between two readings, so that many changes are read as one; and between two attempts to reach a
/// store that is away.
constexpr std::chrono::milliseconds kPause{50};

void add_day(std::vector<DayLikes>& days, std::int64_t at, std::int64_t likes) {
  const auto day = static_cast<std::int32_t>(at / kSecondsPerDay);
  const auto place = std::lower_bound(
      days.begin(), days.end(), day,
      [](const DayLikes& entry, std::int32_t wanted) { return entry.day < wanted; });
  if (place == days.end() || place->day != day) {
    days.insert(place, {day, likes});
    return;
  }
  place->likes += likes;
  if (place->likes <= 0) {
    days.erase(place);
  }
}

void add(Changes& pending, Changes changes) {
  pending.everything = pending.everything || changes.everything;
  pending.posts.insert(pending.posts.end(), changes.posts.begin(), changes.posts.end());
  pending.given.insert(pending.given.end(), changes.given.begin(), changes.given.end());
  pending.taken.insert(pending.taken.end(), changes.taken.begin(), changes.taken.end());
}

}  // namespace

CountMirror::CountMirror(Store& store, std::function<std::int64_t()> current_window)
    : store_(store), current_window_(std::move(current_window)) {}

CountMirror::~CountMirror() {
  {
    const std::lock_guard lock(ending_mutex_);
    ending_ = true;
  }
  ending_changed_.notify_all();
  if (follower_.joinable()) {
    follower_.join();
  }
}

Result<void> CountMirror::load() {
  const std::unique_lock<std::mutex> held = hold();
  if (!watch_) {
    // It listens before everything is read, so nothing is missed in between. An error is told
    // again, or mended, when the follower asks.
    watch_ = store_.watch();
    (void)watch_->wait(std::chrono::milliseconds(0));
  }
  Changes everything;
  everything.everything = true;
  if (Result<void> done = read(everything); !done) {
    return done;
  }
  if (!follower_.joinable()) {
    follower_ = std::thread([this] { follow(); });
  }
  return {};
}

void CountMirror::note_recorded(const Like& like, const LikeResult& result) {
  const std::unique_lock lock(mutex_);
  fails_ = false;
  tell_of_trouble({});
  const auto post = totals_.posts.find(like.key);
  if (result.outcome == LikeOutcome::kUnknownPost || post == totals_.posts.end()) {
    return;
  }
  recent_.add({like.key, like.visitor, like.window});
  if (post->second.total != result.total) {
    post->second.total = result.total;
    ++revision_;
  }
  // Of one that was in doubt the store's own news may have told before.
  if (result.outcome == LikeOutcome::kRecorded && !result.was_in_doubt) {
    add_day(post->second.days, like.at, 1);
    totals_.newest = std::max(totals_.newest, like.at);
    ++revision_;
  }
}

void CountMirror::note_taken_back(const Like& like, const TakenBack& result) {
  const std::unique_lock lock(mutex_);
  fails_ = false;
  tell_of_trouble({});
  const auto post = totals_.posts.find(like.key);
  if (post == totals_.posts.end()) {
    return;
  }
  recent_.remove({like.key, like.visitor, like.window});
  post->second.total = result.total;
  if (result.given_at) {
    add_day(post->second.days, *result.given_at, -1);
    totals_.newest = result.newest;
  }
  ++revision_;
}

void CountMirror::note_failed(const Error& error) {
  if (error.code != ErrorCode::kUnavailable) {
    return;  // A fault of one request and no more.
  }
  const std::unique_lock lock(mutex_);
  fails_ = true;
  tell_of_trouble(error);
}

std::optional<std::int64_t> CountMirror::total(const std::string& key) const {
  const std::shared_lock lock(mutex_);
  const auto post = totals_.posts.find(key);
  return post == totals_.posts.end() ? std::nullopt : std::optional(post->second.total);
}

std::optional<bool> CountMirror::liked(const std::string& key, const Visitor& visitor,
                                       std::int64_t window) const {
  const std::shared_lock lock(mutex_);
  return recent_.liked(key, visitor, window);
}

bool CountMirror::knows_all_liked() const {
  const std::shared_lock lock(mutex_);
  return recent_.has_all();
}

void CountMirror::look(const Look& look) const {
  const std::shared_lock lock(mutex_);
  look(totals_);
}

std::uint64_t CountMirror::revision() const {
  const std::shared_lock lock(mutex_);
  return revision_;
}

std::chrono::milliseconds CountMirror::age() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                               heard_.load());
}

std::optional<Error> CountMirror::trouble() const {
  const std::shared_lock lock(mutex_);
  return trouble_;
}

void CountMirror::follow() {
  Changes pending;
  std::int64_t window = current_window_();
  do {
    Result<Changes> changes = watch_->wait(kWatchFor);
    if (!changes) {
      set_trouble(changes.error());
      pending.everything = true;
      continue;
    }
    heard_ = std::chrono::steady_clock::now();
    add(pending, std::move(*changes));
    if (const std::int64_t now = current_window_(); now != window) {
      window = now;
      const std::unique_lock lock(mutex_);
      recent_.forget(window);
      pending.everything = pending.everything || !recent_.has_all();
    }
    store_.leave_out_own(pending);
    if (pending.empty()) {
      continue;
    }
    const std::unique_lock<std::mutex> held = hold();
    store_.leave_out_own(pending);  // What was under way then is answered now.
    if (pending.empty() || read(pending)) {
      pending = {};
    } else {
      pending.everything = true;
    }
  } while (!rest(kPause));
}

Result<void> CountMirror::read(const Changes& changes) {
  Result<News> news = store_.read(changes, current_window_());
  if (!news) {
    set_trouble(news.error());
    return tl::unexpected<Error>(news.error());
  }
  heard_ = std::chrono::steady_clock::now();
  const bool whole = news->whole;
  merge(std::move(*news));
  if (whole) {
    news = News{};
    ::malloc_trim(0);  // Reading everything took twice what is kept.
  }
  return {};
}

void CountMirror::merge(News news) {
  const std::unique_lock lock(mutex_);
  if (trouble_) {
    trouble_.reset();
    fails_ = false;  // What failed did so for the same reason.
    tell_of_trouble({});
  }
  // The same content keeps its number: much of what is told was done by this server itself.
  bool changed = totals_.newest != news.totals.newest;
  totals_.newest = news.totals.newest;
  if (news.whole) {
    changed = changed || totals_.posts != news.totals.posts;
    totals_.posts = std::move(news.totals.posts);
    recent_.replace(news.given, news.all_given);
  } else {
    for (auto& [key, entry] : news.totals.posts) {
      Totals::Entry& known = totals_.posts[key];
      changed = changed || known != entry;
      known = std::move(entry);
    }
    for (const GivenLike& like : news.given) {
      recent_.add(like);
    }
  }
  revision_ += changed ? 1 : 0;
  for (const GivenLike& like : news.taken) {
    recent_.remove(like);
  }
}

void CountMirror::set_trouble(Error error) {
  const std::unique_lock lock(mutex_);
  trouble_ = std::move(error);
  tell_of_trouble(*trouble_);
}

void CountMirror::tell_of_trouble(const Error& newest) {
  const bool is_trouble = trouble_ || fails_;
  if (is_trouble == std::exchange(told_of_trouble_, is_trouble) || !told_) {
    return;
  }
  told_(is_trouble ? std::optional(newest) : std::nullopt);
}

bool CountMirror::rest(std::chrono::milliseconds time) {
  std::unique_lock lock(ending_mutex_);
  return ending_changed_.wait_for(lock, time, [this] { return ending_; });
}

}  // namespace likes::domain
