#pragma once

#include <functional>
#include <memory>
#include <string>

#include "tests/faults/crowd.h"
#include "tests/support/process.h"
#include "tests/support/temp_dir.h"

namespace likes::testing {

/// How much a run is to do: LIKES_FAULTS="20000/20/5" for the proof, little by default.
struct Scale {
  int likes = 1500;
  int kills = 3;
  int restarts = 2;
};
[[nodiscard]] Scale scale();

/// A real likes-server over a database, on a port that it keeps when it is started again.
class Server {
 public:
  explicit Server(std::string database_url);

  void start();
  void kill();
  [[nodiscard]] int port() const { return port_; }

  /// The count that GET /likes/hello answers; -1 for no answer.
  [[nodiscard]] std::int64_t count() const;
  /// Whether the condition comes to hold within twenty seconds.
  [[nodiscard]] static bool holds_soon(const std::function<bool()>& condition);

 private:
  TempDir folder_;
  std::string database_url_;
  int port_ = free_port();
  std::unique_ptr<Process> process_;
};

/// What must hold when all visitors have been told: each is counted once, in memory and in the
/// database, and the database contradicts itself nowhere.
void check_counted(const Crowd& crowd, int likes, const Server& server,
                   const std::string& database_url);

/// Prints a line for the record of a proof.
void report(const std::string& name, const Crowd& crowd, const std::string& faults);

}  // namespace likes::testing
