#pragma once

#include <functional>
#include <map>
#include <memory>
#include <pqxx/pqxx>
#include <string>
#include <utility>

#include "server/store/open_store.h"
#include "server/store/pool.h"
#include "tools/support/result.h"

namespace likes::store {

/// Connections to one PostgreSQL database (or one cluster of them: libpq picks the host). One that
/// breaks is dropped, and the next call opens a new one. Exceptions of libpqxx end here.
class PostgresConnections {
 public:
  /// May run twice, when a kept connection turns out to be dead; so it starts from nothing.
  using Work = std::function<void(pqxx::work&)>;
  using Statement = std::function<void(pqxx::nontransaction&)>;

  /// What each connection begins with.
  struct Session {
    /// Statements that come again and again, prepared by their names, once.
    std::map<const char*, const char*> prepared = {};
    const char* settings = "";  ///< In SQL.
  };

  PostgresConnections(std::string url, const StoreOptions& options, Session session);
  PostgresConnections(std::string url, const StoreOptions& options)
      : PostgresConnections(std::move(url), options, Session{}) {}

  /// How a transaction ended.
  struct Ended {
    Result<void> result;
    bool in_doubt = false;  ///< It was sent and never answered: it may have happened.
  };

  /// Runs `work` in one transaction and commits it. When that fails, it may be done again whatever
  /// became of it.
  [[nodiscard]] Result<void> run(const Work& work);
  /// Runs one statement that is a transaction by itself: one message there and one back.
  [[nodiscard]] Ended run_alone(const Statement& statement);

  /// A connection of the caller's own, outside of the number of those that are kept.
  [[nodiscard]] Result<std::unique_ptr<pqxx::connection>> connect() const;

  /// An error with the library's words for it, without secrets.
  [[nodiscard]] Error error(ErrorCode code, const std::string& reason) const;

 private:
  struct Attempt;
  /// Says from when on it may have happened, whatever comes back.
  using Try = std::function<void(pqxx::connection& connection, bool& may_have_happened)>;

  [[nodiscard]] Ended run_on_one(const Try& to_try);
  [[nodiscard]] Attempt attempt(pqxx::connection& connection, const Try& to_try) const;
  const std::string url_;
  const StoreOptions options_;
  const Session session_;
  Pool<pqxx::connection> pool_;
};

}  // namespace likes::store
