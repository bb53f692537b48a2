#pragma once

#include <span>
#include <string>
#include <vector>

#include "server/likes/ledger.h"
#include "server/store/shared_sql.h"

/// What a Ledger does, in words that both databases understand. Each function is called within a
/// transaction that keeps others from changing posts and likes.
namespace likes::store {

[[nodiscard]] bool has_post(const Ask& ask, const std::string& key);

[[nodiscard]] std::vector<domain::DayOfLikes> purge_likes(const Ask& ask, const DialectWords& words,
                                                          const domain::Selection& selection,
                                                          bool dry_run);

[[nodiscard]] domain::ImportSummary import_likes(const Ask& ask,
                                                 std::span<const domain::CountedLikes> likes,
                                                 const domain::ImportOptions& options);

[[nodiscard]] std::vector<domain::CountedLikes> list_likes(const Ask& ask);

}  // namespace likes::store
