#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "server/likes/post.h"
#include "server/likes/visitor.h"
#include "tools/support/result.h"

namespace likes::domain {

/// One visitor's like of one post. `window` is the second at which its time window began: a like is
/// unique by (key, visitor, window), and the schema, not a check before the insert, keeps it so.
struct Like {
  std::string key;
  Visitor visitor;
  std::int64_t window = 0;
  std::int64_t at = 0;  ///< When it came, Unix seconds.
};

enum class LikeOutcome {
  kRecorded,
  kAlreadyLiked,  ///< This visitor's like of this window is counted already.
  kUnknownPost,
};

struct LikeResult {
  LikeOutcome outcome = LikeOutcome::kUnknownPost;
  std::int64_t total = 0;  ///< The post's count, this like included.
};

struct PostCount {
  std::string key;
  std::int64_t total = 0;
  bool liked = false;  ///< Whether the visitor asked for has liked it in the window asked for.
};

struct Totals {
  std::int64_t newest = 0;  ///< When the newest like came; 0 for none.
  struct Entry {
    std::int64_t total = 0;
    std::map<std::string, std::int64_t> days;  ///< UTC day -> likes.
  };
  std::map<std::string, Entry> posts;  ///< Every listed post, also those without a like.
};

/// One line for each thing in the database that contradicts another; empty when all agree.
using Contradictions = std::vector<std::string>;

/// Where likes are kept. Totals, days and rows change in one transaction. Safe to call from many
/// threads. A database that is away is kUnavailable, and nothing is half done.
class Store {
 public:
  virtual ~Store() = default;

  /// Makes the posts that can be liked be exactly these: new ones start at 0, those that are no
  /// longer listed stop taking likes and keep their count, and a post takes along the likes that
  /// are stored under one of its former keys. Doing it twice is doing it once.
  [[nodiscard]] virtual Result<void> list_posts(std::span<const Post> posts) = 0;

  /// Records these likes in one transaction and answers each, in order, with the total that holds
  /// after it. When the answer is an error, none was recorded, unless the database was lost in the
  /// moment of committing: then nobody can know.
  [[nodiscard]] virtual Result<std::vector<LikeResult>> record(std::span<const Like> likes) = 0;

  /// Takes a like back (`at` is not looked at), from the day on which it was given. Taking back
  /// what is not there changes nothing; the answer is the count afterwards, and nothing for a post
  /// that is not listed.
  [[nodiscard]] virtual Result<std::optional<std::int64_t>> take_back(const Like& like) = 0;

  /// The counts of those `keys` that are listed posts, in the order of `keys`.
  [[nodiscard]] virtual Result<std::vector<PostCount>> counts(std::span<const std::string> keys,
                                                              const Visitor& visitor,
                                                              std::int64_t window) = 0;

  [[nodiscard]] virtual Result<Totals> totals() = 0;

  /// The visitor key for likes of this window: the newest one made at or before it, or a new random
  /// one when that has served `lifetime_seconds`. Older keys are deleted.
  [[nodiscard]] virtual Result<VisitorKey> visitor_key(std::int64_t window,
                                                       std::int64_t lifetime_seconds) = 0;

  /// Deletes the visitor hash of every like whose window began before `window`; the likes stay.
  [[nodiscard]] virtual Result<void> forget_visitors(std::int64_t before_window) = 0;

  /// Compares totals, days and rows.
  [[nodiscard]] virtual Result<Contradictions> verify() = 0;

  /// Whether the database answers and has the schema that this program needs.
  [[nodiscard]] virtual Result<void> ping() = 0;
};

}  // namespace likes::domain
