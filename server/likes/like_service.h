#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/likes/clock.h"
#include "server/likes/count_mirror.h"
#include "server/likes/like_queue.h"
#include "server/likes/post_directory.h"
#include "server/likes/store.h"
#include "tools/support/result.h"

namespace likes::domain {

struct PostCount {
  std::string key;
  std::int64_t total = 0;
  /// Whether the visitor asked for has liked it in this window; nothing where nobody was asked for
  /// or nobody can know.
  std::optional<bool> liked;
};

struct LikeAnswer {
  LikeOutcome outcome = LikeOutcome::kUnknownPost;
  std::int64_t total = 0;
  std::int64_t seconds_to_next = 0;  ///< Until this visitor may like this post again.
  std::int64_t window = 0;           ///< The second at which the like's window began.
  bool was_given = false;            ///< Of one taken back: whether there was any.
};

/// Called in a hurry: others wait for their answers behind it.
using LikeDone = std::function<void(Result<LikeAnswer>)>;

/// Follows likes into their transactions.
struct BatchFollower {
  /// Asked by like(), on the thread of its caller.
  std::function<Origin()> origin;
  /// Told of each transaction when it begins, also of several at a time; what it gives back, if
  /// anything, is called at its end.
  std::function<std::function<void(bool recorded)>(std::span<const Origin> likes)> begin;
};

/// What the likes of a site can do, in the problem's own words: HTTP asks it, a Store remembers.
/// Likes that wait at the same time go into one transaction; each is answered after its commit.
/// Counts are read from memory; while the store is away, they are the last that it knew.
class LikeService {
 public:
  /// `window` is from kMinWindow to kMaxWindow. Windows are fixed: one begins at every multiple of
  /// its length since 1970. With a window of 0 every like counts; a visitor's second one is then
  /// counted as one of somebody else. `store` and `clock` must outlive the service.
  LikeService(Store& store, const Clock& clock, std::chrono::seconds window,
              QueueLimits limits = {});
  /// Answers the likes that still wait. No call may be under way or come any more from threads that
  /// are not waiting for such an answer.
  ~LikeService();
  LikeService(const LikeService&) = delete;
  LikeService& operator=(const LikeService&) = delete;

  /// Makes these the posts that can be liked, in the store and in memory. kInvalid, and nothing has
  /// changed, when a key is empty, too long or there twice.
  [[nodiscard]] Result<void> list_posts(std::vector<Post> posts);

  /// Takes a post on that is not in the index, so that it can be liked until the service ends, also
  /// when others are listed. For an author's own machine; kInvalid beyond kMaxAdopted.
  [[nodiscard]] Result<Post> adopt_post(const std::string& key);

  /// The post of any name that the API takes; see PostDirectory.
  [[nodiscard]] Result<Post> find_post(std::string_view name) const;

  /// Likes the post with this key and calls `done`, once, when the like is on disk: from a thread
  /// that writes likes, or before this returns. kUnavailable when the store is away, or
  /// as many likes as may wait do so already.
  void like(const std::string& key, const Visitor& visitor, const LikeDone& done);
  /// The same for a caller that waits for it.
  [[nodiscard]] Result<LikeAnswer> like(const std::string& key, const Visitor& visitor);

  /// Takes back the like that this visitor gave in this window, if any: the outcome is kRecorded
  /// for every post that is listed, and the visitor may like it again at once.
  [[nodiscard]] Result<LikeAnswer> take_back(const std::string& key, const Visitor& visitor);
  /// The counts of those `keys` that are listed, and which of them this visitor has liked.
  [[nodiscard]] std::vector<PostCount> counts(std::span<const std::string> keys,
                                              const std::optional<Visitor>& visitor);

  /// Shows all counts as they are at one moment; meanwhile none can change.
  void look_at_totals(const CountMirror::Look& look) const;
  /// Another number than last time: other counts.
  [[nodiscard]] std::uint64_t revision() const;
  /// Whether the store is away, so that counts may be old.
  [[nodiscard]] bool is_stale() const;

  /// The key that a visitor's hash is to be made with at this moment. Does not wait for a store
  /// that is known to be away.
  [[nodiscard]] Result<VisitorKey> visitor_key();

  /// Whether visitor_key() has it at hand and need not ask the store.
  [[nodiscard]] bool knows_visitor_key();
  /// Whether counts() has all at hand and need not ask the store.
  [[nodiscard]] bool knows_all_liked() const;

  /// Housekeeping: deletes visitor hashes whose window is over.
  [[nodiscard]] Result<void> forget_visitors();

  [[nodiscard]] std::chrono::seconds window() const;

  /// The second at which the window of this moment began.
  [[nodiscard]] std::int64_t current_window() const;

  /// How old what reads are answered from may be.
  [[nodiscard]] std::chrono::milliseconds cache_age() const;

  /// Set before the first like.
  void follow_batches(BatchFollower follower);

  /// Tells when the store goes away or takes no likes, and, with nothing, when all is well again.
  /// Set before posts are listed; `told` must not ask the service.
  void follow_trouble(CountMirror::Told told);

  /// Likes that wait for their transaction to begin.
  [[nodiscard]] std::size_t waiting() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace likes::domain
