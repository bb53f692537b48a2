#include "server/app/service_manager.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <utility>

namespace likes::app {
namespace {

constexpr int kFirstSocket = 3;
constexpr int kMaxSockets = 16;

std::optional<std::int64_t> number_in(const char* variable) {
  const char* text = std::getenv(variable);
  if (text == nullptr) {
    return std::nullopt;
  }
  std::int64_t number = 0;
  const char* const end = text + std::strlen(text);
  const auto [stopped, error] = std::from_chars(text, end, number);
  return error == std::errc() && stopped == end && number >= 0 ? std::optional(number)
                                                               : std::nullopt;
}

/// Whether the variables were meant for this process and not for the one that started it.
bool is_for_us(const char* variable) {
  return std::getenv(variable) == nullptr || number_in(variable) == ::getpid();
}

Result<void> check_listening(int socket) {
  int listening = 0;
  socklen_t size = sizeof listening;
  if (::getsockopt(socket, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) != 0 || listening == 0) {
    return fail(ErrorCode::kInvalid, "LISTEN_FDS: found no listening stream socket at descriptor " +
                                         std::to_string(socket));
  }
  return {};
}

std::string next_name(std::string_view& names) {
  const std::size_t colon = std::min(names.find(':'), names.size());
  std::string name(names.substr(0, colon));
  names.remove_prefix(std::min(colon + 1, names.size()));
  return name;
}

}  // namespace

Result<std::map<std::string, Descriptor>> take_passed_sockets() {
  std::map<std::string, Descriptor> sockets;
  const bool for_us = is_for_us("LISTEN_PID");
  const std::int64_t count = for_us ? number_in("LISTEN_FDS").value_or(0) : 0;
  const char* said = std::getenv("LISTEN_FDNAMES");
  const std::string all_names = said == nullptr ? "" : said;
  for (const char* variable : {"LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES"}) {
    ::unsetenv(variable);
  }
  if (count > kMaxSockets) {
    return fail(ErrorCode::kInvalid, "LISTEN_FDS: found " + std::to_string(count) +
                                         " sockets, wanted at most two, public and admin");
  }
  std::string_view names = all_names;
  for (int fd = kFirstSocket; fd < kFirstSocket + count; ++fd) {
    if (Result<void> listening = check_listening(fd); !listening) {
      return tl::unexpected<Error>(listening.error());
    }
    ::fcntl(fd, F_SETFD, FD_CLOEXEC);
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
    std::string name = next_name(names);
    if (name != "public" && name != "admin") {
      name = sockets.contains("public") ? "admin" : "public";
    }
    if (!sockets.emplace(name, Descriptor(fd)).second) {
      return fail(ErrorCode::kInvalid, "LISTEN_FDNAMES: found '" + name +
                                           "' twice, wanted one socket public and one admin");
    }
  }
  return sockets;
}

void notify_manager(const std::string& state) {
  const char* path = std::getenv("NOTIFY_SOCKET");
  sockaddr_un address = {};
  if (path == nullptr || *path == '\0' || std::strlen(path) >= sizeof address.sun_path) {
    return;
  }
  address.sun_family = AF_UNIX;
  const std::size_t length = std::strlen(path);
  std::copy_n(path, length, address.sun_path);
  if (*path == '@') {
    address.sun_path[0] = '\0';  // An abstract name.
  }
  const Descriptor socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ::sendto(socket.get(), state.data(), state.size(), MSG_NOSIGNAL,
           reinterpret_cast<const sockaddr*>(&address),
           static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length));
}

std::string reloading_state() {
  timespec now = {};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  const std::int64_t microseconds = std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1000;
  return "RELOADING=1\nMONOTONIC_USEC=" + std::to_string(microseconds);
}

std::optional<std::chrono::microseconds> watchdog_interval() {
  const std::optional<std::int64_t> allowed = number_in("WATCHDOG_USEC");
  if (!allowed || *allowed == 0 || !is_for_us("WATCHDOG_PID")) {
    return std::nullopt;
  }
  return std::chrono::microseconds(*allowed / 2);
}

}  // namespace likes::app
