#pragma once

#include <string>
#include <string_view>

#include "server/store/migrations.h"
#include "tools/support/result.h"

namespace likes::store {

/// What DATABASE_URL says.
struct DatabaseUrl {
  Dialect dialect = Dialect::kSqlite;
  std::string target;  ///< PostgreSQL: the whole address; SQLite: the file's path.
};

[[nodiscard]] Result<DatabaseUrl> parse_database_url(std::string_view text);

/// The address with one more parameter, unless it has that one already.
[[nodiscard]] std::string with_parameter(std::string url, std::string_view name,
                                         std::string_view value);

/// A library's message in one line, with nothing in it that redact_url hides in `url`.
[[nodiscard]] std::string safe_message(std::string_view message, std::string_view url);

}  // namespace likes::store
