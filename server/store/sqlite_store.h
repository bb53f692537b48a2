#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "server/likes/ledger.h"
#include "server/likes/store.h"
#include "server/store/migrations.h"
#include "server/store/open_store.h"
#include "tools/support/result.h"

namespace likes::store {

/// The file must be there; migrate_sqlite makes it.
[[nodiscard]] Result<std::unique_ptr<domain::Store>> open_sqlite(const std::string& path,
                                                                 const StoreOptions& options);

/// See open_ledger().
[[nodiscard]] std::unique_ptr<domain::Ledger> sqlite_ledger(const std::string& path);

/// See migrate(); tests have other migrations than the embedded ones.
[[nodiscard]] Result<std::vector<std::string>> migrate_sqlite(const std::string& path,
                                                              std::span<const Migration> known);

}  // namespace likes::store
