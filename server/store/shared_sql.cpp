#include "server/store/shared_sql.h"

#include <cstdint>
#include <map>
#include <optional>
#include <unordered_set>

#include "server/likes/limits.h"
#include "tools/support/utc_time.h"

namespace likes::store {
namespace {

constexpr std::int64_t kSecondsPerDay = 86400;

// Every statement names both parameters, needed or not, because each is given both.
constexpr const char* kMoveStatements[] = {
    // Who liked both posts in one window has a row that may not move under their name: it goes on
    // counting without it.
    R"sql(
      update likes set visitor = null
      where post_id = $1 and exists (
        select 1 from likes as other
        where other.post_id = $2 and other.visitor = likes.visitor
          and other.window_start = likes.window_start))sql",
    "update likes set post_id = $2 where post_id = $1",
    R"sql(
      insert into like_days (post_id, day, likes)
      select cast($2 as integer), day, likes from like_days where post_id = $1
      on conflict (post_id, day) do update set likes = like_days.likes + excluded.likes)sql",
    "delete from like_days where post_id = $1 and post_id <> $2",
    R"sql(
      insert into imported (source, post_id, day, likes)
      select source, cast($2 as integer), day, likes from imported where post_id = $1
      on conflict (source, post_id, day) do update set likes = imported.likes + excluded.likes)sql",
    "delete from imported where post_id = $1 and post_id <> $2",
    R"sql(
      update posts set total = total + (select total from posts where id = $1)
      where id = $2)sql",
    "update posts set total = 0 where id = $1 and id <> $2",
};

std::int64_t number(const std::string& text) {
  return std::stoll(text);
}

void find_wrong_totals(const Ask& ask, domain::Contradictions& found) {
  for (const std::vector<std::string>& row : ask(R"sql(
      with counted as (
        select post_id, count(*) as likes from likes group by post_id
        union all
        select post_id, likes from imported)
      select posts.key, posts.total, coalesce(sum(counted.likes), 0)
      from posts left join counted on counted.post_id = posts.id
      group by posts.id, posts.key, posts.total
      having posts.total <> coalesce(sum(counted.likes), 0)
      order by posts.id)sql")) {
    found.push_back(row[0] + ": its total is " + row[1] + ", but the likes stored are " + row[2]);
  }
  for (const std::vector<std::string>& row : ask(R"sql(
      with dated as (
        select post_id, likes from like_days
        union all
        select post_id, likes from imported where day = '')
      select posts.key, posts.total, coalesce(sum(dated.likes), 0)
      from posts left join dated on dated.post_id = posts.id
      group by posts.id, posts.key, posts.total
      having posts.total <> coalesce(sum(dated.likes), 0)
      order by posts.id)sql")) {
    found.push_back(row[0] + ": its total is " + row[1] + ", but its days add up to " + row[2]);
  }
}

void find_wrong_days(const Ask& ask, const std::string& day_of_liked_at,
                     domain::Contradictions& found) {
  std::string sql =
      "with days as ("
      "  select post_id, cast(day as text) as day, likes as said, 0 as counted from like_days"
      "  union all"
      "  select post_id, ";
  sql += day_of_liked_at;
  sql +=
      ", 0, 1 from likes"
      "  union all"
      "  select post_id, day, 0, likes from imported where day <> '') "
      "select posts.key, days.day, sum(days.said), sum(days.counted) "
      "from days join posts on posts.id = days.post_id "
      "group by posts.id, posts.key, days.day "
      "having sum(days.said) <> sum(days.counted) "
      "order by posts.id, days.day";
  for (const std::vector<std::string>& row : ask(sql)) {
    found.push_back(row[0] + ": its likes of " + row[1] + " are " + row[2] +
                    ", but those stored are " + row[3]);
  }
}

/// The schema forbids these, but a tool that does not turn foreign keys on can make them in SQLite.
void find_orphans(const Ask& ask, domain::Contradictions& found) {
  for (const char* table : {"likes", "like_days", "imported"}) {
    std::string sql = "select count(*) from ";
    sql += table;
    sql += " where not exists (select 1 from posts where posts.id = post_id)";
    const std::string rows = ask(sql)[0][0];
    if (rows != "0") {
      found.push_back(std::string("rows of ") + table + " without a post: " + rows);
    }
  }
}

/// `1, 2, 3`, and a number that no post has, because SQL knows no empty list.
std::string list_of(const std::vector<std::int64_t>& numbers) {
  std::string list = "-1";
  for (const std::int64_t each : numbers) {
    list += ", " + std::to_string(each);
  }
  return list;
}

/// Posts that are read at a time, so that reading many takes little memory.
constexpr std::size_t kPostsAtOnce = 5000;

/// Reads those posts of `which` whose ids come after `after`; the last one's, or nothing at the
/// end.
std::optional<std::int64_t> read_some_totals(const Ask& ask, const std::string& which,
                                             std::int64_t after, domain::Totals& totals) {
  const std::string from = which + " and posts.id > " + std::to_string(after);
  const Rows posts = ask("select id, key, total from posts" + from + " order by id limit " +
                         std::to_string(kPostsAtOnce));
  if (posts.empty()) {
    return std::nullopt;
  }
  for (const std::vector<std::string>& row : posts) {
    totals.posts[row[1]].total = number(row[2]);
  }
  const std::int64_t last = number(posts.back()[0]);
  for (const std::vector<std::string>& row :
       ask("select posts.key, cast(like_days.day as text), like_days.likes "
           "from like_days join posts on posts.id = like_days.post_id" +
           from + " and posts.id <= " + std::to_string(last) +
           " and like_days.likes > 0 order by like_days.post_id, like_days.day")) {
    const std::optional<std::int64_t> begin = parse_utc_timestamp(row[1] + "T00:00:00Z");
    totals.posts[row[0]].days.push_back(
        {static_cast<std::int32_t>(begin.value() / kSecondsPerDay), number(row[2])});
  }
  return last;
}

void read_totals(const Ask& ask, const domain::Changes& changes, domain::Totals& totals) {
  std::string which = " where posts.listed";
  if (!changes.everything) {
    std::vector<std::int64_t> posts = changes.posts;
    for (const domain::Changes::Given& given : changes.given) {
      posts.insert(posts.end(), given.posts.begin(), given.posts.end());
    }
    if (posts.empty()) {
      return;
    }
    which += " and posts.id in (" + list_of(posts) + ")";
  }
  for (std::optional<std::int64_t> last = -1; last;) {
    last = read_some_totals(ask, which, *last, totals);
  }
}

void read_given(const Ask& ask, const DialectWords& words, const domain::Changes& changes,
                std::int64_t from_window, domain::News& news) {
  std::string which;
  if (!changes.everything) {
    if (changes.given.empty()) {
      return;
    }
    which = " and (false";
    for (const domain::Changes::Given& given : changes.given) {
      which += " or likes.id between " + std::to_string(given.first) + " and " +
               std::to_string(given.last);
    }
    which += ")";
  }
  std::string sql = "select posts.key, ";
  sql += words.visitor_in_hex;
  sql += ", likes.window_start from likes join posts on posts.id = likes.post_id ";
  sql += "where likes.visitor is not null and likes.window_start >= ";
  sql += std::to_string(from_window) + which + " limit ";
  sql += std::to_string(domain::kMaxRemembered + 1);
  for (const std::vector<std::string>& row : ask(sql)) {
    news.given.push_back({row[0], visitor_of_hex(row[1]), number(row[2])});
  }
  news.all_given = news.given.size() <= domain::kMaxRemembered;
}

void read_taken(const Ask& ask, const domain::Changes& changes, domain::News& news) {
  if (changes.everything || changes.taken.empty()) {
    return;
  }
  std::vector<std::int64_t> ids;
  ids.reserve(changes.taken.size());
  for (const domain::Changes::Taken& taken : changes.taken) {
    ids.push_back(taken.post);
  }
  std::map<std::int64_t, std::string> keys;
  for (const std::vector<std::string>& row :
       ask("select id, key from posts where id in (" + list_of(ids) + ")")) {
    keys[number(row[0])] = row[1];
  }
  for (const domain::Changes::Taken& taken : changes.taken) {
    news.taken.push_back({keys[taken.post], taken.visitor, taken.window});
  }
}

constexpr const char* kCreateMigrationsTable = R"sql(
  create table schema_migrations (
    number     integer not null primary key,
    name       text    not null,
    checksum   text    not null,
    applied_at text    not null
  ))sql";

/// Applies the first migration that is missing; its name, or "" when none was.
Result<std::string> apply_next(std::span<const Migration> known, const Migrating& database) {
  // Not made where it is there, because a role that may not create tables may find nothing to do.
  if (!database.has_record) {
    database.execute(kCreateMigrationsTable);
  }
  const std::vector<AppliedMigration> applied = read_applied(database.ask);
  const Result<std::span<const Migration>> pending = pending_migrations(known, applied);
  if (!pending) {
    return tl::unexpected<Error>(pending.error());
  }
  if (pending->empty()) {
    return "";
  }
  const Migration& next = pending->front();
  const std::string name(next.name);
  database.execute(std::string(next.sql));
  database.execute("insert into schema_migrations (number, name, checksum, applied_at) values (" +
                   std::to_string(next.number) + ", '" + name + "', '" +
                   std::string(next.checksum) + "', " + database.now + ")");
  return name;
}

}  // namespace

std::vector<AppliedMigration> read_applied(const Ask& ask) {
  std::vector<AppliedMigration> applied;
  for (std::vector<std::string>& row :
       ask("select number, name, checksum from schema_migrations order by number")) {
    applied.push_back({std::stoi(row[0]), std::move(row[1]), std::move(row[2])});
  }
  return applied;
}

std::int64_t read_newest(const Ask& ask) {
  const Rows newest = ask(R"sql(
      select likes.liked_at from likes join posts on posts.id = likes.post_id
      where posts.listed order by likes.liked_at desc limit 1)sql");
  return newest.empty() ? 0 : number(newest[0][0]);
}

domain::Visitor visitor_of_hex(const std::string& hex) {
  domain::Visitor visitor;
  for (std::size_t i = 0; i < visitor.hash.size() && i * 2 + 1 < hex.size(); ++i) {
    visitor.hash[i] = static_cast<unsigned char>(std::stoi(hex.substr(i * 2, 2), nullptr, 16));
  }
  return visitor;
}

domain::News read_news(const Ask& ask, const DialectWords& words, const domain::Changes& changes,
                       std::int64_t from_window) {
  domain::News news;
  news.whole = changes.everything;
  read_totals(ask, changes, news.totals);
  news.totals.newest = read_newest(ask);
  read_given(ask, words, changes, from_window, news);
  read_taken(ask, changes, news);
  return news;
}

domain::Contradictions find_contradictions(const Ask& ask, const DialectWords& words) {
  domain::Contradictions found;
  find_wrong_totals(ask, found);
  find_wrong_days(ask, words.day_of_liked_at, found);
  find_orphans(ask, found);
  return found;
}

std::vector<FormerKey> former_keys(std::span<const domain::Post> posts) {
  std::unordered_set<std::string> taken;
  for (const domain::Post& post : posts) {
    taken.insert(post.key);
  }
  std::vector<FormerKey> former;
  for (const domain::Post& post : posts) {
    for (const std::string& alias : post.aliases) {
      if (taken.insert(alias).second) {
        former.push_back({alias, post.key});
      }
    }
  }
  return former;
}

std::span<const char* const> move_statements() {
  return kMoveStatements;
}

Result<std::vector<std::string>> apply_migrations(
    std::span<const Migration> known,
    const std::function<Result<void>(const std::function<void(const Migrating&)>&)>&
        in_transaction) {
  std::vector<std::string> names;
  for (;;) {
    Result<std::string> applied;
    const Result<void> done =
        in_transaction([&](const Migrating& database) { applied = apply_next(known, database); });
    if (!done || !applied) {
      return tl::unexpected<Error>(done ? applied.error() : done.error());
    }
    if (applied->empty()) {
      return names;
    }
    names.push_back(*applied);
  }
}

}  // namespace likes::store
