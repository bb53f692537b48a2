#include <string>

#include "tests/faults/crowd.h"
#include "tests/faults/ground.h"
#include "tests/support/catch.h"
#include "tests/support/postgres.h"

namespace likes::testing {

TEST_CASE("a failover to a synchronous standby loses and doubles nothing", "[faults]") {
  PostgresServer primary;
  const std::string database = primary.new_database();
  PostgresServer standby{PostgresServer::StandbyOf{primary}};
  primary.commit_on_standby();

  // Both are named; libpq finds the one that takes writes.
  const std::string name = database.substr(0, database.find('?'));
  const std::string url = name + "?user=likes&host=" + standby.folder() + "," + primary.folder();
  const Scale wanted = scale();
  const Server server(url);
  Crowd crowd(wanted.likes, {server.port()});
  REQUIRE(crowd.wait_until_told(wanted.likes / 3));
  primary.stop_immediately();
  CHECK(Server::holds_soon([&] {
    return ask(server.port(), "GET", "/likes/hello").body.find("\"stale\":true") !=
           std::string::npos;
  }));
  standby.promote();
  REQUIRE(crowd.finish());
  CHECK(crowd.told_already() == 0);
  CHECK(crowd.unanswered() == 0);
  check_counted(crowd, wanted.likes, server, url);
  report("PostgreSQL", crowd, "one failover to a synchronous standby");
}

}  // namespace likes::testing
