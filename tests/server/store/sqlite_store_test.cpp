#include "server/store/sqlite_store.h"

#include <SQLiteCpp/Database.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "server/store/open_store.h"
#include "tests/server/store/backends.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace likes::testing {
namespace {

constexpr std::int64_t kHour = 3600;

/// Whether the bytes are anywhere on the disk: in the database or beside it.
template <class Bytes>
bool is_on_disk(const TempDir& folder, const Bytes& bytes) {
  const std::string wanted(bytes.begin(), bytes.end());
  return std::any_of(std::filesystem::directory_iterator(folder.path()), {},
                     [&](const auto& entry) {
                       std::ifstream file(entry.path(), std::ios::binary);
                       const std::string all{std::istreambuf_iterator<char>(file), {}};
                       return all.find(wanted) != std::string::npos;
                     });
}

/// A store with one like.
struct Ground {
  explicit Ground(const store::StoreOptions& options = {}) {
    must(store::migrate(url));
    store = must(store::open_store(url, options));
    must(store->list_posts(std::vector<domain::Post>{{"posts/a", "", {}}}));
    std::generate(like.visitor.hash.begin(), like.visitor.hash.end(),
                  [next = 0xa0]() mutable { return static_cast<unsigned char>(next++); });
    must(store->record(std::vector<domain::Like>{like}));
  }

  TempDir folder;
  std::string url = "sqlite:" + (folder.path() / "likes.sqlite").string();
  std::unique_ptr<domain::Store> store;
  domain::Like like{"posts/a", {}, 0, 1};
};

TEST_CASE("what is forgotten is on no page of the file, nor in its log") {
  const Ground ground;
  const auto& [folder, url, store, like] = ground;
  const domain::VisitorKey key = must(store->visitor_key(0, kHour));
  REQUIRE(is_on_disk(folder, like.visitor.hash));
  REQUIRE(is_on_disk(folder, key));

  must(store->forget_visitors(kHour));
  CHECK_FALSE(is_on_disk(folder, like.visitor.hash));
  CHECK(is_on_disk(folder, key));
  CHECK(must(store->visitor_key(kHour, kHour)) != key);
  CHECK_FALSE(is_on_disk(folder, key));
}

TEST_CASE("who liked and took it back is not in the log for longer than others are") {
  const Ground ground;
  must(ground.store->forget_visitors(0));  // What a crash left there.
  must(ground.store->take_back(ground.like));
  REQUIRE(is_on_disk(ground.folder, ground.like.visitor.hash));
  must(ground.store->forget_visitors(0));
  CHECK_FALSE(is_on_disk(ground.folder, ground.like.visitor.hash));
}

TEST_CASE("whose likes were purged is not in the log") {
  const Ground ground;
  const std::unique_ptr<domain::Ledger> ledger = must(store::open_ledger(ground.url));
  CHECK(must(ledger->purge({.key = "posts/a"}, false)).size() == 1);
  CHECK_FALSE(is_on_disk(ground.folder, ground.like.visitor.hash));
}

TEST_CASE("what fails is counted") {
  const store::StoreOptions options{.patience = std::chrono::milliseconds{1}};
  const Ground ground(options);
  CHECK(options.figures->connections > 0);
  CHECK(options.figures->errors == 0);
  SQLite::Database other(ground.folder.path() / "likes.sqlite", SQLite::OPEN_READWRITE);
  other.exec("begin immediate");
  CHECK_FALSE(ground.store->record(std::vector{ground.like}).has_value());
  CHECK(options.figures->errors == 1);
}

}  // namespace
}  // namespace likes::testing
