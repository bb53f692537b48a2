#include "server/store/sqlite_database.h"

#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <sqlite3.h>

#include <utility>

namespace likes::store {
namespace {

/// The file, or the disk below it, is away or in use: trying again later can help.
bool is_temporary(int code) {
  switch (code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_PROTOCOL:
      return true;
    default:
      return false;
  }
}

}  // namespace

SqliteDatabase::SqliteDatabase(std::string path, Mode mode, const StoreOptions& options)
    : path_(std::move(path)),
      mode_(mode),
      options_(options),
      writer_(1, options.patience),
      readers_(options.connections, options.patience) {}

Result<void> SqliteDatabase::write(const Work& work) {
  return run(writer_, Access::kWrite, work);
}

Result<void> SqliteDatabase::read(const Work& work) {
  return run(readers_, Access::kRead, work);
}

Result<bool> SqliteDatabase::was_changed_by_others() {
  bool changed = false;
  const Result<void> done = run(writer_, Access::kLook, [&](SQLite::Database& database) {
    // The number does not change with what this connection itself commits.
    const std::string version = query(database, "pragma data_version")[0][0];
    changed = version != seen_version_ || &database != seen_by_;
    seen_version_ = version;
    seen_by_ = &database;
  });
  if (!done) {
    return tl::unexpected<Error>(done.error());
  }
  return changed;
}

Result<void> SqliteDatabase::empty_log() {
  return run(writer_, Access::kLook,
             [](SQLite::Database& database) { database.exec("pragma wal_checkpoint(truncate)"); });
}

std::unique_ptr<SQLite::Database> SqliteDatabase::connect() const {
  const int flags = SQLite::OPEN_READWRITE | (mode_ == Mode::kCreate ? SQLite::OPEN_CREATE : 0);
  auto database =
      std::make_unique<SQLite::Database>(path_, flags, static_cast<int>(options_.patience.count()));
  // An answered like is on disk (full), and readers do not wait for it to get there (wal).
  if (query(*database, "pragma journal_mode")[0][0] != "wal") {
    database->exec("pragma journal_mode = wal");
  }
  database->exec("pragma synchronous = full");
  database->exec("pragma foreign_keys = on");
  // What is deleted is gone, and not only let go of.
  database->exec("pragma secure_delete = on");
  return database;
}

Result<void> SqliteDatabase::run(Connections& pool, Access access, const Work& work) {
  Result<std::unique_ptr<SQLite::Database>> taken = pool.take();
  if (!taken) {
    return tl::unexpected<Error>(taken.error());
  }
  std::unique_ptr<SQLite::Database> database = std::move(*taken);
  const auto failed = [&](ErrorCode code, const std::string& reason) {
    // Whatever has happened to this connection, the next call gets a new one.
    database.reset();
    pool.give_back(nullptr);
    ++options_.figures->errors;
    return fail(code, "SQLite: " + path_ + ": " + reason);
  };
  try {
    if (!database) {
      database = connect();
      ++options_.figures->connections;
    }
    if (access == Access::kLook) {
      work(*database);
    } else {
      // A transaction that will write takes its lock at once: one that had read before could be
      // refused it without waiting.
      SQLite::Transaction transaction(*database, access == Access::kWrite
                                                     ? SQLite::TransactionBehavior::IMMEDIATE
                                                     : SQLite::TransactionBehavior::DEFERRED);
      work(*database);
      transaction.commit();
    }
  } catch (const SQLite::Exception& e) {
    return failed(is_temporary(e.getErrorCode()) ? ErrorCode::kUnavailable : ErrorCode::kInternal,
                  e.what());
  } catch (const std::exception& e) {
    return failed(ErrorCode::kInternal, e.what());
  }
  pool.give_back(std::move(database));
  return {};
}

Rows query(SQLite::Database& database, const std::string& sql) {
  SQLite::Statement statement(database, sql);
  Rows rows;
  while (statement.executeStep()) {
    std::vector<std::string>& fields = rows.emplace_back();
    for (int i = 0; i < statement.getColumnCount(); ++i) {
      fields.push_back(statement.getColumn(i).getString());
    }
  }
  return rows;
}

}  // namespace likes::store
