#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "tests/server/app/posts_file.h"
#include "tests/support/process.h"
#include "tests/support/temp_dir.h"

namespace likes::testing {

/// The real program with both of its addresses on free ports and, unless told otherwise, a SQLite
/// file of its own.
struct RunningServer {
  explicit RunningServer(Process::Environment environment = {}, const char* posts = kPostsJson)
      : process({LIKES_SERVER, dir.write("posts.json", posts).string()},
                with_defaults(std::move(environment))),
        admin_port(port_in(process.wait_for_line("metrics on http://127.0.0.1:"))),
        port(port_in(process.wait_for_line("listening on http://127.0.0.1:"))) {}

  TempDir dir;
  std::string sqlite_file = (dir.path() / "likes.sqlite").string();
  Process process;
  int admin_port;
  int port;

 private:
  [[nodiscard]] Process::Environment with_defaults(Process::Environment environment) const {
    environment.insert({{"DATABASE_URL", "sqlite:" + sqlite_file},
                        {"BIND_ADDRESS", "127.0.0.1:0"},
                        {"ADMIN_ADDRESS", "127.0.0.1:0"}});
    return environment;
  }

  static int port_in(const std::string& line) {
    constexpr std::string_view kHost = "127.0.0.1:";
    return std::stoi(line.substr(line.find(kHost) + kHost.size()));
  }
};

}  // namespace likes::testing
