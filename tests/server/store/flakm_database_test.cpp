#include "server/store/flakm_database.h"

#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/postgres.h"

namespace likes::store {

TEST_CASE("the original blog's database is read by post and UTC day") {
  testing::PostgresServer& server = testing::PostgresServer::shared();
  const std::string url = server.new_database();
  const Result<std::vector<domain::PageLikes>> none = read_flakm_database(url);
  REQUIRE_FALSE(none);
  CHECK(none.error().message ==
        "PostgreSQL: found no table blog_post_likes, wanted the original blog's database");

  testing::PostgresServer::execute(
      url,
      "create table blog_posts (slug varchar primary key not null, title varchar not null,"
      " description text, date timestamptz not null, featured_image varchar, tags text,"
      " url varchar not null);"
      "create table blog_post_likes (id serial primary key,"
      " post_slug varchar not null references blog_posts (slug), user_ip_hash varchar(64) not null,"
      " user_agent text, liked_at timestamptz default now(), hour_bucket varchar(13) not null,"
      " unique (post_slug, user_ip_hash, hour_bucket));"
      "insert into blog_posts (slug, title, date, url) values ('hello', 'Hello', now(), 'x'),"
      " ('unloved', 'Unloved', now(), 'y');"
      "insert into blog_post_likes (post_slug, user_ip_hash, liked_at, hour_bucket) values"
      " ('hello', 'a', '2024-05-07 00:30:00+02', 'x'), ('hello', 'b', '2024-05-06 10:00:00Z', 'x'),"
      " ('hello', 'c', '2024-05-07 10:00:00Z', 'x'), ('hello', 'd', null, 'x')");
  std::vector<domain::PageLikes> wanted = {
      {"hello", "", 1}, {"hello", "2024-05-06", 2}, {"hello", "2024-05-07", 1}};
  Result<std::vector<domain::PageLikes>> likes = read_flakm_database(url);
  REQUIRE(likes);
  CHECK(*likes == wanted);

  // The newer blog counts these as well.
  testing::PostgresServer::execute(
      url,
      "create table fediverse_reactions (post_slug varchar, actor_id varchar, kind varchar);"
      "insert into fediverse_reactions values ('hello', 'x', 'Like'), ('hello', 'y', 'Announce')");
  likes = read_flakm_database(url);
  REQUIRE(likes);
  REQUIRE(likes->size() == 4);
  std::int64_t sum = 0;
  for (const domain::PageLikes& page : *likes) {
    sum += page.likes;
  }
  CHECK(sum == 5);
}

}  // namespace likes::store
