#include "server/store/sqlite_store.h"

#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "server/store/ledger_sql.h"
#include "server/store/random_secret.h"
#include "server/store/shared_sql.h"
#include "server/store/sqlite_database.h"
#include "tools/support/utc_time.h"

namespace likes::store {
namespace {

using domain::Like;
using domain::LikeOutcome;
using domain::LikeResult;
using domain::TakenBack;
using domain::Visitor;
using domain::VisitorKey;

/// Visitors forgotten in one transaction: enough to be quick, few enough not to hold likes up.
constexpr int kForgetAtOnce = 10000;

/// Long enough for another process to finish any migration.
constexpr std::chrono::minutes kMigrationPatience{10};

constexpr DialectWords kWords{"date(liked_at, 'unixepoch')", "hex(likes.visitor)"};

constexpr const char* kFindPost = "select id, total from posts where key = ? and listed";

template <std::size_t kSize>
void bind_bytes(SQLite::Statement& statement, int index,
                const std::array<unsigned char, kSize>& bytes) {
  statement.bind(index, bytes.data(), static_cast<int>(bytes.size()));
}

void bind_like(SQLite::Statement& statement, std::int64_t post_id, const Like& like) {
  statement.bind(1, post_id);
  bind_bytes(statement, 2, like.visitor.hash);
  statement.bind(3, like.window);
}

/// Runs a statement that gives no rows; how many rows it changed.
int run_again(SQLite::Statement& statement) {
  const int changed = statement.exec();
  statement.reset();
  return changed;
}

struct StoredPost {
  std::int64_t id = 0;
  std::int64_t total = 0;
};

std::optional<StoredPost> find_listed(SQLite::Statement& find, const std::string& key) {
  std::optional<StoredPost> post;
  find.bind(1, key);
  if (find.executeStep()) {
    post = {find.getColumn(0).getInt64(), find.getColumn(1).getInt64()};
  }
  find.reset();
  return post;
}

/// Records a batch of likes within the transaction that is under way. Rows go in one by one; totals
/// and days are written once for each post.
class Batch {
 public:
  explicit Batch(SQLite::Database& database)
      : find_(database, kFindPost),
        add_(database,
             "insert into likes (post_id, visitor, window_start, liked_at) values (?, ?, ?, ?) "
             "on conflict do nothing"),
        set_total_(database, "update posts set total = ? where id = ?"),
        add_day_(database,
                 "insert into like_days (post_id, day, likes) values (?, ?, ?) "
                 "on conflict (post_id, day) do update set likes = likes + excluded.likes") {}

  LikeResult record(const Like& like) {
    const auto [entry, is_first] = posts_.try_emplace(like.key);
    if (is_first) {
      entry->second = find_listed(find_, like.key);
    }
    if (!entry->second) {
      return {LikeOutcome::kUnknownPost, 0};
    }
    StoredPost& post = *entry->second;
    bind_like(add_, post.id, like);
    add_.bind(4, like.at);
    if (run_again(add_) == 0) {
      return {LikeOutcome::kAlreadyLiked, post.total};
    }
    ++post.total;
    ++days_[{post.id, utc_day(like.at)}];
    return {LikeOutcome::kRecorded, post.total};
  }

  void finish() {
    for (const auto& [key, post] : posts_) {
      if (post) {
        set_total_.bind(1, post->total);
        set_total_.bind(2, post->id);
        run_again(set_total_);
      }
    }
    for (const auto& [day, likes] : days_) {
      add_day_.bind(1, day.first);
      add_day_.bind(2, day.second);
      add_day_.bind(3, likes);
      run_again(add_day_);
    }
  }

 private:
  SQLite::Statement find_;
  SQLite::Statement add_;
  SQLite::Statement set_total_;
  SQLite::Statement add_day_;
  std::unordered_map<std::string, std::optional<StoredPost>> posts_;
  std::map<std::pair<std::int64_t, std::string>, std::int64_t> days_;
};

void set_listed(SQLite::Database& database, std::span<const domain::Post> posts) {
  std::unordered_set<std::string> unlisted;
  for (const std::vector<std::string>& row :
       query(database, "select key from posts where listed")) {
    unlisted.insert(row[0]);
  }
  SQLite::Statement list(database,
                         "insert into posts (id, key, listed) "
                         "values ((select coalesce(max(id), 0) + 1 from posts), ?, true) "
                         "on conflict (key) do update set listed = true");
  for (const domain::Post& post : posts) {
    if (unlisted.erase(post.key) == 0) {
      list.bind(1, post.key);
      run_again(list);
    }
  }
  SQLite::Statement unlist(database, "update posts set listed = false where key = ?");
  for (const std::string& key : unlisted) {
    unlist.bind(1, key);
    run_again(unlist);
  }
}

void move_likes(SQLite::Database& database, std::span<const domain::Post> posts) {
  SQLite::Statement find_from(database, "select id from posts where key = ? and total > 0");
  SQLite::Statement find_to(database, kFindPost);
  for (const FormerKey& former : former_keys(posts)) {
    find_from.bind(1, former.from);
    const bool has_likes = find_from.executeStep();
    const std::int64_t from = has_likes ? find_from.getColumn(0).getInt64() : 0;
    find_from.reset();
    if (!has_likes) {
      continue;
    }
    const std::optional<StoredPost> to = find_listed(find_to, former.to);
    for (const char* sql : move_statements()) {
      SQLite::Statement statement(database, sql);
      statement.bind("$1", from);
      statement.bind("$2", to.value().id);
      statement.exec();
    }
  }
}

/// When the like that is gone was given; nothing where there was none.
std::optional<std::int64_t> take_back_row(SQLite::Database& database, std::int64_t post_id,
                                          const Like& like) {
  SQLite::Statement take(database,
                         "delete from likes where post_id = ? and visitor = ? "
                         "and window_start = ? returning liked_at");
  bind_like(take, post_id, like);
  if (!take.executeStep()) {
    return std::nullopt;
  }
  const std::int64_t given_at = take.getColumn(0).getInt64();
  // Stepping to the end finishes the deletion.
  while (take.executeStep()) {
  }
  for (const char* sql : {"update like_days set likes = likes - 1 where post_id = ? and day = ?",
                          "delete from like_days where post_id = ? and day = ? and likes = 0"}) {
    SQLite::Statement change(database, sql);
    change.bind(1, post_id);
    change.bind(2, utc_day(given_at));
    change.exec();
  }
  SQLite::Statement change(database, "update posts set total = total - 1 where id = ?");
  change.bind(1, post_id);
  change.exec();
  return given_at;
}

std::optional<std::pair<std::int64_t, VisitorKey>> newest_visitor_key(SQLite::Database& database,
                                                                      std::int64_t window) {
  SQLite::Statement newest(database,
                           "select first_window, secret from visitor_keys "
                           "where first_window <= ? order by first_window desc limit 1");
  newest.bind(1, window);
  if (!newest.executeStep()) {
    return std::nullopt;
  }
  VisitorKey key{};
  const SQLite::Column secret = newest.getColumn(1);
  std::copy_n(static_cast<const unsigned char*>(secret.getBlob()), key.size(), key.begin());
  return std::pair(newest.getColumn(0).getInt64(), key);
}

Ask asking(SQLite::Database& database) {
  return [&database](const std::string& sql) { return query(database, sql); };
}

/// SQLite tells nobody; but to ask it costs next to nothing.
class SqliteWatch : public domain::Watch {
 public:
  explicit SqliteWatch(SqliteDatabase& database) : database_(database) {}

  Result<domain::Changes> wait(std::chrono::milliseconds at_most) override {
    std::this_thread::sleep_for(at_most);
    const Result<bool> changed = database_.was_changed_by_others();
    if (!changed) {
      return tl::unexpected<Error>(changed.error());
    }
    domain::Changes changes;
    changes.everything = *changed;
    return changes;
  }

 private:
  SqliteDatabase& database_;
};

class SqliteStore : public domain::Store {
 public:
  SqliteStore(const std::string& path, const StoreOptions& options)
      : database_(path, SqliteDatabase::Mode::kExisting, options) {}

  Result<void> list_posts(std::span<const domain::Post> posts) override {
    return database_.write([&](SQLite::Database& database) {
      set_listed(database, posts);
      move_likes(database, posts);
    });
  }

  Result<std::vector<LikeResult>> record(std::span<const Like> likes) override {
    std::vector<LikeResult> results;
    const Result<void> done = database_.write([&](SQLite::Database& database) {
      Batch batch(database);
      for (const Like& like : likes) {
        results.push_back(batch.record(like));
      }
      batch.finish();
    });
    if (!done) {
      return tl::unexpected<Error>(done.error());
    }
    return results;
  }

  Result<std::optional<TakenBack>> take_back(const Like& like) override {
    std::optional<TakenBack> taken;
    const Result<void> done = database_.write([&](SQLite::Database& database) {
      SQLite::Statement find(database, kFindPost);
      if (const std::optional<StoredPost> post = find_listed(find, like.key)) {
        const std::optional<std::int64_t> given_at = take_back_row(database, post->id, like);
        log_may_tell_ = log_may_tell_ || given_at.has_value();
        taken = {post->total - (given_at ? 1 : 0), given_at, read_newest(asking(database))};
      }
    });
    if (!done) {
      return tl::unexpected<Error>(done.error());
    }
    return taken;
  }

  Result<std::set<std::string>> liked(std::span<const std::string> keys, const Visitor& visitor,
                                      std::int64_t window) override {
    std::set<std::string> liked;
    const Result<void> done = database_.read([&](SQLite::Database& database) {
      SQLite::Statement find(database,
                             "select 1 from likes join posts on posts.id = likes.post_id "
                             "where posts.key = ? and visitor = ? and window_start = ?");
      for (const std::string& key : keys) {
        find.bind(1, key);
        bind_bytes(find, 2, visitor.hash);
        find.bind(3, window);
        if (find.executeStep()) {
          liked.insert(key);
        }
        find.reset();
      }
    });
    if (!done) {
      return tl::unexpected<Error>(done.error());
    }
    return liked;
  }

  Result<domain::News> read(const domain::Changes& changes, std::int64_t from_window) override {
    domain::News news;
    const Result<void> done = database_.read([&](SQLite::Database& database) {
      news = read_news(asking(database), kWords, changes, from_window);
    });
    if (!done) {
      return tl::unexpected<Error>(done.error());
    }
    return news;
  }

  std::unique_ptr<domain::Watch> watch() override {
    return std::make_unique<SqliteWatch>(database_);
  }

  Result<VisitorKey> visitor_key(std::int64_t window, std::int64_t lifetime_seconds) override {
    VisitorKey key{};
    int outlived = 0;
    Result<void> done = database_.write([&](SQLite::Database& database) {
      std::optional<std::pair<std::int64_t, VisitorKey>> newest =
          newest_visitor_key(database, window);
      if (!newest || window - newest->first >= lifetime_seconds) {
        newest.emplace(window, random_secret());
        SQLite::Statement add(database,
                              "insert into visitor_keys (first_window, secret) values (?, ?)");
        add.bind(1, window);
        bind_bytes(add, 2, newest->second);
        add.exec();
      }
      SQLite::Statement clean(database, "delete from visitor_keys where first_window < ?");
      clean.bind(1, newest->first);
      outlived = clean.exec();
      key = newest->second;
    });
    if (done && outlived > 0) {
      done = database_.empty_log();
    }
    if (!done) {
      return tl::unexpected<Error>(done.error());
    }
    return key;
  }

  Result<void> forget_visitors(std::int64_t before_window) override {
    for (bool more = true; more;) {
      Result<void> done = database_.write([&](SQLite::Database& database) {
        SQLite::Statement forget(database,
                                 "update likes set visitor = null where id in ("
                                 "select id from likes where visitor is not null "
                                 "and window_start < ? limit ?)");
        forget.bind(1, before_window);
        forget.bind(2, kForgetAtOnce);
        const int now = forget.exec();
        log_may_tell_ = log_may_tell_ || now > 0;
        more = now == kForgetAtOnce;
      });
      if (!done) {
        return done;
      }
    }
    // The write-ahead log of a quiet site would keep them for weeks.
    if (!log_may_tell_.exchange(false)) {
      return {};
    }
    Result<void> emptied = database_.empty_log();
    log_may_tell_ = log_may_tell_ || !emptied;
    return emptied;
  }

  Result<domain::Contradictions> verify() override {
    domain::Contradictions found;
    const Result<void> done = database_.read(
        [&](SQLite::Database& database) { found = find_contradictions(asking(database), kWords); });
    if (!done) {
      return tl::unexpected<Error>(done.error());
    }
    return found;
  }

  Result<void> ping() override {
    std::vector<AppliedMigration> applied;
    const Result<void> done = database_.read([&](SQLite::Database& database) {
      if (database.tableExists("schema_migrations")) {
        applied = read_applied(asking(database));
      }
    });
    return done ? check_migrated(embedded_migrations(Dialect::kSqlite), applied) : done;
  }

 private:
  SqliteDatabase database_;
  /// Of visitors who were forgotten or took their like back, here or before a crash.
  std::atomic<bool> log_may_tell_ = true;
};

class SqliteLedger : public domain::Ledger {
 public:
  explicit SqliteLedger(const std::string& path)
      : database_(path, SqliteDatabase::Mode::kExisting, patient()) {}

  Result<bool> has_post(const std::string& key) override {
    return change<bool>([&](const Ask& ask) { return store::has_post(ask, key); });
  }

  Result<std::vector<domain::DayOfLikes>> purge(const domain::Selection& selection,
                                                bool dry_run) override {
    Result<std::vector<domain::DayOfLikes>> purged = change<std::vector<domain::DayOfLikes>>(
        [&](const Ask& ask) { return purge_likes(ask, kWords, selection, dry_run); });
    if (purged && !dry_run) {
      // It is done, whether or not a reader holds the log for now.
      (void)database_.empty_log();
    }
    return purged;
  }

  Result<domain::ImportSummary> import(std::span<const domain::CountedLikes> likes,
                                       const domain::ImportOptions& options) override {
    return change<domain::ImportSummary>(
        [&](const Ask& ask) { return import_likes(ask, likes, options); });
  }

  Result<std::vector<domain::CountedLikes>> list() override {
    return change<std::vector<domain::CountedLikes>>(list_likes);
  }

 private:
  static StoreOptions patient() {
    StoreOptions options;
    options.patience = kMigrationPatience;
    return options;
  }

  template <class T>
  Result<T> change(const std::function<T(const Ask&)>& work) {
    T result{};
    const Result<void> done =
        database_.write([&](SQLite::Database& database) { result = work(asking(database)); });
    if (!done) {
      return tl::unexpected<Error>(done.error());
    }
    return result;
  }

  SqliteDatabase database_;
};

}  // namespace

Result<std::unique_ptr<domain::Store>> open_sqlite(const std::string& path,
                                                   const StoreOptions& options) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    return fail(ErrorCode::kUnavailable,
                "SQLite: " + path + ": no such file; run: likes-server migrate");
  }
  std::unique_ptr<domain::Store> store = std::make_unique<SqliteStore>(path, options);
  if (Result<void> ready = store->ping(); !ready) {
    return tl::unexpected<Error>(ready.error());
  }
  return store;
}

std::unique_ptr<domain::Ledger> sqlite_ledger(const std::string& path) {
  return std::make_unique<SqliteLedger>(path);
}

Result<std::vector<std::string>> migrate_sqlite(const std::string& path,
                                                std::span<const Migration> known) {
  StoreOptions options;
  options.patience = kMigrationPatience;
  SqliteDatabase database(path, SqliteDatabase::Mode::kCreate, options);
  return apply_migrations(known, [&](const std::function<void(const Migrating&)>& apply) {
    return database.write([&](SQLite::Database& file) {
      apply({file.tableExists("schema_migrations"), asking(file),
             [&file](const std::string& sql) { file.exec(sql); },
             "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"});
    });
  });
}

}  // namespace likes::store
