#include "tests/support/database_proxy.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <utility>

#include "tests/support/catch.h"

namespace likes::testing {
namespace {

constexpr int kPollMs = 50;

int connect_to(const std::string& socket_path) {
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, socket_path.c_str(), sizeof(address.sun_path) - 1);
  const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (::connect(server, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    ::close(server);
    return -1;
  }
  return server;
}

bool send_all(int to, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

}  // namespace

DatabaseProxy::DatabaseProxy(std::string socket_path, Judge judge)
    : socket_path_(std::move(socket_path)),
      judge_(std::move(judge)),
      listening_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  REQUIRE(::bind(listening_, reinterpret_cast<sockaddr*>(&address), size) == 0);
  REQUIRE(::listen(listening_, SOMAXCONN) == 0);
  REQUIRE(::getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread([this] { accept_until_ended(); });
}

DatabaseProxy::~DatabaseProxy() {
  ending_ = true;
  accepting_.join();
  for (std::thread& connection : connections_) {
    connection.join();
  }
  ::close(listening_);
}

void DatabaseProxy::accept_until_ended() {
  while (!ending_) {
    pollfd entry{listening_, POLLIN, 0};
    if (::poll(&entry, 1, kPollMs) <= 0) {
      continue;
    }
    const int client = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client >= 0 && refusing_) {
      ::close(client);
    } else if (client >= 0) {
      connections_.emplace_back([this, client] { pass(client); });
    }
  }
}

void DatabaseProxy::pass(int client) {
  const int server = connect_to(socket_path_);
  std::array<char, 65536> bytes{};
  bool open = server >= 0;
  while (open && !ending_) {
    std::array<pollfd, 2> ends{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    if (::poll(ends.data(), ends.size(), kPollMs) <= 0) {
      continue;
    }
    for (std::size_t i = 0; i < ends.size() && open; ++i) {
      if (ends[i].revents == 0) {
        continue;
      }
      const ssize_t got = ::recv(ends[i].fd, bytes.data(), bytes.size(), 0);
      if (got <= 0) {
        open = false;
        break;
      }
      const std::string_view piece(bytes.data(), static_cast<std::size_t>(got));
      const Verdict verdict = judge_(i == 0 ? From::kClient : From::kServer, piece);
      const bool passed = verdict == Verdict::kCut || send_all(ends[1 - i].fd, piece);
      open = passed && verdict == Verdict::kPass;
    }
  }
  ::close(client);
  if (server >= 0) {
    ::close(server);
  }
}

}  // namespace likes::testing
