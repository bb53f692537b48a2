#pragma once

#include <SQLiteCpp/Database.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "server/store/migrations.h"
#include "server/store/open_store.h"
#include "server/store/postgres_store.h"
#include "server/store/sqlite_store.h"
#include "tests/support/catch.h"
#include "tests/support/postgres.h"
#include "tests/support/temp_dir.h"

namespace likes::testing {

/// A database of its own for one test, empty at first. Both kinds have the same members, so that
/// one test runs on both.
class OnSqlite {
 public:
  [[nodiscard]] std::string url() const { return "sqlite:" + path(); }

  void execute(const std::string& sql) const {
    SQLite::Database database(path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 60'000);
    database.exec("pragma foreign_keys = on");
    database.exec(sql);
  }

  [[nodiscard]] Result<std::vector<std::string>> migrate(
      std::span<const store::Migration> known) const {
    return store::migrate_sqlite(path(), known);
  }

  /// What messages call this database.
  [[nodiscard]] std::string name() const { return "SQLite: " + path(); }

 private:
  [[nodiscard]] std::string path() const { return (folder_.path() / "likes.sqlite").string(); }

  TempDir folder_;
};

class OnPostgres {
 public:
  [[nodiscard]] std::string url() const { return url_; }

  void execute(const std::string& sql) const { PostgresServer::execute(url_, sql); }

  [[nodiscard]] Result<std::vector<std::string>> migrate(
      std::span<const store::Migration> known) const {
    return store::migrate_postgres(url_, known);
  }

  [[nodiscard]] std::string name() const { return "PostgreSQL"; }

 private:
  std::string url_ = PostgresServer::shared().new_database();
};

/// The value, or a failed test that says why there is none.
template <class T>
T must(Result<T> result) {
  if (!result) {
    FAIL(result.error().to_string());
  }
  if constexpr (!std::is_void_v<T>) {
    return std::move(*result);
  }
}

/// Runs `work` with 0 to count - 1, each in a thread of its own.
inline void in_threads(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::vector<std::thread> threads;
  threads.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    threads.emplace_back(work, i);
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
}

/// A store on a migrated database of its own.
template <class Backend>
struct Opened {
  explicit Opened(const store::StoreOptions& options = {}) {
    must(store::migrate(backend.url()));
    store = must(store::open_store(backend.url(), options));
  }

  Backend backend;
  std::unique_ptr<domain::Store> store;
};

}  // namespace likes::testing
