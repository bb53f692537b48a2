#include "server/store/flakm_database.h"

#include "server/store/database_url.h"
#include "server/store/postgres_connections.h"
#include "server/store/pqxx_adapter.h"

namespace likes::store {
namespace {

bool has_table(pqxx::work& work, const std::string& name) {
  return !query(work, "select 1 where to_regclass($1) is not null", name).empty();
}

}  // namespace

Result<std::vector<domain::PageLikes>> read_flakm_database(const std::string& database_url) {
  // A standby has the same likes, and nothing is written.
  PostgresConnections connections(with_parameter(database_url, "target_session_attrs", "any"), {});
  std::vector<domain::PageLikes> pages;
  bool is_blog = false;
  const Result<void> done = connections.run([&](pqxx::work& work) {
    pages.clear();
    query(work, "set transaction isolation level repeatable read, read only");
    query(work, "set local statement_timeout to 0");
    is_blog = has_table(work, "blog_post_likes");
    if (!is_blog) {
      return;
    }
    std::string sql =
        "select post_slug, coalesce(to_char(liked_at at time zone 'utc', 'YYYY-MM-DD'), '') as day,"
        " count(*) from blog_post_likes group by 1, 2";
    if (has_table(work, "fediverse_reactions")) {
      sql +=
          " union all select post_slug, '', count(*) from fediverse_reactions"
          " where kind = 'Like' group by 1";
    }
    for (const std::vector<std::string>& row : query(work, sql + " order by 1, 2")) {
      pages.push_back({row[0], row[1], std::stoll(row[2])});
    }
  });
  if (!done) {
    return tl::unexpected<Error>(done.error());
  }
  if (!is_blog) {
    return fail(ErrorCode::kInvalid,
                "PostgreSQL: found no table blog_post_likes, wanted the original blog's database");
  }
  return pages;
}

}  // namespace likes::store
