#include <string>
#include <vector>

#include "server/exchange/other_programs.h"
#include "tests/support/catch.h"

namespace likes::exchange {
namespace {

const std::string kHead =
    "--\n-- PostgreSQL database dump\n--\n\nCREATE TABLE public.blog_post_likes (\n    id "
    "integer\n);\n"
    "COPY public.blog_posts (slug, title) FROM stdin;\nhello\tHello\n\\.\n\n";
const std::string kCopy =
    "COPY public.blog_post_likes (id, post_slug, user_agent, liked_at, hour_bucket) FROM stdin;\n";

}  // namespace

TEST_CASE("a dump's likes are counted by post and UTC day") {
  const std::string dump =
      kHead + kCopy +
      "1\thello\tcurl\t2024-05-06 23:59:59.123456+00\t2024-05-06 23\n"
      "2\thello\t\\N\t2024-05-07 00:30:00+02\t2024-05-06 22\n"
      "3\thello\t\\N\t2024-05-06 23:30:00-05:30\t2024-05-07 05\n"
      "4\tother\t\\N\t\\N\t2024-05-07 05\n"
      "\\.\n\n"
      "COPY public.fediverse_reactions (id, post_slug, actor_id, kind) FROM stdin;\n"
      "1\thello\tx\tLike\n2\thello\ty\tAnnounce\n\\.\n";
  const PageCounts counts = read_flakm_dump(dump, "blog.sql");
  REQUIRE(counts);
  CHECK(*counts == std::vector<domain::PageLikes>{{"hello", "", 1},
                                                  {"hello", "2024-05-06", 2},
                                                  {"hello", "2024-05-07", 1},
                                                  {"other", "", 1}});
}

TEST_CASE("a dump that cannot be read is told where") {
  struct Case {
    const char* name;
    std::string dump;
    std::string message;
  };
  const Case cases[] = {
      {"compressed", "PGDMP\x01",
       "f: is a compressed dump; first run: pg_restore -f likes.sql FILE"},
      {"another database", kHead,
       "f: found no 'COPY blog_post_likes', wanted a plain dump of the blog's database (pg_dump "
       "without --inserts)"},
      {"a field less", kHead + kCopy + "1\thello\tcurl\t2024-05-06 23:59:59+00\n\\.\n",
       "f:13: found 4 fields, wanted 5 with a post_slug"},
      {"no time", kHead + kCopy + "1\thello\tcurl\tyesterday\tx\n\\.\n",
       "f:13: liked_at: found 'yesterday', wanted a time with its zone"},
      {"no zone", kHead + kCopy + "1\thello\tcurl\t2024-05-06 23:59:59\tx\n\\.\n",
       "f:13: liked_at: found '2024-05-06 23:59:59', wanted a time with its zone"},
      {"half of it", kHead + kCopy + "1\thello\tcurl\t2024-05-06 23:59:59+00\tx\n",
       "f: the dump ends in the middle of a table"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const PageCounts counts = read_flakm_dump(c.dump, "f");
      REQUIRE_FALSE(counts);
      CHECK(counts.error().to_string() == c.message);
    }
  }
}

}  // namespace likes::exchange
