#include "server/store/open_store.h"

#include <SQLiteCpp/Database.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <string>

#include "tests/server/store/backends.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace likes::testing {
namespace {

/// A port of this machine that nobody listens on: it is bound as long as this lives.
class UnusedPort {
 public:
  UnusedPort() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    REQUIRE(::bind(socket_, generic, size) == 0);
    REQUIRE(::getsockname(socket_, generic, &size) == 0);
    number_ = ntohs(address.sin_port);
  }
  ~UnusedPort() { ::close(socket_); }
  UnusedPort(const UnusedPort&) = delete;
  UnusedPort& operator=(const UnusedPort&) = delete;

  [[nodiscard]] std::string number() const { return std::to_string(number_); }

 private:
  int socket_;
  int number_ = 0;
};

}  // namespace

TEST_CASE("a kind of database that we do not know is refused by both entries") {
  const std::string message =
      "DATABASE_URL: found 'mysql://…', wanted postgresql://… or sqlite:PATH";
  CHECK(store::open_store("mysql://u:secret@example.org/l").error().message == message);
  CHECK(store::migrate("mysql://u:secret@example.org/l").error().message == message);
}

TEST_CASE("a PostgreSQL that nobody runs is named in one line, without the password") {
  const UnusedPort port;
  const std::string url = "postgresql://u:secret@127.0.0.1:" + port.number() + "/likes";
  const Error opened = store::open_store(url).error();
  CHECK(opened.code == ErrorCode::kUnavailable);
  const std::string start =
      "DATABASE_URL: PostgreSQL: cannot connect to postgresql://u:***@127.0.0.1:" + port.number() +
      "/likes: ";
  CHECK(opened.message.starts_with(start));
  CHECK(opened.message.find("Connection refused") != std::string::npos);
  CHECK(opened.message.find('\n') == std::string::npos);
  CHECK(opened.message.find("secret") == std::string::npos);
  CHECK(store::migrate(url).error().message == opened.message);
}

TEST_CASE("a PostgreSQL address that libpq does not understand does not tell the password") {
  const Error opened = store::open_store("postgresql://u:secret@[h:1/likes").error();
  CHECK(opened.message.starts_with(
      "DATABASE_URL: PostgreSQL: cannot connect to postgresql://u:***@"));
  CHECK(opened.message.find("secret") == std::string::npos);
}

TEST_CASE("a database that PostgreSQL does not have is named") {
  const std::string url = PostgresServer::shared().url("nowhere");
  const Error opened = store::open_store(url).error();
  CHECK(opened.code == ErrorCode::kUnavailable);
  CHECK(opened.message.find("database \"nowhere\" does not exist") != std::string::npos);
}

TEST_CASE("of several hosts the one that is there is used") {
  const UnusedPort port;
  const OnPostgres backend;
  std::string url = backend.url();
  const std::string host = url.substr(url.find("host=") + 5);
  url = url.substr(0, url.find("host=")) + "host=127.0.0.1," + host + "&port=" + port.number() +
        ",5432&target_session_attrs=read-write";
  CHECK(must(store::migrate(url)).front() == "0001-posts");
  must(must(store::open_store(url))->ping());
}

TEST_CASE("a SQLite file that cannot be used is named with the reason") {
  const TempDir folder;
  const std::string path = folder.path().string();
  SECTION("not there") {
    const Error opened = store::open_store("sqlite:" + path + "/l.db").error();
    CHECK(opened.code == ErrorCode::kUnavailable);
    CHECK(opened.message ==
          "DATABASE_URL: SQLite: " + path + "/l.db: no such file; run: likes-server migrate");
  }
  SECTION("no such folder") {
    const Error migrated = store::migrate("sqlite:" + path + "/no/l.db").error();
    CHECK(migrated.code == ErrorCode::kUnavailable);
    CHECK(migrated.message ==
          "DATABASE_URL: SQLite: " + path + "/no/l.db: unable to open database file");
  }
  SECTION("no database") {
    folder.write("l.db", std::string(4096, 'x'));
    const Error opened = store::open_store("sqlite:" + path + "/l.db").error();
    CHECK(opened.code == ErrorCode::kInternal);
    CHECK(opened.message == "DATABASE_URL: SQLite: " + path + "/l.db: file is not a database");
    CHECK(store::migrate("sqlite:" + path + "/l.db").error().message == opened.message);
  }
}

TEST_CASE("a SQLite file that another program keeps locked is away, and comes back") {
  store::StoreOptions impatient;
  impatient.patience = std::chrono::milliseconds(1);
  const Opened<OnSqlite> opened(impatient);
  const std::vector<domain::Post> posts = {{"posts/a", "", {}}};
  SQLite::Database other(opened.backend.url().substr(7), SQLite::OPEN_READWRITE);
  other.exec("begin immediate");
  const Error away = opened.store->list_posts(posts).error();
  CHECK(away.code == ErrorCode::kUnavailable);
  CHECK(away.message == opened.backend.name() + ": database is locked");
  must(opened.store->ping());
  other.exec("rollback");
  must(opened.store->list_posts(posts));
}

TEST_CASE("a PostgreSQL lock that another program keeps is waited for no longer than told") {
  store::StoreOptions impatient;
  impatient.patience = std::chrono::milliseconds(100);
  const Opened<OnPostgres> opened(impatient);
  const std::vector<domain::Post> posts = {{"posts/a", "", {}}};
  const PostgresSession other(opened.backend.url());
  other.execute("begin; lock table posts in exclusive mode");
  const Error away = opened.store->list_posts(posts).error();
  CHECK(away.code == ErrorCode::kUnavailable);
  CHECK(away.message.find("lock timeout") != std::string::npos);
  must(opened.store->ping());
  other.execute("rollback");
  must(opened.store->list_posts(posts));
}

TEST_CASE("answered likes are on disk: SQLite files are in WAL mode") {
  const Opened<OnSqlite> opened;
  SQLite::Database file(opened.backend.url().substr(7), SQLite::OPEN_READONLY);
  CHECK(file.execAndGet("pragma journal_mode").getString() == "wal");
}

}  // namespace likes::testing
