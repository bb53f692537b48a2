#pragma once

#include <functional>
#include <pqxx/pqxx>
#include <string>
#include <utility>

#include "server/store/shared_sql.h"

/// The one place that knows in what libpqxx 6.4 (Debian 12), 7.10 (Debian 13) and later differ.
namespace likes::store {

inline Rows to_rows(const pqxx::result& result) {
  Rows rows;
  for (const auto& row : result) {
    std::vector<std::string>& fields = rows.emplace_back();
    for (const auto& field : row) {
      fields.emplace_back(field.is_null() ? "" : field.c_str());
    }
  }
  return rows;
}

/// Runs one statement with its parameters $1, $2, … and gives the fields as text, nulls as "".
template <class... Parameters>
Rows query(pqxx::work& transaction, const std::string& sql, const Parameters&... parameters) {
  if constexpr (sizeof...(parameters) == 0) {
    return to_rows(transaction.exec(sql));
  } else {
#if PQXX_VERSION_MAJOR > 7 || (PQXX_VERSION_MAJOR == 7 && PQXX_VERSION_MINOR >= 10)
    return to_rows(transaction.exec(sql, pqxx::params{parameters...}));
#else
    return to_rows(transaction.exec_params(sql, parameters...));
#endif
  }
}

/// Runs a statement that was prepared under this name with its parameters, as a transaction by
/// itself.
template <class... Parameters>
Rows query_prepared(pqxx::nontransaction& alone, const char* name,
                    const Parameters&... parameters) {
#if PQXX_VERSION_MAJOR > 7 || (PQXX_VERSION_MAJOR == 7 && PQXX_VERSION_MINOR >= 10)
  return to_rows(alone.exec(pqxx::prepped{name}, pqxx::params{parameters...}));
#else
  return to_rows(alone.exec_prepared(name, parameters...));
#endif
}

/// Hears what is told on one channel, as long as it lives, whenever the connection is asked to wait
/// for notifications. (Later versions advise against this class, and version 6 has no other.)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
class Listener : public pqxx::notification_receiver {
 public:
  using Hear = std::function<void(const std::string& message)>;

  Listener(pqxx::connection& connection, const std::string& channel, Hear hear)
      : pqxx::notification_receiver(connection, channel), hear_(std::move(hear)) {}
  void operator()(const std::string& message, int /*sender*/) override { hear_(message); }

 private:
  Hear hear_;
};
#pragma GCC diagnostic pop

/// Version 6 would quietly connect again after a loss, without the settings of the session.
inline void keep_closed_when_lost([[maybe_unused]] pqxx::connection& connection) {
#if PQXX_VERSION_MAJOR < 7
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  connection.inhibit_reactivation(true);
#pragma GCC diagnostic pop
#endif
}

}  // namespace likes::store
