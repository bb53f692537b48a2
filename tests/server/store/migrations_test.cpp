#include "server/store/migrations.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "tests/server/store/backends.h"
#include "tests/support/catch.h"

namespace likes::testing {
namespace {

using store::AppliedMigration;
using store::Dialect;
using store::Migration;

constexpr Migration kOne = {1, "0001-one", "1111111111111111", "create table one (a integer)"};
constexpr Migration kTwo = {2, "0002-two", "2222222222222222",
                            "create table two (a integer); insert into two values (2)"};
constexpr Migration kThree = {3, "0003-three", "3333333333333333",
                              "create table three (a integer)"};
constexpr Migration kBroken = {2, "0002-broken", "bbbb",
                               "create table half (a integer); create tabel rest (a integer)"};

std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// What a new database is given; both dialects have the same names.
std::vector<std::string> names_of_all() {
  std::vector<std::string> names;
  for (const Migration& migration : store::embedded_migrations(store::Dialect::kSqlite)) {
    names.emplace_back(migration.name);
  }
  return names;
}

}  // namespace

TEST_CASE("the files of migrations/ are numbered without a gap, and dialects come in pairs") {
  const std::filesystem::path folder = std::filesystem::path(LIKES_SOURCE_DIR) / "migrations";
  std::set<std::string> unseen;
  for (const std::filesystem::directory_entry& file : std::filesystem::directory_iterator(folder)) {
    unseen.insert(file.path().filename().string());
  }
  REQUIRE_FALSE(unseen.empty());
  const std::span<const Migration> postgres = embedded_migrations(Dialect::kPostgres);
  const std::span<const Migration> sqlite = embedded_migrations(Dialect::kSqlite);
  REQUIRE(postgres.size() == sqlite.size());
  for (std::size_t i = 0; i < postgres.size(); ++i) {
    const std::string name(postgres[i].name);
    CHECK(postgres[i].number == static_cast<int>(i) + 1);
    CHECK(sqlite[i].number == postgres[i].number);
    CHECK(sqlite[i].name == name);
    CHECK(std::stoi(name.substr(0, 4)) == postgres[i].number);
    const bool is_shared = unseen.count(name + ".sql") > 0;
    const std::string postgres_file = name + (is_shared ? ".sql" : "-postgres.sql");
    const std::string sqlite_file = name + (is_shared ? ".sql" : "-sqlite.sql");
    CHECK(text_of(folder / postgres_file) == postgres[i].sql);
    CHECK(text_of(folder / sqlite_file) == sqlite[i].sql);
    CHECK((postgres[i].checksum == sqlite[i].checksum) == is_shared);
    CHECK(postgres[i].checksum.size() == 64);
    unseen.erase(postgres_file);
    unseen.erase(sqlite_file);
  }
  CHECK(unseen == std::set<std::string>{});
}

TEST_CASE("the database and the program must tell the same story") {
  struct Case {
    const char* name;
    std::vector<AppliedMigration> applied;
    std::size_t pending;
    std::string message;  ///< "" when they agree.
  };
  const std::string wrong = "the database's schema is not this program's: ";
  const Case cases[] = {
      {"nothing applied", {}, 2, ""},
      {"one applied", {{1, "0001-one", "1111111111111111"}}, 1, ""},
      {"all applied",
       {{1, "0001-one", "1111111111111111"}, {2, "0002-two", "2222222222222222"}},
       0,
       ""},
      {"changed",
       {{1, "0001-one", "f00df00df00df00d"}},
       0,
       wrong + "migration 0001-one was changed after it was applied (found checksum f00df00df00d, "
               "wanted 111111111111)"},
      {"renamed",
       {{1, "0001-uno", "1111111111111111"}},
       0,
       wrong + "migration 0001-uno is applied, but the program does not have it"},
      {"left out",
       {{2, "0002-two", "2222222222222222"}},
       0,
       wrong + "migration 0001-one was left out, but 0002-two is applied"},
      {"before the first",
       {{0, "0000-zero", "0"}},
       0,
       wrong + "migration 0000-zero is applied, but the program does not have it"},
      {"newer",
       {{1, "0001-one", "1111111111111111"},
        {2, "0002-two", "2222222222222222"},
        {3, "0003-three", "3"}},
       0,
       wrong + "migration 0003-three was applied by a newer program; this one knows 2 migrations"},
  };
  const Migration known[] = {kOne, kTwo};
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Result<std::span<const Migration>> pending = pending_migrations(known, c.applied);
      REQUIRE(pending.has_value() == c.message.empty());
      if (pending) {
        CHECK(pending->size() == c.pending);
        CHECK(check_migrated(known, c.applied).has_value() == (c.pending == 0));
      } else {
        CHECK(pending.error().code == ErrorCode::kInvalid);
        CHECK(pending.error().message == c.message);
        CHECK(check_migrated(known, c.applied).error().message == c.message);
      }
    }
  }
  CHECK(check_migrated(known, {}).error().message ==
        "the database has not been migrated: 0001-one is missing; run: likes-server migrate");
}

TEMPLATE_TEST_CASE("migrations are applied once each", "[migrate]", OnSqlite, OnPostgres) {
  const TestType backend;
  CHECK(must(store::migrate(backend.url())) == names_of_all());
  CHECK(must(store::migrate(backend.url())).empty());
  backend.execute("update posts set total = 0");
}

TEMPLATE_TEST_CASE("new migrations are applied after the old ones", "[migrate]", OnSqlite,
                   OnPostgres) {
  const TestType backend;
  const std::array old = {kOne};
  const std::array both = {kOne, kTwo};
  CHECK(must(backend.migrate(old)) == std::vector<std::string>{"0001-one"});
  CHECK(must(backend.migrate(both)) == std::vector<std::string>{"0002-two"});
  CHECK(must(backend.migrate(both)).empty());

  const Result<std::vector<std::string>> newer = backend.migrate(old);
  REQUIRE_FALSE(newer.has_value());
  CHECK(newer.error().code == ErrorCode::kInvalid);
  CHECK(newer.error().message ==
        "the database's schema is not this program's: migration 0002-two was applied by a newer "
        "program; this one knows 1 migrations");
}

TEMPLATE_TEST_CASE("likes of an older schema go on counting, once each", "[migrate]", OnSqlite,
                   OnPostgres) {
  constexpr std::size_t kOldOnes = 4;
  const TestType backend;
  const std::span<const Migration> all = embedded_migrations(
      std::is_same_v<TestType, OnSqlite> ? Dialect::kSqlite : Dialect::kPostgres);
  must(backend.migrate(all.first(kOldOnes)));
  const std::string visitor(32, '7');
  const std::string hash = std::is_same_v<TestType, OnSqlite> ? "x'" + visitor + "'"
                                                              : "decode('" + visitor + "', 'hex')";
  backend.execute(
      "insert into posts (id, key, listed, total) values (1, 'posts/a', true, 2); "
      "insert into likes (post_id, visitor, window_start, liked_at) values (1, " +
      hash + ", 3600, 3601), (1, null, 0, 5); " +
      "insert into like_days (post_id, day, likes) values (1, '1970-01-01', 2)");

  CHECK(must(store::migrate(backend.url())).size() == all.size() - kOldOnes);
  const std::unique_ptr<domain::Store> store = must(store::open_store(backend.url()));
  domain::Like like{"posts/a", {}, 3600, 3700};
  like.visitor.hash.fill(0x77);
  CHECK(must(store->record(std::vector{like}))[0].outcome == domain::LikeOutcome::kAlreadyLiked);
  like.visitor.hash.fill(0x78);
  CHECK(must(store->record(std::vector{like}))[0].total == 3);
  CHECK(must(store->verify()).empty());
  must(store->forget_visitors(7200));
  like.visitor.hash.fill(0x77);
  CHECK(must(store->record(std::vector{like}))[0].total == 4);
}

TEMPLATE_TEST_CASE("a changed or missing migration stops the program", "[migrate]", OnSqlite,
                   OnPostgres) {
  struct Case {
    const char* name;
    const char* sql;
    const char* message;
  };
  const std::string wrong = "DATABASE_URL: the database's schema is not this program's: ";
  const Case cases[] = {
      {"changed", "update schema_migrations set checksum = 'f00df00df00df00d' where number = 1",
       "migration 0001-posts was changed after it was applied (found checksum f00df00df00d, "
       "wanted "},
      {"missing here", "update schema_migrations set name = '0002-hearts' where number = 2",
       "migration 0002-hearts is applied, but the program does not have it"},
      {"missing there", "delete from schema_migrations where number = 1",
       "migration 0001-posts was left out, but 0002-likes is applied"},
      {"newer",
       "insert into schema_migrations (number, name, checksum, applied_at) "
       "values (9999, '9999-later', 'c', '')",
       "migration 9999-later was applied by a newer program; this one knows "},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Opened<TestType> opened;
      must(opened.store->ping());
      opened.backend.execute(c.sql);
      const Error migrated = store::migrate(opened.backend.url()).error();
      CHECK(migrated.code == ErrorCode::kInvalid);
      CHECK(migrated.message.starts_with(wrong + c.message));
      CHECK(store::open_store(opened.backend.url()).error().message == migrated.message);
      CHECK("DATABASE_URL: " + opened.store->ping().error().message == migrated.message);
    }
  }
}

TEMPLATE_TEST_CASE("a migration that fails leaves nothing behind", "[migrate]", OnSqlite,
                   OnPostgres) {
  const TestType backend;
  const std::array broken = {kOne, kBroken, kThree};
  const Result<std::vector<std::string>> failed = backend.migrate(broken);
  REQUIRE_FALSE(failed.has_value());
  CHECK(failed.error().code == ErrorCode::kInternal);
  CHECK(failed.error().message.find("syntax error") != std::string::npos);
  CHECK(failed.error().message.find("tabel") != std::string::npos);
  CHECK_THROWS(backend.execute("insert into half values (1)"));
  backend.execute("insert into one values (1)");
  const std::array mended = {kOne, kTwo, kThree};
  CHECK(must(backend.migrate(mended)) == std::vector<std::string>{"0002-two", "0003-three"});
}

TEMPLATE_TEST_CASE("programs that migrate at the same time share the work", "[migrate]", OnSqlite,
                   OnPostgres) {
  const TestType backend;
  constexpr std::size_t kPrograms = 8;
  std::vector<Result<std::vector<std::string>>> results(kPrograms);
  in_threads(kPrograms, [&](std::size_t i) { results[i] = store::migrate(backend.url()); });
  std::vector<std::string> applied;
  for (const Result<std::vector<std::string>>& result : results) {
    const std::vector<std::string> names = must(result);
    applied.insert(applied.end(), names.begin(), names.end());
  }
  std::sort(applied.begin(), applied.end());
  CHECK(applied == names_of_all());
  must(store::open_store(backend.url()));
}

TEMPLATE_TEST_CASE("a database that was not migrated is not opened", "[migrate]", OnSqlite,
                   OnPostgres) {
  const TestType backend;
  backend.execute("create table unrelated (a integer)");
  const Result<std::unique_ptr<domain::Store>> opened = store::open_store(backend.url());
  REQUIRE_FALSE(opened.has_value());
  CHECK(opened.error().code == ErrorCode::kUnavailable);
  CHECK(opened.error().message ==
        "DATABASE_URL: the database has not been migrated: 0001-posts is missing; run: "
        "likes-server migrate");
}

}  // namespace likes::testing
