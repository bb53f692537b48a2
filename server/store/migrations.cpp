#include "server/store/migrations.h"

#include <algorithm>
#include <cstddef>

namespace likes::store {
namespace {

tl::unexpected<Error> disagree(const std::string& reason) {
  return fail(ErrorCode::kInvalid, "the database's schema is not this program's: " + reason);
}

}  // namespace

Result<std::span<const Migration>> pending_migrations(std::span<const Migration> known,
                                                      std::span<const AppliedMigration> applied) {
  for (std::size_t i = 0; i < applied.size(); ++i) {
    const AppliedMigration& recorded = applied[i];
    if (i >= known.size()) {
      return disagree("migration " + recorded.name +
                      " was applied by a newer program; this one "
                      "knows " +
                      std::to_string(known.size()) + " migrations");
    }
    const Migration& ours = known[i];
    if (recorded.number > ours.number) {
      return disagree("migration " + std::string(ours.name) + " was left out, but " +
                      recorded.name + " is applied");
    }
    if (recorded.number < ours.number || recorded.name != ours.name) {
      return disagree("migration " + recorded.name +
                      " is applied, but the program does not have "
                      "it");
    }
    if (recorded.checksum != ours.checksum) {
      return disagree("migration " + recorded.name +
                      " was changed after it was applied (found "
                      "checksum " +
                      recorded.checksum.substr(0, 12) + ", wanted " +
                      std::string(ours.checksum.substr(0, 12)) + ")");
    }
  }
  return known.subspan(applied.size());
}

Result<void> check_migrated(std::span<const Migration> known,
                            std::span<const AppliedMigration> applied) {
  const Result<std::span<const Migration>> pending = pending_migrations(known, applied);
  if (!pending) {
    return tl::unexpected<Error>(pending.error());
  }
  if (!pending->empty()) {
    return fail(ErrorCode::kUnavailable,
                "the database has not been migrated: " + std::string(pending->front().name) +
                    " is missing; run: likes-server migrate");
  }
  return {};
}

}  // namespace likes::store
