#include "server/store/database_url.h"

#include "server/store/open_store.h"
#include "tests/support/catch.h"

namespace likes::store {

TEST_CASE("DATABASE_URL names a kind of database and where it is") {
  struct Case {
    const char* name;
    const char* url;
    Dialect dialect;
    const char* target;
  };
  const Case cases[] = {
      {"a file beside us", "sqlite:likes.sqlite", Dialect::kSqlite, "likes.sqlite"},
      {"a file anywhere", "sqlite:/var/lib/likes/l.db", Dialect::kSqlite, "/var/lib/likes/l.db"},
      {"a file with an empty host", "sqlite:///var/l.db", Dialect::kSqlite, "///var/l.db"},
      {"PostgreSQL", "postgresql://u@example.org/likes", Dialect::kPostgres,
       "postgresql://u@example.org/likes"},
      {"its short name", "postgres:///likes", Dialect::kPostgres, "postgres:///likes"},
      {"several hosts", "postgresql://a,b:5433/l?target_session_attrs=read-write",
       Dialect::kPostgres, "postgresql://a,b:5433/l?target_session_attrs=read-write"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Result<DatabaseUrl> url = parse_database_url(c.url);
      REQUIRE(url.has_value());
      CHECK(url->dialect == c.dialect);
      CHECK(url->target == c.target);
    }
  }
}

TEST_CASE("a DATABASE_URL of another kind is refused without telling its password") {
  struct Case {
    const char* name;
    const char* url;
    const char* message;
  };
  const Case cases[] = {
      {"another database", "mysql://root:secret@example.org/likes",
       "DATABASE_URL: found 'mysql://…', wanted postgresql://… or sqlite:PATH"},
      {"a driver", "jdbc:postgresql://example.org/likes",
       "DATABASE_URL: found 'jdbc:…', wanted postgresql://… or sqlite:PATH"},
      {"a path", "likes.sqlite",
       "DATABASE_URL: found 'likes.sqlite', wanted postgresql://… or sqlite:PATH"},
      {"nothing", "", "DATABASE_URL: found '', wanted postgresql://… or sqlite:PATH"},
      {"words for libpq", "host=example.org password=secret",
       "DATABASE_URL: found '…', wanted postgresql://… or sqlite:PATH"},
      {"no kind", "u:secret@example.org/likes",
       "DATABASE_URL: found 'u:…', wanted postgresql://… or sqlite:PATH"},
      {"no path",
       "sqlite:", "DATABASE_URL: found 'sqlite:', wanted sqlite:PATH with the path of a file"},
      {"memory", "sqlite::memory:",
       "DATABASE_URL: found 'sqlite::memory:', wanted sqlite:PATH with the path of a file"},
      {"a path that looks like a host", "sqlite://likes.sqlite",
       "DATABASE_URL: found 'sqlite://likes.sqlite', wanted sqlite:likes.sqlite or "
       "sqlite:/ABSOLUTE/PATH"},
      {"parameters", "sqlite:l.db?mode=ro",
       "DATABASE_URL: found 'sqlite:l.db?mode=ro', wanted a path without '?': parameters are not "
       "supported"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Result<DatabaseUrl> url = parse_database_url(c.url);
      REQUIRE_FALSE(url.has_value());
      CHECK(url.error().code == ErrorCode::kInvalid);
      CHECK(url.error().message == c.message);
    }
  }
}

TEST_CASE("passwords are hidden") {
  struct Case {
    const char* name;
    const char* url;
    const char* redacted;
  };
  const Case cases[] = {
      {"none", "postgresql://u@h/db", "postgresql://u@h/db"},
      {"a port is none", "postgresql://h:5432/db", "postgresql://h:5432/db"},
      {"of the user", "postgresql://u:secret@h:5432/db", "postgresql://u:***@h:5432/db"},
      {"several hosts", "postgresql://u:secret@a:1,b:2/db?x=y",
       "postgresql://u:***@a:1,b:2/db?x=y"},
      {"without a user", "postgresql://:secret@h/db", "postgresql://:***@h/db"},
      {"with signs that should have been escaped", "postgresql://u:se/c?r@e:t@h/db",
       "postgresql://u:***@h/db"},
      {"as a parameter", "postgresql://h/db?password=secret&x=y",
       "postgresql://h/db?password=***&x=y"},
      {"as the last parameter", "postgresql://h/db?x=y&password=secret",
       "postgresql://h/db?x=y&password=***"},
      {"as a parameter in disguise", "postgresql://h/db?p%61ssword=secret",
       "postgresql://h/db?p%61ssword=***"},
      {"of the key", "postgresql://u:secret@h/db?sslpassword=hidden",
       "postgresql://u:***@h/db?sslpassword=***"},
      {"a file", "sqlite:/a:b@c", "sqlite:/a:b@c"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      CHECK(redact_url(c.url) == c.redacted);
    }
  }
}

TEST_CASE("messages of libraries become one line without secrets") {
  const std::string url = "postgresql://u:s%20cret@h/db?sslpassword=hidden";
  CHECK(safe_message("one\n\ttwo\r\n\nthree\n", url) == "one; two; three");
  CHECK(safe_message("in URI: \"" + url + "\"", url) ==
        "in URI: \"postgresql://u:***@h/db?sslpassword=***\"");
  CHECK(safe_message("no 's cret' nor 's%20cret' nor 'hidden'", url) ==
        "no '***' nor '***' nor '***'");
  CHECK(safe_message("", url) == "");
}

TEST_CASE("parameters are added where they are not") {
  CHECK(with_parameter("postgresql:///db", "a", "1") == "postgresql:///db?a=1");
  CHECK(with_parameter("postgresql:///db?b=2", "a", "1") == "postgresql:///db?b=2&a=1");
  CHECK(with_parameter("postgresql:///db?a=2", "a", "1") == "postgresql:///db?a=2");
  CHECK(with_parameter("postgresql:///db?b=2&a=2", "a", "1") == "postgresql:///db?b=2&a=2");
  CHECK(with_parameter("postgresql:///db?aa=2", "a", "1") == "postgresql:///db?aa=2&a=1");
}

}  // namespace likes::store
