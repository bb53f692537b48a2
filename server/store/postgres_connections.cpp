#include "server/store/postgres_connections.h"

#include <algorithm>
#include <utility>

#include "server/store/database_url.h"
#include "server/store/pqxx_adapter.h"

namespace likes::store {
namespace {

/// What libpq is told unless the address says otherwise: not to wait for a host that is gone.
std::string with_defaults(const std::string& url) {
  std::string full = with_parameter(url, "connect_timeout", "5");
  full = with_parameter(std::move(full), "tcp_user_timeout", "15000");
  // Of several hosts, and after a failover, the one that takes likes.
  full = with_parameter(std::move(full), "target_session_attrs", "read-write");
  return with_parameter(std::move(full), "fallback_application_name", "likes-server");
}

/// Whether the state means that this connection is of no more use: it was lost, the server is
/// shutting down, or the server has become a standby. An error without a state is not the server's
/// but libpq's, which found the connection closed (and may still call it open).
bool is_loss(const std::string& state) {
  return state.empty() || state.starts_with("08") || state.starts_with("57P") || state == "25006";
}

/// Whether trying again later can help: too few resources, given up waiting, cancelled.
bool is_temporary(const std::string& state) {
  return state.starts_with("53") || state.starts_with("55") || state.starts_with("57") ||
         state.starts_with("58") || state.starts_with("40");
}

/// A database without the schema is told as such by whoever asks for it first, and not here, where
/// libpqxx 7 finds it out (6 prepares a statement only when it is run).
void prepare(pqxx::connection& connection, const PostgresConnections::Session& session) {
  try {
    for (const auto& [name, sql] : session.prepared) {
      connection.prepare(name, sql);
    }
  } catch (const pqxx::undefined_table&) {
  } catch (const pqxx::undefined_column&) {
  }
}

}  // namespace

struct PostgresConnections::Attempt {
  Ended ended;
  bool connection_lost = false;
};

PostgresConnections::PostgresConnections(std::string url, const StoreOptions& options,
                                         Session session)
    : url_(std::move(url)),
      options_(options),
      session_(std::move(session)),
      pool_(options.connections, options.patience) {}

Result<void> PostgresConnections::run(const Work& work) {
  return run_on_one([&work](pqxx::connection& connection, bool& may_have_happened) {
           pqxx::work transaction(connection);
           work(transaction);
           may_have_happened = true;
           transaction.commit();
         })
      .result;
}

PostgresConnections::Ended PostgresConnections::run_alone(const Statement& statement) {
  return run_on_one([&statement](pqxx::connection& connection, bool& may_have_happened) {
    pqxx::nontransaction alone(connection);
    may_have_happened = true;
    statement(alone);
  });
}

PostgresConnections::Ended PostgresConnections::run_on_one(const Try& to_try) {
  for (bool again = false;; again = true) {
    Result<std::unique_ptr<pqxx::connection>> taken = pool_.take();
    if (!taken) {
      return {tl::unexpected<Error>(taken.error())};
    }
    std::unique_ptr<pqxx::connection> connection = std::move(*taken);
    if (again) {
      connection.reset();
    }
    const bool was_kept = connection != nullptr;
    if (!was_kept) {
      Result<std::unique_ptr<pqxx::connection>> made = connect();
      if (!made) {
        pool_.give_back(nullptr);
        return {tl::unexpected<Error>(made.error())};
      }
      connection = std::move(*made);
    }
    const Attempt tried = attempt(*connection, to_try);
    pool_.give_back(tried.connection_lost ? nullptr : std::move(connection));
    if (!tried.connection_lost) {
      return tried.ended;
    }
    // What one kept connection met (a restart, a failover), the others have met as well.
    pool_.clear();
    if (!was_kept || tried.ended.in_doubt) {
      return tried.ended;
    }
  }
}

Result<std::unique_ptr<pqxx::connection>> PostgresConnections::connect() const {
  try {
    auto connection = std::make_unique<pqxx::connection>(with_defaults(url_));
    keep_closed_when_lost(*connection);
    const std::string patience = std::to_string(options_.patience.count());
    std::string settings =
        "set client_min_messages to warning; set client_encoding to 'UTF8'; "
        "set datestyle to 'ISO';";
    for (const char* timeout :
         {"statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"}) {
      settings.append(" set ").append(timeout).append(" to ").append(patience).append(";");
    }
    // An answered like is on disk. Stricter settings (a synchronous standby) are left alone.
    settings +=
        " select set_config('synchronous_commit', 'on', false) "
        "where current_setting('synchronous_commit') = 'off'";
    // What we ask is never worth compiling, whatever the planner makes of it.
    settings.append("; set jit to off; ").append(session_.settings);
    pqxx::nontransaction(*connection).exec(settings);
    prepare(*connection, session_);
    ++options_.figures->connections;
    return connection;
  } catch (const std::exception& e) {
    ++options_.figures->errors;
    return tl::unexpected<Error>(
        error(ErrorCode::kUnavailable, "cannot connect to " + redact_url(url_) + ": " + e.what()));
  }
}

PostgresConnections::Attempt PostgresConnections::attempt(pqxx::connection& connection,
                                                          const Try& to_try) const {
  bool may_have_happened = false;
  const auto failed = [&](ErrorCode code, const std::string& reason, bool lost) {
    ++options_.figures->errors;
    return Attempt{{tl::unexpected<Error>(error(code, reason)), lost && may_have_happened}, lost};
  };
  try {
    to_try(connection, may_have_happened);
    return {};
  } catch (const pqxx::in_doubt_error& e) {
    return failed(ErrorCode::kUnavailable, e.what(), true);
  } catch (const pqxx::broken_connection& e) {
    return failed(ErrorCode::kUnavailable, e.what(), true);
  } catch (const pqxx::transaction_rollback& e) {
    return failed(ErrorCode::kUnavailable, e.what(), !connection.is_open());
  } catch (const pqxx::sql_error& e) {
    const bool lost = is_loss(e.sqlstate()) || !connection.is_open();
    const bool temporary = lost || is_temporary(e.sqlstate());
    return failed(temporary ? ErrorCode::kUnavailable : ErrorCode::kInternal, e.what(), lost);
  } catch (const std::exception& e) {
    const bool lost = !connection.is_open();
    return failed(lost ? ErrorCode::kUnavailable : ErrorCode::kInternal, e.what(), lost);
  }
}

Error PostgresConnections::error(ErrorCode code, const std::string& reason) const {
  return {code, "PostgreSQL: " + safe_message(reason, url_)};
}

}  // namespace likes::store
