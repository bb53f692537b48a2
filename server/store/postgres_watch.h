#pragma once

#include <chrono>
#include <memory>
#include <pqxx/pqxx>
#include <string>

#include "server/likes/store.h"
#include "server/store/postgres_connections.h"
#include "server/store/pqxx_adapter.h"
#include "tools/support/result.h"

namespace likes::store {

/// Listens to what migrations/0003-changes-postgres.sql and 0006-tellers-postgres.sql speak of, on
/// a connection of its own. A connection that is lost is replaced at once; an error means that it
/// cannot be.
class PostgresWatch : public domain::Watch {
 public:
  explicit PostgresWatch(PostgresConnections& connections) : connections_(connections) {}

  [[nodiscard]] Result<domain::Changes> wait(std::chrono::milliseconds at_most) override;

 private:
  [[nodiscard]] Result<void> connect();

  PostgresConnections& connections_;
  domain::Changes heard_;
  std::chrono::steady_clock::time_point last_sign_;  ///< Of life, from the database.
  std::unique_ptr<pqxx::connection> connection_;
  std::unique_ptr<Listener> listener_;
};

/// Adds what one message says; one that is not understood says that everything may have changed.
void add_message(const std::string& message, domain::Changes& changes);

}  // namespace likes::store
