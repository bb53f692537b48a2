#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "server/likes/store.h"
#include "server/store/migrations.h"

/// What both databases are asked in the same words, so that it has the same meaning on both.
namespace likes::store {

using Rows = std::vector<std::vector<std::string>>;
/// Asks one question within the transaction that is under way; library exceptions pass through.
using Ask = std::function<Rows(const std::string& sql)>;

/// The migrations that the table schema_migrations, which must be there, has recorded.
[[nodiscard]] std::vector<AppliedMigration> read_applied(const Ask& ask);

/// What differs in the words for what has the same meaning.
struct DialectWords {
  const char* day_of_liked_at;  ///< The UTC day of likes.liked_at, as text.
  const char* visitor_in_hex;   ///< likes.visitor.
};

[[nodiscard]] domain::News read_news(const Ask& ask, const DialectWords& words,
                                     const domain::Changes& changes, std::int64_t from_window);

/// When the newest like of a listed post came; 0 for none.
[[nodiscard]] std::int64_t read_newest(const Ask& ask);

/// Bytes from hex digits, as the databases write them.
[[nodiscard]] domain::Visitor visitor_of_hex(const std::string& hex);

[[nodiscard]] domain::Contradictions find_contradictions(const Ask& ask, const DialectWords& words);

/// A former key whose likes belong to the post `to`.
struct FormerKey {
  std::string from;
  std::string to;
};

/// The former keys of `posts` that no listed post uses now. One that several posts claim belongs to
/// the first, as in PostDirectory.
[[nodiscard]] std::vector<FormerKey> former_keys(std::span<const domain::Post> posts);

/// Moves the likes of post $1 to post $2, statement by statement.
[[nodiscard]] std::span<const char* const> move_statements();

/// A database to be migrated, within a transaction that keeps other programs from doing the same.
struct Migrating {
  bool has_record = false;  ///< Whether the table schema_migrations is there.
  Ask ask;
  std::function<void(const std::string& sql)> execute;  ///< Any number of statements.
  const char* now;                                      ///< This moment as text, in SQL.
};

/// Applies what is missing of `known`, each migration in a transaction of its own, and gives their
/// names. `in_transaction` runs its argument in one.
[[nodiscard]] Result<std::vector<std::string>> apply_migrations(
    std::span<const Migration> known,
    const std::function<Result<void>(const std::function<void(const Migrating&)>&)>&
        in_transaction);

}  // namespace likes::store
