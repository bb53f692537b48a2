#include "server/likes/like_service.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <random>
#include <unordered_set>
#include <utility>

#include "server/likes/like_queue.h"
#include "server/likes/limits.h"

namespace likes::domain {
namespace {

/// A visitor that nobody is.
Visitor somebody_else() {
  Visitor visitor;
  std::random_device random;
  std::generate(visitor.hash.begin(), visitor.hash.end(),
                [&random] { return static_cast<unsigned char>(random()); });
  return visitor;
}

Result<void> check_posts(const std::vector<Post>& posts) {
  std::unordered_set<std::string_view> keys;
  for (const Post& post : posts) {
    if (post.key.empty() || post.key.size() > kMaxKeyBytes) {
      return fail(ErrorCode::kInvalid, "found a post key of " + std::to_string(post.key.size()) +
                                           " bytes ('" + post.key.substr(0, 40) +
                                           "'), wanted 1 to " + std::to_string(kMaxKeyBytes));
    }
    if (!keys.insert(post.key).second) {
      return fail(ErrorCode::kInvalid, "found the post key '" + post.key + "' twice");
    }
  }
  return {};
}

}  // namespace

class LikeService::Impl {
 public:
  Impl(Store& store, const Clock& clock, std::chrono::seconds window, QueueLimits limits)
      : store_(store),
        clock_(clock),
        is_unlimited_(window == std::chrono::seconds{0}),
        window_(is_unlimited_ ? kUnlimitedWindow : std::clamp(window, kMinWindow, kMaxWindow)),
        mirror_(store, [this] { return window_start(clock_.now()); }),
        queue_(limits, [this](std::span<const Like> likes, std::span<const Origin> origins) {
          return write(likes, origins);
        }) {}

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Result<void> list_posts(std::vector<Post> posts) {
    if (Result<void> checked = check_posts(posts); !checked) {
      return checked;
    }
    const std::lock_guard listing(listing_mutex_);
    // No copy of the posts where nothing was adopted, which is everywhere but on authors' machines.
    if (!adopted_.empty()) {
      const PostDirectory index(posts);
      std::erase_if(adopted_,
                    [&index](const Post& post) { return index.find(post.key).has_value(); });
      posts.insert(posts.end(), adopted_.begin(), adopted_.end());
    }
    return put_in_force(std::move(posts));
  }

  Result<Post> adopt_post(const std::string& key) {
    const std::lock_guard listing(listing_mutex_);
    const std::shared_ptr<const PostDirectory> known = directory();
    if (const Result<const Post*> post = known->find(key)) {
      return **post;
    }
    if (adopted_.size() >= kMaxAdopted) {
      return fail(ErrorCode::kInvalid, "found more than " + std::to_string(kMaxAdopted) +
                                           " posts that are not in the index");
    }
    Post adopted{key, "", {}, true};
    std::vector<Post> posts = known->posts();
    posts.push_back(adopted);
    if (const Result<void> listed = put_in_force(std::move(posts)); !listed) {
      return tl::unexpected<Error>(listed.error());
    }
    adopted_.push_back(adopted);
    return adopted;
  }

  /// For whoever holds listing_mutex_, so that the store and the memory end up with the same posts.
  Result<void> put_in_force(std::vector<Post> posts) {
    if (Result<void> listed = store_.list_posts(posts); !listed) {
      return listed;
    }
    if (Result<void> loaded = mirror_.load(); !loaded) {
      return loaded;
    }
    auto directory = std::make_shared<const PostDirectory>(std::move(posts));
    const std::lock_guard lock(directory_mutex_);
    directory_.swap(directory);
    return {};
  }

  std::shared_ptr<const PostDirectory> directory() const {
    const std::lock_guard lock(directory_mutex_);
    return directory_;
  }

  /// Whether this is the key itself of a post. The store is asked about no other, so that a name
  /// that it cannot hold does not spoil the batch it would travel in.
  bool is_listed(const std::string& key) const {
    const std::shared_ptr<const PostDirectory> posts = directory();
    const Result<const Post*> post = posts->find(key);
    return post && (*post)->key == key;
  }

  /// Whether it is taken on; then `done` is called after its commit.
  Result<void> record(Like like, std::function<void(const Result<LikeResult>&)> done) {
    if (const std::optional<Error> trouble = mirror_.trouble()) {
      return tl::unexpected<Error>(*trouble);
    }
    return queue_.add(
        {std::move(like), std::move(done), follower_.origin ? follower_.origin() : nullptr});
  }

  Result<std::optional<TakenBack>> take_back(const Like& like) {
    if (const std::optional<Error> trouble = mirror_.trouble()) {
      return tl::unexpected<Error>(*trouble);
    }
    const std::unique_lock<std::mutex> held = mirror_.hold();
    Result<std::optional<TakenBack>> taken = store_.take_back(like);
    if (taken && *taken) {
      mirror_.note_taken_back(like, **taken);
    } else if (!taken) {
      mirror_.note_failed(taken.error());
    }
    return taken;
  }

  std::vector<PostCount> counts(std::span<const std::string> keys,
                                const std::optional<Visitor>& visitor) {
    const std::int64_t window = window_start(clock_.now());
    std::vector<PostCount> counts;
    std::vector<std::string> unsure;
    for (const std::string& key : keys) {
      const std::optional<std::int64_t> total = is_listed(key) ? mirror_.total(key) : std::nullopt;
      if (!total) {
        continue;
      }
      counts.push_back({key, *total, std::nullopt});
      if (visitor) {
        counts.back().liked = mirror_.liked(key, *visitor, window);
        if (!counts.back().liked) {
          unsure.push_back(key);
        }
      }
    }
    if (!unsure.empty() && !mirror_.trouble()) {
      if (const Result<std::set<std::string>> liked = store_.liked(unsure, *visitor, window)) {
        for (PostCount& count : counts) {
          count.liked = count.liked.value_or(liked->contains(count.key));
        }
      }
    }
    return counts;
  }

  Result<VisitorKey> visitor_key() {
    const std::int64_t window = window_start(clock_.now());
    // The lock is held while the store is asked, so that a new window asks it once, not once for
    // each request that comes at its beginning.
    const std::lock_guard lock(visitor_key_mutex_);
    if (!visitor_key_ || visitor_key_->first != window) {
      if (const std::optional<Error> trouble = mirror_.trouble()) {
        return tl::unexpected<Error>(*trouble);
      }
      Result<VisitorKey> key = store_.visitor_key(window, kVisitorKeyLifetime.count());
      if (!key) {
        mirror_.note_failed(key.error());
        return key;
      }
      visitor_key_.emplace(window, *key);
    }
    return visitor_key_->second;
  }

  bool knows_visitor_key() {
    const std::int64_t window = window_start(clock_.now());
    const std::unique_lock lock(visitor_key_mutex_, std::try_to_lock);
    return lock.owns_lock() && visitor_key_ && visitor_key_->first == window;
  }

  void follow_batches(BatchFollower follower) { follower_ = std::move(follower); }

  void follow_trouble(CountMirror::Told told) { mirror_.tell_trouble_to(std::move(told)); }

  std::size_t waiting() const { return queue_.waiting(); }

  bool is_unlimited() const { return is_unlimited_; }

  std::int64_t window_start(std::int64_t now) const { return now - now % window_.count(); }

  Store& store() { return store_; }
  const CountMirror& mirror() const { return mirror_; }
  const Clock& clock() const { return clock_; }
  std::chrono::seconds window() const { return window_; }

 private:
  Result<std::vector<LikeResult>> write(std::span<const Like> likes,
                                        std::span<const Origin> origins) {
    const std::function<void(bool)> followed = follower_.begin ? follower_.begin(origins) : nullptr;
    Result<std::vector<LikeResult>> results = record_in_store(likes);
    if (followed) {
      followed(results.has_value());
    }
    return results;
  }

  Result<std::vector<LikeResult>> record_in_store(std::span<const Like> likes) {
    const std::unique_lock<std::mutex> held = mirror_.hold();
    Result<std::vector<LikeResult>> results = store_.record(likes);
    for (std::size_t i = 0; results && i < likes.size(); ++i) {
      mirror_.note_recorded(likes[i], (*results)[i]);
    }
    if (!results) {
      mirror_.note_failed(results.error());
    }
    return results;
  }

  Store& store_;
  const Clock& clock_;
  BatchFollower follower_;  ///< Does not change once there are likes.
  const bool is_unlimited_;
  const std::chrono::seconds window_;
  CountMirror mirror_;

  std::mutex listing_mutex_;
  std::vector<Post> adopted_;  ///< Guarded by it.
  mutable std::mutex directory_mutex_;
  std::shared_ptr<const PostDirectory> directory_ = std::make_shared<const PostDirectory>();

  std::mutex visitor_key_mutex_;
  std::optional<std::pair<std::int64_t, VisitorKey>> visitor_key_;  ///< With its window.

  LikeQueue queue_;  ///< The last member: its thread uses the others.
};

LikeService::LikeService(Store& store, const Clock& clock, std::chrono::seconds window,
                         QueueLimits limits)
    : impl_(std::make_unique<Impl>(store, clock, window, limits)) {}

LikeService::~LikeService() = default;

Result<void> LikeService::list_posts(std::vector<Post> posts) {
  return impl_->list_posts(std::move(posts));
}

Result<Post> LikeService::adopt_post(const std::string& key) {
  return impl_->adopt_post(key);
}

Result<Post> LikeService::find_post(std::string_view name) const {
  const std::shared_ptr<const PostDirectory> posts = impl_->directory();
  const Result<const Post*> post = posts->find(name);
  if (!post) {
    return tl::unexpected<Error>(post.error());
  }
  return **post;
}

void LikeService::like(const std::string& key, const Visitor& visitor, const LikeDone& done) {
  if (!impl_->is_listed(key)) {
    done(LikeAnswer{});
    return;
  }
  const std::int64_t now = impl_->clock().now();
  const std::int64_t window = impl_->window_start(now);
  const std::int64_t seconds_to_next = window + impl_->window().count() - now;
  const Result<void> taken = impl_->record(
      {key, visitor, window, now},
      [this, key, done, window, seconds_to_next](const Result<LikeResult>& result) {
        if (!result) {
          done(tl::unexpected<Error>(result.error()));
        } else if (result->outcome == LikeOutcome::kUnknownPost) {
          done(LikeAnswer{});
        } else if (result->outcome == LikeOutcome::kAlreadyLiked && impl_->is_unlimited()) {
          like(key, somebody_else(), done);
        } else {
          done(LikeAnswer{result->outcome, result->total, seconds_to_next, window});
        }
      });
  if (!taken) {
    done(tl::unexpected<Error>(taken.error()));
  }
}

Result<LikeAnswer> LikeService::like(const std::string& key, const Visitor& visitor) {
  const auto promise = std::make_shared<std::promise<Result<LikeAnswer>>>();
  std::future<Result<LikeAnswer>> answer = promise->get_future();
  like(key, visitor, [promise](Result<LikeAnswer> known) { promise->set_value(std::move(known)); });
  return answer.get();
}

Result<LikeAnswer> LikeService::take_back(const std::string& key, const Visitor& visitor) {
  if (!impl_->is_listed(key)) {
    return LikeAnswer{};
  }
  const std::int64_t now = impl_->clock().now();
  const Result<std::optional<TakenBack>> taken =
      impl_->take_back({key, visitor, impl_->window_start(now), now});
  if (!taken) {
    return tl::unexpected<Error>(taken.error());
  }
  return *taken ? LikeAnswer{.outcome = LikeOutcome::kRecorded,
                             .total = (*taken)->total,
                             .was_given = (*taken)->given_at.has_value()}
                : LikeAnswer{};
}

std::vector<PostCount> LikeService::counts(std::span<const std::string> keys,
                                           const std::optional<Visitor>& visitor) {
  return impl_->counts(keys, visitor);
}

void LikeService::look_at_totals(const CountMirror::Look& look) const {
  impl_->mirror().look(look);
}

std::uint64_t LikeService::revision() const {
  return impl_->mirror().revision();
}

bool LikeService::is_stale() const {
  return impl_->mirror().trouble().has_value();
}

Result<VisitorKey> LikeService::visitor_key() {
  return impl_->visitor_key();
}

bool LikeService::knows_visitor_key() {
  return impl_->knows_visitor_key();
}

bool LikeService::knows_all_liked() const {
  return impl_->mirror().knows_all_liked();
}

Result<void> LikeService::forget_visitors() {
  return impl_->store().forget_visitors(impl_->window_start(impl_->clock().now()));
}

std::chrono::seconds LikeService::window() const {
  return impl_->window();
}

std::int64_t LikeService::current_window() const {
  return impl_->window_start(impl_->clock().now());
}

std::chrono::milliseconds LikeService::cache_age() const {
  return impl_->mirror().age();
}

void LikeService::follow_batches(BatchFollower follower) {
  impl_->follow_batches(std::move(follower));
}

void LikeService::follow_trouble(CountMirror::Told told) {
  impl_->follow_trouble(std::move(told));
}

std::size_t LikeService::waiting() const {
  return impl_->waiting();
}

}  // namespace likes::domain
