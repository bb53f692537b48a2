#pragma once

#include <SQLiteCpp/Database.h>

#include <functional>
#include <memory>
#include <string>

#include "server/store/open_store.h"
#include "server/store/pool.h"
#include "server/store/shared_sql.h"
#include "tools/support/result.h"

namespace likes::store {

/// One SQLite file: one connection that writes, several that read meanwhile. Exceptions of
/// SQLiteCpp end here. Other processes may use the file at the same time.
class SqliteDatabase {
 public:
  using Work = std::function<void(SQLite::Database&)>;

  enum class Mode { kExisting, kCreate };

  SqliteDatabase(std::string path, Mode mode, const StoreOptions& options);

  /// Runs `work` in one transaction that may write, and commits it.
  [[nodiscard]] Result<void> write(const Work& work);

  /// Runs `work` in one transaction that sees the database as it was at one moment.
  [[nodiscard]] Result<void> read(const Work& work);

  /// Empties the write-ahead log, where whatever was overwritten and deleted still stands.
  [[nodiscard]] Result<void> empty_log();

  /// Whether anything but write() may have changed the file since the last question.
  [[nodiscard]] Result<bool> was_changed_by_others();

 private:
  using Connections = Pool<SQLite::Database>;

  [[nodiscard]] std::unique_ptr<SQLite::Database> connect() const;
  enum class Access { kRead, kWrite, kLook };
  [[nodiscard]] Result<void> run(Connections& pool, Access access, const Work& work);

  const std::string path_;
  const Mode mode_;
  const StoreOptions options_;
  Connections writer_;
  Connections readers_;
  std::string seen_version_;                   ///< Of the file, as the writer sees it.
  const SQLite::Database* seen_by_ = nullptr;  ///< Another writer counts otherwise.
};

/// Asks one question; see Ask.
[[nodiscard]] Rows query(SQLite::Database& database, const std::string& sql);

}  // namespace likes::store
