#include "server/store/postgres_store.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "server/store/doubts.h"
#include "server/store/ledger_sql.h"
#include "server/store/own_batches.h"
#include "server/store/postgres_connections.h"
#include "server/store/postgres_watch.h"
#include "server/store/pqxx_adapter.h"
#include "server/store/random_secret.h"
#include "server/store/reserved_ids.h"
#include "server/store/shared_sql.h"

namespace likes::store {
namespace {

using domain::Like;
using domain::LikeOutcome;
using domain::LikeResult;
using domain::TakenBack;
using domain::Visitor;
using domain::VisitorKey;

// Advisory locks of the database; any two numbers that nobody else uses.
constexpr const char* kLockMigration = "select pg_advisory_xact_lock(478560413031)";
constexpr const char* kLockMaintenance = "select pg_advisory_xact_lock(478560413032)";

/// Visitors forgotten in one transaction: enough to be quick, few enough not to hold likes up.
constexpr int kForgetAtOnce = 10000;

constexpr DialectWords kWords{
    "cast(cast(to_timestamp(liked_at) at time zone 'utc' as date) as text)",
    "encode(likes.visitor, 'hex')"};

constexpr const char* kAddPosts = R"sql(
  insert into posts (id, key, listed)
  select (select coalesce(max(id), 0) from posts) + row_number() over (order by place), key, true
  from unnest($1::text[]) with ordinality as listed (key, place)
  where not exists (select 1 from posts where posts.key = listed.key))sql";

constexpr const char* kSetListed = R"sql(
  update posts set listed = not listed
  where listed <> (key in (select unnest($1::text[]))))sql";

constexpr const char* kFindMoves = R"sql(
  select former.id, current.id
  from unnest($1::text[], $2::text[]) with ordinality as move (former_key, current_key, place)
  join posts as former on former.key = move.former_key and former.total > 0
  join posts as current on current.key = move.current_key
  order by place)sql";

// Locks in the order of the keys, so that two servers never wait for each other in a circle.
constexpr const char* kLockPost = R"sql(
  select id, total from posts where key = $1 and listed for no key update)sql";

// All of a batch in one statement that is a transaction by itself; its answer has a row for each
// like. $1 has every key once, in order, and the posts are locked one by one, so that the order is
// kept; $2 says which of them each like is of, $6 the id that it is to have. Who else shares the
// database is told by the same statement, see migrations/0006-tellers-postgres.sql; a message has
// at most 8000 bytes.
constexpr const char* kRecordName = "record_likes";
constexpr const char* kRecord = R"sql(
  with locked as materialized (
    select post.id, name.place, post.total
    from unnest($1::text[]) with ordinality as name (key, place) cross join lateral (
      select id, total from posts where posts.key = name.key and listed limit 1 for no key update
    ) as post
  ), wanted as materialized (
    select locked.id as post_id, locked.total, wanted.*
    from unnest($2::bigint[], $3::bytea[], $4::bigint[], $5::bigint[], $6::bigint[])
      with ordinality as wanted (name, visitor, window_start, liked_at, id, place)
      left join locked on locked.place = wanted.name
  ), added as (
    insert into likes (id, post_id, visitor, window_start, liked_at) overriding system value
    select id, post_id, visitor, window_start, liked_at from wanted where post_id is not null
    order by place
    on conflict (window_start, post_id, visitor) where visitor is not null do nothing
    returning id, post_id, liked_at
  ), counted as (
    update posts set total = posts.total + by_post.likes
    from (select post_id, count(*) as likes from added group by post_id) as by_post
    where posts.id = by_post.post_id
  ), dated as (
    insert into like_days (post_id, day, likes)
    select post_id, date '1970-01-01' + cast(liked_at / 86400 as integer), count(*)
    from added group by 1, 2
    on conflict (post_id, day) do update set likes = like_days.likes + excluded.likes
  ), told as materialized (
    select pg_notify('hugo_likes', case
        when sum(length(cast(post_id as text)) + 1) > 7900 then 'everything'
        else 'likes ' || min(id) || ' ' || max(id) || ' '
          || string_agg(distinct cast(post_id as text), ',')
      end)
    from added having count(*) > 0
  )
  select wanted.total, added.id is not null
  from wanted left join added using (id) left join told on true
  order by wanted.place)sql";

constexpr const char* kReserve = R"sql(
  select nextval(pg_get_serial_sequence('likes', 'id')) from generate_series(1, $1::integer))sql";

// After a failover the same ids may have been given out anew, so these alone do not tell.
constexpr const char* kExist = R"sql(
  select id
  from unnest($1::bigint[], $2::bytea[], $3::bigint[]) as sent (id, visitor, window_start)
  join likes using (id, visitor, window_start))sql";

constexpr const char* kTakeBack = R"sql(
  with gone as (
    delete from likes
    where post_id = $1::integer and visitor = $2::bytea and window_start = $3::bigint
    returning liked_at, cast(to_timestamp(liked_at) at time zone 'utc' as date) as day
  ), counted as (
    update posts set total = total - 1 where id = $1::integer and exists (select 1 from gone)
  ), dated as (
    update like_days set likes = likes - 1
    where post_id = $1::integer and day = (select day from gone)
  )
  select liked_at from gone)sql";

constexpr const char* kLiked = R"sql(
  select posts.key from likes join posts on posts.id = likes.post_id
  where posts.key = any($1::text[]) and visitor = $2::bytea and window_start = $3::bigint)sql";

constexpr const char* kForget = R"sql(
  with forgotten as (
    update likes set visitor = null
    where id in (select id from likes
                 where visitor is not null and window_start < $1::bigint limit $2::integer)
    returning 1
  )
  select count(*) from forgotten)sql";

std::string to_hex(std::span<const unsigned char> bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (const unsigned char byte : bytes) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

std::string to_bytea(std::span<const unsigned char> bytes) {
  return "\\x" + to_hex(bytes);
}

VisitorKey to_visitor_key(const std::string& hex) {
  VisitorKey key{};
  for (std::size_t i = 0; i < key.size(); ++i) {
    key[i] = static_cast<unsigned char>(std::stoi(hex.substr(i * 2, 2), nullptr, 16));
  }
  return key;
}

/// A parameter that holds many values, in PostgreSQL's own notation: {"a","b"}.
class ArrayParameter {
 public:
  void add(std::string_view value) {
    text_ += text_.size() == 1 ? "\"" : ",\"";
    for (const char c : value) {
      if (c == '"' || c == '\\') {
        text_ += '\\';
      }
      text_ += c;
    }
    text_ += '"';
  }
  void add(std::int64_t value) { add(std::to_string(value)); }

  [[nodiscard]] std::string text() const { return text_ + "}"; }

 private:
  std::string text_ = "{";
};

/// The statement is planned once, perhaps on tables that are still small, and fit for large ones:
/// planning a small batch takes longer than running it. It tells of what it does, so that the
/// triggers need not.
constexpr const char* kWriterSettings =
    "set plan_cache_mode to force_generic_plan; set enable_seqscan to off; "
    "set hugo_likes.tells to 'on'";

StoreOptions for_writer(StoreOptions options) {
  options.connections = 1;
  return options;
}

Ask asking(pqxx::work& work) {
  return [&work](const std::string& sql) { return query(work, sql); };
}

/// Whether migrations were ever applied.
bool has_record(pqxx::work& work) {
  return !query(work, "select 1 where to_regclass('schema_migrations') is not null").empty();
}

/// All that is read from here on is of one moment, and may take long.
void begin_long_read(pqxx::work& work) {
  query(work, "set transaction isolation level repeatable read, read only");
  query(work, "set local statement_timeout to 0");
}

class PostgresStore : public domain::Store {
 public:
  PostgresStore(const std::string& url, const StoreOptions& options)
      : connections_(url, options),
        writer_(url, for_writer(options), {{{kRecordName, kRecord}}, kWriterSettings}),
        ids_([this](std::size_t count) { return reserve(count); }) {}

  Result<void> list_posts(std::span<const domain::Post> posts) override {
    ArrayParameter keys;
    for (const domain::Post& post : posts) {
      keys.add(post.key);
    }
    ArrayParameter from;
    ArrayParameter to;
    for (const FormerKey& former : former_keys(posts)) {
      from.add(former.from);
      to.add(former.to);
    }
    return connections_.run([&](pqxx::work& work) {
      // Moving a much-liked post takes its time.
      query(work, "set local statement_timeout to 0");
      query(work, kLockMaintenance);
      query(work, "lock table posts in exclusive mode");
      query(work, kAddPosts, keys.text());
      query(work, kSetListed, keys.text());
      const Rows moves = query(work, kFindMoves, from.text(), to.text());
      for (const std::vector<std::string>& move : moves) {
        for (const char* statement : move_statements()) {
          query(work, statement, move[0], move[1]);
        }
      }
      if (!moves.empty()) {
        // The triggers tell of totals; who likes what has moved as well.
        query(work, "select pg_notify('hugo_likes', 'everything')");
      }
    });
  }

  Result<std::vector<LikeResult>> record(std::span<const Like> likes) override {
    for (bool again = false;; again = true) {
      const Result<std::vector<std::int64_t>> ids = ids_.take(likes.size());
      if (!ids) {
        return tl::unexpected<Error>(ids.error());
      }
      Rows rows;
      const PostgresConnections::Ended ended = writer_.run_alone(
          [&](pqxx::nontransaction& work) { rows = add_likes(work, likes, *ids); });
      if (ended.result) {
        return answer(likes, *ids, rows);
      }
      ids_.drop();
      if (ended.in_doubt) {
        doubts_.remember(likes, *ids);
      }
      if (!ended.in_doubt || again) {
        return tl::unexpected<Error>(ended.result.error());
      }
    }
  }

  Result<std::optional<TakenBack>> take_back(const Like& like) override {
    std::optional<TakenBack> taken;
    const Result<void> done = connections_.run([&](pqxx::work& work) {
      taken.reset();
      const Rows posts = query(work, kLockPost, like.key);
      if (posts.empty()) {
        return;
      }
      const std::int64_t post = std::stoll(posts[0][0]);
      const std::int64_t total = std::stoll(posts[0][1]);
      taken.emplace();
      taken->total = total;
      const Rows gone = query(work, kTakeBack, post, to_bytea(like.visitor.hash), like.window);
      if (!gone.empty()) {
        query(work, "delete from like_days where post_id = $1 and likes = 0", post);
        taken = {total - 1, std::stoll(gone[0][0]), read_newest(asking(work))};
      }
    });
    if (!done) {
      return tl::unexpected<Error>(done.error());
    }
    return taken;
  }

  Result<std::set<std::string>> liked(std::span<const std::string> keys, const Visitor& visitor,
                                      std::int64_t window) override {
    ArrayParameter wanted;
    for (const std::string& key : keys) {
      wanted.add(key);
    }
    std::set<std::string> liked;
    const Result<void> done = connections_.run([&](pqxx::work& work) {
      for (const std::vector<std::string>& row :
           query(work, kLiked, wanted.text(), to_bytea(visitor.hash), window)) {
        liked.insert(row[0]);
      }
    });
    if (!done) {
      return tl::unexpected<Error>(done.error());
    }
    return liked;
  }

  Result<domain::News> read(const domain::Changes& changes, std::int64_t from_window) override {
    domain::News news;
    const Result<void> done = connections_.run([&](pqxx::work& work) {
      begin_long_read(work);
      news = read_news(asking(work), kWords, changes, from_window);
    });
    if (!done) {
      return tl::unexpected<Error>(done.error());
    }
    return news;
  }

  std::unique_ptr<domain::Watch> watch() override {
    return std::make_unique<PostgresWatch>(connections_);
  }

  void leave_out_own(domain::Changes& changes) override { own_.leave_out(changes); }

  Result<VisitorKey> visitor_key(std::int64_t window, std::int64_t lifetime_seconds) override {
    VisitorKey key{};
    const Result<void> done = connections_.run([&](pqxx::work& work) {
      const std::string newest =
          "select first_window, encode(secret, 'hex') from visitor_keys "
          "where first_window <= $1 order by first_window desc limit 1";
      Rows rows = query(work, newest, window);
      if (rows.empty() || window - std::stoll(rows[0][0]) >= lifetime_seconds) {
        // When another server makes one at the same time, the one that came first serves both.
        query(work,
              "insert into visitor_keys (first_window, secret) values ($1, $2::bytea) "
              "on conflict do nothing",
              window, to_bytea(random_secret()));
        rows = query(work, newest, window);
      }
      query(work, "delete from visitor_keys where first_window < $1", std::stoll(rows[0][0]));
      key = to_visitor_key(rows[0][1]);
    });
    if (!done) {
      return tl::unexpected<Error>(done.error());
    }
    return key;
  }

  Result<void> forget_visitors(std::int64_t before_window) override {
    for (bool more = true; more;) {
      Result<void> done = connections_.run([&](pqxx::work& work) {
        query(work, kLockMaintenance);
        more = query(work, kForget, before_window, kForgetAtOnce)[0][0] ==
               std::to_string(kForgetAtOnce);
      });
      if (!done) {
        return done;
      }
    }
    return {};
  }

  Result<domain::Contradictions> verify() override {
    domain::Contradictions found;
    const Result<void> done = connections_.run([&](pqxx::work& work) {
      begin_long_read(work);
      found = find_contradictions(asking(work), kWords);
    });
    if (!done) {
      return tl::unexpected<Error>(done.error());
    }
    return found;
  }

  Result<void> ping() override {
    std::vector<AppliedMigration> applied;
    const Result<void> done = connections_.run([&](pqxx::work& work) {
      applied.clear();
      if (has_record(work)) {
        applied = read_applied(asking(work));
      }
    });
    return done ? check_migrated(embedded_migrations(Dialect::kPostgres), applied) : done;
  }

 private:
  Result<std::vector<std::int64_t>> reserve(std::size_t count) {
    std::vector<std::int64_t> ids;
    const Result<void> done = writer_.run([&](pqxx::work& work) {
      ids.clear();
      for (const std::vector<std::string>& row :
           query(work, kReserve, static_cast<std::int64_t>(count))) {
        ids.push_back(std::stoll(row[0]));
      }
    });
    if (!done) {
      return tl::unexpected<Error>(done.error());
    }
    return ids;
  }

  /// Adds those likes that are new, each once. A row for each: its post's total before, or "" where
  /// it is not listed; whether it was added.
  static Rows add_likes(pqxx::nontransaction& work, std::span<const Like> likes,
                        std::span<const std::int64_t> new_ids) {
    std::map<std::string_view, std::int64_t> places;
    for (const Like& like : likes) {
      places.emplace(like.key, 0);
    }
    ArrayParameter keys;
    std::int64_t last_place = 0;
    for (auto& [key, place] : places) {
      keys.add(key);
      place = ++last_place;
    }
    ArrayParameter posts;
    ArrayParameter visitors;
    ArrayParameter windows;
    ArrayParameter times;
    ArrayParameter ids;
    for (std::size_t i = 0; i < likes.size(); ++i) {
      const Like& like = likes[i];
      posts.add(places[like.key]);
      visitors.add(to_bytea(like.visitor.hash));
      windows.add(like.window);
      times.add(like.at);
      ids.add(new_ids[i]);
    }
    return query_prepared(work, kRecordName, keys.text(), posts.text(), visitors.text(),
                          windows.text(), times.text(), ids.text());
  }

  static bool is_listed(const std::vector<std::string>& row) { return !row[0].empty(); }
  static bool is_added(const std::vector<std::string>& row) { return row[1] == "t"; }

  /// What each sender of a batch is told that has been committed.
  Result<std::vector<LikeResult>> answer(std::span<const Like> likes,
                                         std::span<const std::int64_t> ids, const Rows& rows) {
    const Result<std::set<std::size_t>> came_in_doubt = find_doubtful(likes, rows);
    if (!came_in_doubt) {
      // All are told to come again, and then those that are new are known by their ids.
      doubts_.remember(likes, ids);
      return tl::unexpected<Error>(came_in_doubt.error());
    }
    doubts_.settle(likes);
    std::vector<LikeResult> results;
    std::unordered_map<std::string_view, std::int64_t> totals;
    std::int64_t first_added = 0;
    for (std::size_t i = 0; i < likes.size(); ++i) {
      const std::vector<std::string>& row = rows.at(i);
      if (!is_listed(row)) {
        results.push_back({LikeOutcome::kUnknownPost, 0});
        continue;
      }
      std::int64_t& total = totals.try_emplace(likes[i].key, std::stoll(row[0])).first->second;
      if (is_added(row)) {
        ++total;
        first_added = first_added == 0 ? ids[i] : first_added;
      }
      const bool was_in_doubt = came_in_doubt->contains(i);
      results.push_back(
          {is_added(row) || was_in_doubt ? LikeOutcome::kRecorded : LikeOutcome::kAlreadyLiked,
           total, was_in_doubt});
    }
    if (first_added != 0) {
      own_.note(first_added);
    }
    return results;
  }

  /// Those likes, by their place, that are there because they came in when they were sent before
  /// and nobody heard of it: they are told as recorded, each once.
  Result<std::set<std::size_t>> find_doubtful(std::span<const Like> likes, const Rows& rows) {
    ArrayParameter ids;
    ArrayParameter visitors;
    ArrayParameter windows;
    std::unordered_map<std::string, std::size_t> places;  // By id, as the database writes it.
    for (std::size_t i = 0; i < likes.size(); ++i) {
      if (!is_listed(rows.at(i)) || is_added(rows.at(i))) {
        continue;
      }
      for (const std::int64_t id : doubts_.ids_of(likes[i])) {
        // The first of several equal likes in one batch is the one that is recorded.
        if (places.emplace(std::to_string(id), i).second) {
          ids.add(id);
          visitors.add(to_bytea(likes[i].visitor.hash));
          windows.add(likes[i].window);
        }
      }
    }
    std::set<std::size_t> found;
    if (places.empty()) {
      return found;
    }
    const Result<void> done = connections_.run([&](pqxx::work& work) {
      found.clear();
      for (const std::vector<std::string>& row :
           query(work, kExist, ids.text(), visitors.text(), windows.text())) {
        found.insert(places.at(row[0]));
      }
    });
    if (!done) {
      return tl::unexpected<Error>(done.error());
    }
    return found;
  }

  PostgresConnections connections_;
  PostgresConnections writer_;  ///< For record() alone.
  ReservedIds ids_;             ///< For likes.
  Doubts doubts_;
  OwnBatches own_;
};

class PostgresLedger : public domain::Ledger {
 public:
  explicit PostgresLedger(const std::string& url) : connections_(url, {}) {}

  Result<bool> has_post(const std::string& key) override {
    return in_transaction<bool>(begin_long_read,
                                [&](const Ask& ask) { return store::has_post(ask, key); });
  }

  Result<std::vector<domain::DayOfLikes>> purge(const domain::Selection& selection,
                                                bool dry_run) override {
    return in_transaction<std::vector<domain::DayOfLikes>>(
        dry_run ? begin_long_read : keep_others_out,
        [&](const Ask& ask) { return purge_likes(ask, kWords, selection, dry_run); });
  }

  Result<domain::ImportSummary> import(std::span<const domain::CountedLikes> likes,
                                       const domain::ImportOptions& options) override {
    return in_transaction<domain::ImportSummary>(
        options.dry_run ? begin_long_read : keep_others_out,
        [&](const Ask& ask) { return import_likes(ask, likes, options); });
  }

  Result<std::vector<domain::CountedLikes>> list() override {
    return in_transaction<std::vector<domain::CountedLikes>>(begin_long_read, list_likes);
  }

 private:
  static void keep_others_out(pqxx::work& work) {
    query(work, "set local statement_timeout to 0");
    query(work, kLockMaintenance);
    query(work, "lock table posts in exclusive mode");
  }

  template <class T>
  Result<T> in_transaction(void (*begin)(pqxx::work&), const std::function<T(const Ask&)>& work) {
    T result{};
    const Result<void> done = connections_.run([&](pqxx::work& transaction) {
      begin(transaction);
      result = work(asking(transaction));
    });
    if (!done) {
      return tl::unexpected<Error>(done.error());
    }
    return result;
  }

  PostgresConnections connections_;
};

}  // namespace

Result<std::unique_ptr<domain::Store>> open_postgres(const std::string& url,
                                                     const StoreOptions& options) {
  std::unique_ptr<domain::Store> store = std::make_unique<PostgresStore>(url, options);
  if (Result<void> ready = store->ping(); !ready) {
    return tl::unexpected<Error>(ready.error());
  }
  return store;
}

std::unique_ptr<domain::Ledger> postgres_ledger(const std::string& url) {
  return std::make_unique<PostgresLedger>(url);
}

Result<std::vector<std::string>> migrate_postgres(const std::string& url,
                                                  std::span<const Migration> known) {
  PostgresConnections connections(url, {});
  return apply_migrations(known, [&](const std::function<void(const Migrating&)>& apply) {
    return connections.run([&](pqxx::work& work) {
      query(work, "set local statement_timeout to 0");
      query(work, "set local lock_timeout to 0");
      query(work, kLockMigration);
      apply({has_record(work), asking(work), [&work](const std::string& sql) { work.exec(sql); },
             "to_char(now() at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"});
    });
  });
}

}  // namespace likes::store
