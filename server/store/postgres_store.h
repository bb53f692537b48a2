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

[[nodiscard]] Result<std::unique_ptr<domain::Store>> open_postgres(const std::string& url,
                                                                   const StoreOptions& options);

/// See open_ledger().
[[nodiscard]] std::unique_ptr<domain::Ledger> postgres_ledger(const std::string& url);

/// See migrate(); tests have other migrations than the embedded ones.
[[nodiscard]] Result<std::vector<std::string>> migrate_postgres(const std::string& url,
                                                                std::span<const Migration> known);

}  // namespace likes::store
