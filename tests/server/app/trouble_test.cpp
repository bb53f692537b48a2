#include <signal.h>

#include <string>

#include "tests/server/app/running_server.h"
#include "tests/support/catch.h"
#include "tests/support/http_client.h"
#include "tests/support/postgres.h"

namespace likes::testing {
namespace {

std::size_t times_in(const std::string& text, const std::string& part) {
  std::size_t times = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) {
    ++times;
  }
  return times;
}

}  // namespace

TEST_CASE("a database that goes away is one line in the log, and one when it is back") {
  PostgresServer database;
  RunningServer server({{"DATABASE_URL", database.new_database()}});
  CHECK(request(server.port, "POST", "/like/hello").status == 200);

  database.stop_immediately();
  // Nobody has liked anything since.
  server.process.wait_for_line(" error the database fails, and likes are refused until it works: ");
  for (int i = 0; i < 3; ++i) {
    CHECK(request(server.port, "POST", "/like/second").status == 503);
    CHECK(request(server.port, "GET", "/likes/hello").status == 200);
    CHECK(request(server.port, "GET", "/ready").status == 503);
  }
  database.start();
  server.process.wait_for_line(" info the database works again");
  CHECK(request(server.port, "POST", "/like/second").status == 200);

  server.process.signal(SIGTERM);
  CHECK(server.process.wait() == 0);
  const std::string& log = server.process.output();
  INFO(log);
  CHECK(times_in(log, " error ") == 1);
  CHECK(times_in(log, " warning ") == 0);
  CHECK(times_in(log, "the database works again") == 1);
}

}  // namespace likes::testing
