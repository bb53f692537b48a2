#include "tools/dev/ports.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace likes::dev {
namespace {

constexpr int kAttempts = 20;

sockaddr_in loopback(int port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

Descriptor bindable_socket(int family) {
  Descriptor socket(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  // As servers do it: old connections of a server that has just ended do not take its port.
  const int yes = 1;
  ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  return socket;
}

bool is_free_4(int port) {
  const Descriptor socket = bindable_socket(AF_INET);
  const sockaddr_in address = loopback(port);
  return ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

/// "localhost" is [::1] first to most browsers: whoever listens there would get our readers.
bool is_free_6(int port) {
  const Descriptor socket = bindable_socket(AF_INET6);
  if (!socket.is_open()) {
    return true;
  }
  sockaddr_in6 address = {};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(static_cast<std::uint16_t>(port));
  address.sin6_addr = in6addr_loopback;
  return ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ||
         errno != EADDRINUSE;
}

int any_port() {
  const Descriptor socket = bindable_socket(AF_INET);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  if (::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    return 0;
  }
  return ntohs(address.sin_port);
}

}  // namespace

std::optional<Port> Port::claim(int number) {
  if (!is_free_4(number) || !is_free_6(number)) {
    return std::nullopt;
  }
  // A name among the abstract sockets: it has one owner and is gone with it, whatever happens.
  Descriptor claim(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  const std::string name = "likes-dev-port-" + std::to_string(number);
  name.copy(address.sun_path + 1, sizeof address.sun_path - 1);
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
  if (::bind(claim.get(), reinterpret_cast<const sockaddr*>(&address), size) != 0) {
    return std::nullopt;
  }
  return Port(number, std::move(claim));
}

Result<Port> choose_port(int preferred) {
  int number = preferred;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    if (std::optional<Port> port = Port::claim(number)) {
      return std::move(*port);
    }
    number = any_port();
  }
  return fail(ErrorCode::kUnavailable, "found no free port on localhost");
}

Probe::Probe(int port, std::string path)
    : port_(port),
      request_("HEAD " + std::move(path) +
               " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n") {}

bool Probe::has_answered() {
  if (!socket_.is_open()) {
    socket_ = Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    asked_ = false;
    const sockaddr_in address = loopback(port_);
    const int connected =
        ::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
    if (connected != 0 && errno != EINPROGRESS) {
      socket_.close();
      return false;
    }
  }
  if (!asked_) {
    const ssize_t sent = ::send(socket_.get(), request_.data(), request_.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) {
      socket_.close();
      return false;
    }
    asked_ = sent > 0;
  }
  char byte = 0;
  const ssize_t got = ::recv(socket_.get(), &byte, 1, 0);
  if (got > 0) {
    return true;
  }
  if (got == 0 || errno != EAGAIN) {
    socket_.close();
  }
  return false;
}

}  // namespace likes::dev
