#include "server/store/open_store.h"

#include "server/store/database_url.h"
#include "server/store/migrations.h"
#include "server/store/postgres_store.h"
#include "server/store/sqlite_store.h"

namespace likes::store {
namespace {

constexpr std::string_view kSetting = "DATABASE_URL: ";

tl::unexpected<Error> blame_setting(Error error) {
  if (!error.message.starts_with(kSetting)) {
    error.message.insert(0, kSetting);
  }
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace

Result<std::unique_ptr<domain::Store>> open_store(const std::string& database_url,
                                                  const StoreOptions& options) {
  const Result<DatabaseUrl> url = parse_database_url(database_url);
  if (!url) {
    return tl::unexpected<Error>(url.error());
  }
  Result<std::unique_ptr<domain::Store>> store = url->dialect == Dialect::kPostgres
                                                     ? open_postgres(url->target, options)
                                                     : open_sqlite(url->target, options);
  if (!store) {
    return blame_setting(store.error());
  }
  return store;
}

Result<std::unique_ptr<domain::Ledger>> open_ledger(const std::string& database_url) {
  // Opening the store says what is wrong with the database, if anything is.
  if (const Result<std::unique_ptr<domain::Store>> store = open_store(database_url); !store) {
    return tl::unexpected<Error>(store.error());
  }
  const Result<DatabaseUrl> url = parse_database_url(database_url);
  return url->dialect == Dialect::kPostgres ? postgres_ledger(url->target)
                                            : sqlite_ledger(url->target);
}

Result<std::vector<std::string>> migrate(const std::string& database_url) {
  const Result<DatabaseUrl> url = parse_database_url(database_url);
  if (!url) {
    return tl::unexpected<Error>(url.error());
  }
  const std::span<const Migration> known = embedded_migrations(url->dialect);
  Result<std::vector<std::string>> applied = url->dialect == Dialect::kPostgres
                                                 ? migrate_postgres(url->target, known)
                                                 : migrate_sqlite(url->target, known);
  if (!applied) {
    return blame_setting(applied.error());
  }
  return applied;
}

}  // namespace likes::store
