#pragma once

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

[[nodiscard]] domain::Totals read_totals(const Ask& ask);

/// `day_of_liked_at` is the dialect's expression for the UTC day of likes.liked_at, as text.
[[nodiscard]] domain::Contradictions find_contradictions(const Ask& ask,
                                                         const std::string& day_of_liked_at);

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

extern const char* const kCreateMigrationsTable;

}  // namespace likes::store
