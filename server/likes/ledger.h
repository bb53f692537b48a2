#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tools/support/result.h"

namespace likes::domain {

/// More likes than `likes` of one post within so many seconds.
struct Burst {
  std::int64_t likes = 0;
  std::int64_t seconds = 0;
};

/// Which likes: those that fit all that is said.
struct Selection {
  std::string key = {};                    ///< "" for every post.
  std::optional<std::int64_t> from = {};   ///< The first second.
  std::optional<std::int64_t> until = {};  ///< The first second that is not meant any more.
  std::optional<Burst> burst = {};         ///< Those of the others that came in one.
};

/// Likes of one post on one UTC day.
struct DayOfLikes {
  std::string key;
  std::string day;
  std::int64_t first = 0;  ///< When the first of them came, and the last.
  std::int64_t last = 0;
  std::int64_t likes = 0;
};

/// Likes of one post that came at one second, or, where another program has counted them (`source`
/// says which), on one day or at a time that nobody knows.
struct CountedLikes {
  std::string key;
  std::string source = {};              ///< "" for likes that this program took.
  std::optional<std::int64_t> at = {};  ///< Of these, always.
  std::string day = {};                 ///< Of the others, where it is known: `2026-11-20`.
  std::int64_t likes = 0;

  bool operator==(const CountedLikes&) const = default;
};

struct ImportOptions {
  bool add_unknown_posts = false;  ///< Otherwise their likes are left out.
  bool dry_run = false;
};

struct ImportSummary {
  struct Post {
    std::int64_t added = 0;
    std::int64_t known = 0;  ///< Were there already.
  };
  std::map<std::string, Post> posts;
  std::map<std::string, std::int64_t> unknown;  ///< Likes of posts that the database lacks.
};

/// The likes as their keeper deals with them, beside a server that may be running. Each call is one
/// transaction: it is done whole or not at all, and totals, days and rows stay in agreement.
class Ledger {
 public:
  virtual ~Ledger() = default;

  /// Whether there is, or once was, a post with this key.
  [[nodiscard]] virtual Result<bool> has_post(const std::string& key) = 0;

  /// Takes these likes back for good, or says what would go. By post and day.
  [[nodiscard]] virtual Result<std::vector<DayOfLikes>> purge(const Selection& selection,
                                                              bool dry_run) = 0;

  /// Sees to it that the ledger has at least these likes: what is there already is not added
  /// again. Counts of the same post, source and time are added up first.
  [[nodiscard]] virtual Result<ImportSummary> import(std::span<const CountedLikes> likes,
                                                     const ImportOptions& options) = 0;

  /// All there is, ordered by post, source and time: what import takes.
  [[nodiscard]] virtual Result<std::vector<CountedLikes>> list() = 0;
};

}  // namespace likes::domain
