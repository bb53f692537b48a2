#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/likes/ledger.h"
#include "server/likes/store.h"
#include "tools/support/result.h"

namespace likes::store {

/// What a store tells of its own life, for metrics.
struct StoreFigures {
  std::atomic<std::uint64_t> connections{0};  ///< Opened so far.
  std::atomic<std::uint64_t> errors{0};       ///< Transactions and attempts to connect that failed.
};

struct StoreOptions {
  /// How long a call waits for a lock, a free connection or a slow statement before it is
  /// kUnavailable.
  std::chrono::milliseconds patience{5000};
  /// Connections kept at most; with SQLite, those that read.
  std::size_t connections = 8;
  std::shared_ptr<StoreFigures> figures = std::make_shared<StoreFigures>();
};

/// Opens the database that DATABASE_URL names: `postgresql://…` (libpq's own form, several hosts
/// allowed) or `sqlite:PATH`. It must have been migrated; messages start with `DATABASE_URL: ` and
/// never hold a password.
[[nodiscard]] Result<std::unique_ptr<domain::Store>> open_store(const std::string& database_url,
                                                                const StoreOptions& options = {});

/// The same database for its keeper; likes need no server to be dealt with.
[[nodiscard]] Result<std::unique_ptr<domain::Ledger>> open_ledger(const std::string& database_url);

/// Makes the database's schema the one that this program needs, and a SQLite file that is not there
/// yet. Gives the names of the migrations that were applied now: none when nothing was to do.
[[nodiscard]] Result<std::vector<std::string>> migrate(const std::string& database_url);

/// The same address without its passwords, for logs and messages.
[[nodiscard]] std::string redact_url(std::string_view database_url);

}  // namespace likes::store
