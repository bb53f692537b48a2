#include "server/store/ledger_sql.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "tools/support/utc_time.h"

namespace likes::store {
namespace {

using domain::CountedLikes;

/// Rows in one statement.
constexpr std::size_t kRowsAtOnce = 500;

std::int64_t number(const std::string& text) {
  return std::stoll(text);
}

/// Text within a statement. Both databases double the quotes and know no other special character.
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) {
    result += c == '\'' ? "''" : std::string(1, c);
  }
  return result + "'";
}

/// The likes that are meant, as `id, post_id, liked_at`.
std::string selected(const domain::Selection& selection) {
  std::string sql = "select id, post_id, liked_at from likes where true";
  if (!selection.key.empty()) {
    sql += " and post_id in (select id from posts where key = " + quoted(selection.key) + ")";
  }
  if (selection.from) {
    sql += " and liked_at >= " + std::to_string(*selection.from);
  }
  if (selection.until) {
    sql += " and liked_at < " + std::to_string(*selection.until);
  }
  if (!selection.burst) {
    return sql;
  }
  // A like is in a burst when some like of its post, no more than the burst's length before it,
  // begins a stretch of that length with more likes than may be.
  const std::string reach = std::to_string(selection.burst->seconds - 1);
  const std::string over = "over (partition by post_id order by liked_at range between ";
  std::string counted = "select id, post_id, liked_at, count(*) ";
  counted += over + "current row and " + reach + " following) as ahead from (" + sql + ") as meant";
  std::string marked = "select id, post_id, liked_at, max(ahead) ";
  marked += over + reach + " preceding and current row) as most from (" + counted + ") as counted";
  return "select id, post_id, liked_at from (" + marked + ") as marked where most > " +
         std::to_string(selection.burst->likes);
}

/// Adds to a post's total and days, or takes from them.
void add_to_post(const Ask& ask, std::int64_t post_id, std::int64_t likes) {
  ask("update posts set total = total + " + std::to_string(likes) +
      " where id = " + std::to_string(post_id));
}

void add_to_day(const Ask& ask, std::int64_t post_id, const std::string& day, std::int64_t likes) {
  const std::string id = std::to_string(post_id);
  if (likes > 0) {
    ask("insert into like_days (post_id, day, likes) values (" + id + ", '" + day + "', " +
        std::to_string(likes) +
        ") on conflict (post_id, day) do update set likes = like_days.likes + excluded.likes");
    return;
  }
  ask("update like_days set likes = likes + " + std::to_string(likes) + " where post_id = " + id +
      " and day = '" + day + "'");
  ask("delete from like_days where likes = 0 and post_id = " + id + " and day = '" + day + "'");
}

/// What makes a count the same count: post, source, and second or day.
using CountName = std::tuple<std::int64_t, std::string, std::string>;
using Counts = std::map<CountName, std::int64_t>;

/// What the ledger has of these sources.
Counts read_known(const Ask& ask, std::span<const CountedLikes> likes) {
  Counts known;
  std::map<std::string, bool> sources;
  for (const CountedLikes& each : likes) {
    sources[each.source] = true;
  }
  for (const auto& [source, wanted] : sources) {
    const Rows rows =
        source.empty()
            ? ask("select post_id, liked_at, count(*) from likes group by post_id, liked_at")
            : ask("select post_id, day, likes from imported where source = " + quoted(source));
    for (const std::vector<std::string>& row : rows) {
      known[{number(row[0]), source, row[1]}] = number(row[2]);
    }
  }
  return known;
}

/// Gathers rows and sends them a few hundred at a time.
class Inserter {
 public:
  Inserter(const Ask& ask, std::string head, std::string tail)
      : ask_(ask), head_(std::move(head)), tail_(std::move(tail)) {}

  void add(const std::string& row) {
    values_ += (rows_ == 0 ? "(" : ", (") + row + ")";
    if (++rows_ == kRowsAtOnce) {
      finish();
    }
  }

  void finish() {
    if (rows_ > 0) {
      ask_(head_ + values_ + tail_);
    }
    values_.clear();
    rows_ = 0;
  }

 private:
  const Ask& ask_;
  std::string head_;
  std::string tail_;
  std::string values_;
  std::size_t rows_ = 0;
};

std::map<std::string, std::int64_t> read_posts(const Ask& ask) {
  std::map<std::string, std::int64_t> ids;
  for (const std::vector<std::string>& row : ask("select key, id from posts")) {
    ids[row[0]] = number(row[1]);
  }
  return ids;
}

/// Gives posts that are not there their ids, and puts them there unless it is a dry run.
void add_posts(const Ask& ask, std::span<const CountedLikes> likes, bool dry_run,
               std::map<std::string, std::int64_t>& ids) {
  std::int64_t last = 0;
  for (const auto& [key, id] : ids) {
    last = std::max(last, id);
  }
  Inserter insert(ask, "insert into posts (id, key, listed) values ", "");
  for (const CountedLikes& each : likes) {
    if (!ids.emplace(each.key, last + 1).second) {
      continue;
    }
    ++last;
    if (!dry_run) {
      insert.add(std::to_string(last) + ", " + quoted(each.key) + ", false");
    }
  }
  insert.finish();
}

void write_added(const Ask& ask, const Counts& added) {
  Inserter rows(ask, "insert into likes (post_id, window_start, liked_at) values ", "");
  Inserter counts(ask, "insert into imported (source, post_id, day, likes) values ",
                  " on conflict (source, post_id, day) "
                  "do update set likes = imported.likes + excluded.likes");
  std::map<std::int64_t, std::int64_t> totals;
  std::map<std::pair<std::int64_t, std::string>, std::int64_t> days;
  for (const auto& [name, likes] : added) {
    const auto& [post_id, source, time] = name;
    const std::string id = std::to_string(post_id);
    totals[post_id] += likes;
    if (source.empty()) {
      days[{post_id, utc_day(number(time))}] += likes;
      std::string row = id;
      row.append(", ").append(time).append(", ").append(time);
      for (std::int64_t i = 0; i < likes; ++i) {
        rows.add(row);
      }
      continue;
    }
    if (!time.empty()) {
      days[{post_id, time}] += likes;
    }
    std::string row = quoted(source);
    row.append(", ").append(id).append(", '").append(time).append("', ");
    counts.add(row.append(std::to_string(likes)));
  }
  rows.finish();
  counts.finish();
  for (const auto& [post_id, likes] : totals) {
    add_to_post(ask, post_id, likes);
  }
  for (const auto& [day, likes] : days) {
    add_to_day(ask, day.first, day.second, likes);
  }
}

}  // namespace

bool has_post(const Ask& ask, const std::string& key) {
  return !ask("select 1 from posts where key = " + quoted(key)).empty();
}

std::vector<domain::DayOfLikes> purge_likes(const Ask& ask, const DialectWords& words,
                                            const domain::Selection& selection, bool dry_run) {
  const std::string meant = selected(selection);
  std::string by_day = "select posts.key, days.* from (select post_id, ";
  by_day += words.day_of_liked_at;
  by_day += " as day, min(liked_at), max(liked_at), count(*) from (" + meant +
            ") as meant group by 1, 2) as days join posts on posts.id = days.post_id "
            "order by days.post_id, days.day";
  const Rows rows = ask(by_day);
  if (!dry_run && !rows.empty()) {
    ask("delete from likes where id in (select id from (" + meant + ") as meant)");
  }
  std::vector<domain::DayOfLikes> gone;
  for (const std::vector<std::string>& row : rows) {
    gone.push_back({row[0], row[2], number(row[3]), number(row[4]), number(row[5])});
    if (!dry_run) {
      add_to_post(ask, number(row[1]), -gone.back().likes);
      add_to_day(ask, number(row[1]), gone.back().day, -gone.back().likes);
    }
  }
  return gone;
}

domain::ImportSummary import_likes(const Ask& ask, std::span<const CountedLikes> likes,
                                   const domain::ImportOptions& options) {
  domain::ImportSummary summary;
  std::map<std::string, std::int64_t> ids = read_posts(ask);
  for (const CountedLikes& each : likes) {
    if (!ids.contains(each.key)) {
      summary.unknown[each.key] += each.likes;
    }
  }
  if (options.add_unknown_posts) {
    add_posts(ask, likes, options.dry_run, ids);
  }
  Counts wanted;
  std::map<std::int64_t, std::string> keys;
  for (const CountedLikes& each : likes) {
    if (const auto post = ids.find(each.key); post != ids.end() && each.likes > 0) {
      wanted[{post->second, each.source, each.at ? std::to_string(*each.at) : each.day}] +=
          each.likes;
      keys[post->second] = each.key;
    }
  }
  const Counts known = read_known(ask, likes);
  Counts added;
  for (const auto& [name, count] : wanted) {
    const auto there = known.find(name);
    const std::int64_t is_known = there == known.end() ? 0 : std::min(there->second, count);
    domain::ImportSummary::Post& post = summary.posts[keys[std::get<0>(name)]];
    post.added += count - is_known;
    post.known += is_known;
    if (count > is_known) {
      added[name] = count - is_known;
    }
  }
  if (!options.dry_run) {
    write_added(ask, added);
  }
  return summary;
}

std::vector<CountedLikes> list_likes(const Ask& ask) {
  std::vector<CountedLikes> all;
  for (std::vector<std::string>& row :
       ask("select posts.key, likes.liked_at, count(*) from likes "
           "join posts on posts.id = likes.post_id group by posts.key, likes.liked_at")) {
    all.push_back({std::move(row[0]), "", number(row[1]), "", number(row[2])});
  }
  for (std::vector<std::string>& row :
       ask("select posts.key, imported.source, imported.day, imported.likes from imported "
           "join posts on posts.id = imported.post_id")) {
    all.push_back({std::move(row[0]), std::move(row[1]), {}, std::move(row[2]), number(row[3])});
  }
  // Sorted here, because databases sort text in orders of their own.
  std::sort(all.begin(), all.end(), [](const CountedLikes& left, const CountedLikes& right) {
    return std::tie(left.key, left.source, left.at, left.day) <
           std::tie(right.key, right.source, right.at, right.day);
  });
  return all;
}

}  // namespace likes::store
