#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
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
  /// Recorded by an earlier attempt, of which only now is known that it came through.
  bool was_in_doubt = false;
};

/// What became of a like that was to be taken back.
struct TakenBack {
  std::int64_t total = 0;                ///< The post's count afterwards.
  std::optional<std::int64_t> given_at;  ///< When it was given; nothing where there was none.
  std::int64_t newest = 0;               ///< As in Totals; where there was one.
};

/// The likes of one UTC day, in days since 1970.
struct DayLikes {
  std::int32_t day = 0;
  std::int64_t likes = 0;

  bool operator==(const DayLikes&) const = default;
};

struct Totals {
  std::int64_t newest = 0;  ///< When the newest like came; 0 for none.
  struct Entry {
    std::int64_t total = 0;
    std::vector<DayLikes> days;  ///< Oldest first; none without a like.

    bool operator==(const Entry&) const = default;
  };
  std::map<std::string, Entry> posts;  ///< Every listed post, also those without a like.
};

/// Who likes what in a window that is not over.
struct GivenLike {
  std::string key;
  Visitor visitor;
  std::int64_t window = 0;
};

/// What may have changed in a store since one looked. The numbers are the store's own.
struct Changes {
  bool everything = false;
  std::vector<std::int64_t> posts = {};
  /// Likes that came in: from the first to the last, and perhaps others' between them.
  struct Given {
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::vector<std::int64_t> posts = {};  ///< Whose totals changed with them.
  };
  std::vector<Given> given = {};
  struct Taken {
    std::int64_t post = 0;
    Visitor visitor;
    std::int64_t window = 0;
  };
  std::vector<Taken> taken = {};  ///< Likes that were taken back.

  [[nodiscard]] bool empty() const {
    return !everything && posts.empty() && given.empty() && taken.empty();
  }
};

/// What those changes came to.
struct News {
  bool whole = false;  ///< It is all there is: what is not here is no more.
  Totals totals;       ///< Of the posts that changed.
  std::vector<GivenLike> given;
  bool all_given = true;  ///< Whether `given` has all; otherwise there were too many.
  std::vector<GivenLike> taken;
};

/// Tells what changes in a store, whoever changes it: this server, another one, or an operator. For
/// one thread.
class Watch {
 public:
  virtual ~Watch() = default;
  /// Waits for a change, at most so long. The first answer, and the first after an error, is that
  /// everything may have changed. A SQLite store does not tell of what came by itself.
  [[nodiscard]] virtual Result<Changes> wait(std::chrono::milliseconds at_most) = 0;
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
  /// moment of committing: then nobody can know, and whoever sends such a like again is told that
  /// it is recorded, not that it was there already.
  [[nodiscard]] virtual Result<std::vector<LikeResult>> record(std::span<const Like> likes) = 0;

  /// Takes a like back (`at` is not looked at), from the day on which it was given. Taking back
  /// what is not there changes nothing; the answer is nothing for a post that is not listed.
  [[nodiscard]] virtual Result<std::optional<TakenBack>> take_back(const Like& like) = 0;

  /// Which of these posts the visitor has liked in this window.
  [[nodiscard]] virtual Result<std::set<std::string>> liked(std::span<const std::string> keys,
                                                            const Visitor& visitor,
                                                            std::int64_t window) = 0;

  /// What these changes came to, all of one moment. Likes are told of windows that began at
  /// `from_window` or later, and no more than kMaxRemembered of them.
  [[nodiscard]] virtual Result<News> read(const Changes& changes, std::int64_t from_window) = 0;

  [[nodiscard]] virtual std::unique_ptr<Watch> watch() = 0;

  /// Takes out of what a watch has told the likes that record() has answered, in this process: no
  /// news to whoever called it. One that is still under way, or in doubt, is left in.
  virtual void leave_out_own(Changes& changes) { (void)changes; }

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
