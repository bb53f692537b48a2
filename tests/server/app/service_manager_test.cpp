#include "server/app/service_manager.h"

#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "tests/server/app/posts_file.h"
#include "tests/support/catch.h"
#include "tests/support/http_client.h"
#include "tests/support/process.h"
#include "tests/support/temp_dir.h"

namespace likes::app {
namespace {

using testing::Process;

/// What a service manager hears on its end of NOTIFY_SOCKET.
class Manager {
 public:
  explicit Manager(const std::string& path) : socket_(::socket(AF_UNIX, SOCK_DGRAM, 0)) {
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, path.size());
    REQUIRE(::bind(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  }

  /// The next message; "" when none comes in twenty seconds.
  [[nodiscard]] std::string hear() const {
    pollfd readable{socket_.get(), POLLIN, 0};
    char text[256];
    const ssize_t got =
        ::poll(&readable, 1, 20'000) > 0 ? ::recv(socket_.get(), text, sizeof text, 0) : 0;
    return {text, static_cast<std::size_t>(got)};
  }

 private:
  Descriptor socket_;
};

/// A socket that listens on a free port and stays open in the programs that we start.
class ListeningSocket {
 public:
  ListeningSocket() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::bind(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::listen(socket_.get(), 16) == 0);
    socklen_t size = sizeof address;
    ::getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  [[nodiscard]] std::string descriptor() const { return std::to_string(socket_.get()); }
  [[nodiscard]] int port() const { return port_; }

 private:
  Descriptor socket_;
  int port_ = 0;
};

struct Ground {
  /// The real program with `descriptors` as 3 and 4, named as said.
  Process start(const std::string& script, const Process::Environment& more = {}) {
    Process::Environment environment{{"DATABASE_URL", "sqlite:" + (dir.path() / "l").string()},
                                     {"BIND_ADDRESS", "127.0.0.1:0"},
                                     {"ADMIN_ADDRESS", "off"}};
    environment.insert(more.begin(), more.end());
    return Process({"sh", "-c", script + " exec \"$0\" \"$@\"", LIKES_SERVER, posts}, environment);
  }

  testing::TempDir dir;
  std::string posts = dir.write("posts.json", testing::kPostsJson).string();
};

}  // namespace

TEST_CASE("the manager hears when the server is ready, reads its posts again and stops") {
  Ground ground;
  const std::string path = (ground.dir.path() / "notify").string();
  const Manager manager(path);
  Process server = ground.start("", {{"NOTIFY_SOCKET", path}, {"WATCHDOG_USEC", "20000"}});
  // The watchdog's messages come in between whenever they want to.
  const auto hear = [&manager] {
    std::string heard = manager.hear();
    while (heard == "WATCHDOG=1") {
      heard = manager.hear();
    }
    return heard;
  };
  CHECK(hear() == "READY=1");
  CHECK(manager.hear() == "WATCHDOG=1");
  server.signal(SIGHUP);
  CHECK(hear().find("RELOADING=1\nMONOTONIC_USEC=") == 0);
  CHECK(hear() == "READY=1");
  server.signal(SIGTERM);
  CHECK(hear() == "STOPPING=1");
  CHECK(server.wait() == 0);
}

TEST_CASE("sockets that the manager has opened are taken over by name") {
  const ListeningSocket one;
  const ListeningSocket two;
  struct Case {
    const char* name;
    const char* names;
    const ListeningSocket& readers;
    const ListeningSocket& admin;
  };
  const Case cases[] = {
      {"named", "admin:public", two, one},
      {"named by their unit", "likes-server.socket:likes-server.socket", one, two},
      {"nameless", "", one, two},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      Ground ground;
      Process server = ground.start(
          "exec 3<&" + one.descriptor() + " 4<&" + two.descriptor() + "; export LISTEN_PID=$$;",
          {{"LISTEN_FDS", "2"}, {"LISTEN_FDNAMES", c.names}});
      server.wait_for_line("listening on http://127.0.0.1:" + std::to_string(c.readers.port()));
      CHECK(testing::request(c.readers.port(), "GET", "/health").status == 200);
      CHECK(testing::request(c.admin.port(), "GET", "/metrics").status == 200);
      server.signal(SIGTERM);
      CHECK(server.wait() == 0);
    }
  }
}

TEST_CASE("sockets for another process, or that do not listen, are not taken") {
  Ground ground;
  {
    Process server = ground.start("", {{"LISTEN_FDS", "1"}, {"LISTEN_PID", "1"}});
    server.wait_for_line("listening on http://127.0.0.1:");
    server.signal(SIGTERM);
    CHECK(server.wait() == 0);
  }
  Process wrong = ground.start("exec 3</dev/null;", {{"LISTEN_FDS", "1"}});
  CHECK(wrong.wait() == 1);
  CHECK(wrong.output().find("LISTEN_FDS: found no listening stream socket at descriptor 3") !=
        std::string::npos);
  Process many = ground.start("", {{"LISTEN_FDS", "17"}});
  CHECK(many.wait() == 1);
  CHECK(many.output().find("LISTEN_FDS: found 17 sockets, wanted at most two, public and admin") !=
        std::string::npos);
}

}  // namespace likes::app
