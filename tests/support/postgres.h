#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/temp_dir.h"

namespace likes::testing {

/// A PostgreSQL server of its own, in a temporary folder, reached by a Unix socket only. It FAILs
/// the test that wants it when PostgreSQL is not installed. Started by root, it runs as the user
/// postgres. It ends with the program that started it, however that ends.
class PostgresServer {
 public:
  PostgresServer();
  /// A hot standby that follows another server, which must be running.
  struct StandbyOf {
    const PostgresServer& primary;
  };
  explicit PostgresServer(StandbyOf standby);
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  /// The one server of this test program, started when first wanted.
  [[nodiscard]] static PostgresServer& shared();

  /// Makes an empty database and gives its address.
  [[nodiscard]] std::string new_database();

  /// Runs SQL in the database with this address, for what the code under test does not offer.
  static void execute(const std::string& url, const std::string& sql);

  /// The address of a database of this server.
  [[nodiscard]] std::string url(const std::string& database) const;

  /// Where it listens, and the folder of that, which is its host name.
  [[nodiscard]] std::string socket() const;
  [[nodiscard]] std::string folder() const { return folder_.path().string(); }

  /// From now on a commit is one when a standby has it as well.
  void commit_on_standby() const;

  /// Makes a standby take writes.
  void promote() const;

  void start();

  /// Stops without a farewell, like `pg_ctl stop -m immediate`: as after a crash.
  void stop_immediately();

 private:
  void make_data(const std::vector<std::string>& words);
  void stop(int signal);
  [[nodiscard]] std::string tail_of_log() const;

  TempDir folder_;
  std::filesystem::path programs_;
  pid_t process_ = -1;
  int databases_ = 0;
};

/// One connection that stays open between statements, to hold a lock.
class PostgresSession {
 public:
  explicit PostgresSession(const std::string& url);
  ~PostgresSession();
  PostgresSession(const PostgresSession&) = delete;
  PostgresSession& operator=(const PostgresSession&) = delete;

  void execute(const std::string& sql) const;

 private:
  struct Connection;
  std::unique_ptr<Connection> connection_;
};

}  // namespace likes::testing
