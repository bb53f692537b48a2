#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/support/result.h"

namespace likes::store {

enum class Dialect { kPostgres, kSqlite };

/// One file of migrations/.
struct Migration {
  int number = 0;
  std::string_view name;      ///< `0001-posts`, the same for both dialects.
  std::string_view checksum;  ///< SHA-256 of the file, in hex.
  std::string_view sql;
};

/// One line of the table schema_migrations.
struct AppliedMigration {
  int number = 0;
  std::string name;
  std::string checksum;
};

/// All of migrations/ in order, as they were when the program was built.
[[nodiscard]] std::span<const Migration> embedded_migrations(Dialect dialect);

/// Those of `known` that have not been applied. kInvalid when the database tells another story than
/// the program: a migration that was changed after it was applied, one that the program does not
/// know, one that was left out, or a schema newer than the program.
[[nodiscard]] Result<std::span<const Migration>> pending_migrations(
    std::span<const Migration> known, std::span<const AppliedMigration> applied);

/// kUnavailable, with what to do about it, when something is pending.
[[nodiscard]] Result<void> check_migrated(std::span<const Migration> known,
                                          std::span<const AppliedMigration> applied);

}  // namespace likes::store
