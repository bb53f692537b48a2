#include "server/http/listener.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <list>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "server/http/connection.h"

namespace likes::http {
namespace {

constexpr int kBacklog = 1024;
constexpr int kOutOfFilesPauseMs = 20;
constexpr std::string_view kTurnedAway =
    "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n"
    "Connection: close\r\n\r\n";

std::string numeric_host(const sockaddr* address, socklen_t size) {
  std::array<char, NI_MAXHOST> host{};
  if (::getnameinfo(address, size, host.data(), host.size(), nullptr, 0, NI_NUMERICHOST) != 0) {
    return {};
  }
  return host.data();
}

/// Where a socket that listens already does so.
ListenAddress address_of(int socket) {
  sockaddr_storage address = {};
  socklen_t size = sizeof(address);
  if (::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    return {};
  }
  const std::string host = numeric_host(reinterpret_cast<const sockaddr*>(&address), size);
  return address.ss_family == AF_INET6
             ? ListenAddress{"[" + host + "]",
                             ntohs(reinterpret_cast<const sockaddr_in6*>(&address)->sin6_port)}
             : ListenAddress{host, ntohs(reinterpret_cast<const sockaddr_in*>(&address)->sin_port)};
}

tl::unexpected<Error> bind_failure(const ListenAddress& address, int number) {
  if (number == EADDRINUSE) {
    return fail(ErrorCode::kUnavailable, address.to_string() + " is in use by another program");
  }
  return fail(ErrorCode::kUnavailable,
              "cannot listen on " + address.to_string() + ": " + std::strerror(number));
}

Result<int> bound_socket(const ListenAddress& address, const addrinfo& found) {
  const int socket = ::socket(found.ai_family, found.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (socket < 0) {
    return bind_failure(address, errno);
  }
  // Without this a restart would wait for the old connections' last packets. SO_REUSEPORT is not
  // set: with it a second server would share the port in silence.
  const int yes = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  if (::bind(socket, found.ai_addr, found.ai_addrlen) != 0 || ::listen(socket, kBacklog) != 0) {
    const int number = errno;
    ::close(socket);
    return bind_failure(address, number);
  }
  return socket;
}

Result<int> listening_socket(const ListenAddress& address) {
  std::string host = address.host;
  if (host.starts_with('[')) {
    host = host.substr(1, host.size() - 2);
  }
  addrinfo wanted = {};
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int status =
      ::getaddrinfo(host.c_str(), std::to_string(address.port).c_str(), &wanted, &found);
  if (status != 0) {
    return fail(ErrorCode::kInvalid,
                "found no address of '" + address.host + "': " + ::gai_strerror(status));
  }
  Result<int> socket = bound_socket(address, *found);
  ::freeaddrinfo(found);
  return socket;
}

}  // namespace

std::string ListenAddress::to_string() const {
  return host + ":" + std::to_string(port);
}

Result<ListenAddress> parse_listen_address(std::string_view text) {
  const auto wrong = [text] {
    return fail(ErrorCode::kInvalid,
                "found '" + std::string(text) + "', wanted HOST:PORT, for example 127.0.0.1:3000");
  };
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) {
    return wrong();
  }
  ListenAddress address;
  address.host = std::string(text.substr(0, colon));
  const bool has_colon = address.host.find(':') != std::string::npos;
  const bool bracketed = address.host.starts_with('[') && address.host.ends_with(']');
  if (has_colon != bracketed) {
    return wrong();
  }
  const std::string_view digits = text.substr(colon + 1);
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
  if (error != std::errc() || end != digits.data() + digits.size() || address.port < 0 ||
      address.port > 65535) {
    return wrong();
  }
  return address;
}

/// One thread takes connections in, a fixed number of others answers them. A connection that waits
/// for its next request keeps its thread, but only as long as no other one wants it.
class Listener::Impl {
 public:
  Impl(Descriptor socket, ListenAddress address, Handlers handlers, ListenerLimits limits)
      : socket_(std::move(socket)),
        wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
        address_(std::move(address)),
        handlers_(std::move(handlers)),
        limits_(limits) {}

  ~Impl() {
    stop();
    ::close(wake_);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  [[nodiscard]] const ListenAddress& address() const { return address_; }

  void start() {
    acceptor_ = std::thread([this] { accept_connections(); });
    workers_.reserve(limits_.threads);
    for (std::size_t i = 0; i < limits_.threads; ++i) {
      workers_.emplace_back([this] { serve_connections(); });
    }
  }

  void stop() {
    if (std::exchange(stopped_, true)) {
      return;
    }
    stopping_ = true;
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(wake_, &one, sizeof(one));
    if (acceptor_.joinable()) {
      acceptor_.join();
    }
    socket_.close();
    end_connections();
    for (std::thread& worker : workers_) {
      worker.join();
    }
  }

 private:
  struct Accepted {
    int socket = -1;
    std::string peer;
  };

  void accept_connections() {
    while (!stopping_) {
      std::array<pollfd, 2> entries{pollfd{socket_.get(), POLLIN, 0}, pollfd{wake_, POLLIN, 0}};
      if (::poll(entries.data(), entries.size(), -1) < 0 || entries[0].revents == 0) {
        continue;
      }
      sockaddr_storage peer = {};
      socklen_t size = sizeof(peer);
      const int socket = ::accept4(socket_.get(), reinterpret_cast<sockaddr*>(&peer), &size,
                                   SOCK_CLOEXEC | SOCK_NONBLOCK);
      if (socket >= 0) {
        take_in({socket, numeric_host(reinterpret_cast<const sockaddr*>(&peer), size)});
      } else if (errno == EMFILE || errno == ENFILE) {
        // The connection stays in the kernel's queue until one of ours has ended.
        ::poll(&entries[1], 1, kOutOfFilesPauseMs);
      }
    }
  }

  void take_in(Accepted accepted) {
    const int yes = 1;
    ::setsockopt(accepted.socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= limits_.max_waiting) {
      ::send(accepted.socket, kTurnedAway.data(), kTurnedAway.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      ::close(accepted.socket);
      return;
    }
    waiting_.push_back(std::move(accepted));
    if (free_workers_ < waiting_.size() && !idle_.empty()) {
      // The connection that has been silent for longest makes room.
      ::shutdown(idle_.front(), SHUT_RD);
      idle_.pop_front();
    }
    changed_.notify_one();
  }

  void serve_connections() {
    std::unique_lock lock(mutex_);
    while (true) {
      ++free_workers_;
      changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      --free_workers_;
      if (waiting_.empty()) {
        return;
      }
      const Accepted accepted = std::move(waiting_.front());
      waiting_.pop_front();
      open_.push_back(accepted.socket);
      lock.unlock();
      serve(accepted);
      lock.lock();
    }
  }

  void serve(const Accepted& accepted) {
    Connection connection(accepted.socket, accepted.peer, handlers_, limits_, stopping_);
    bool first = true;
    while (wait_for_request(connection, accepted.socket, std::exchange(first, false)) &&
           connection.exchange() && !stopping_) {
    }
    // Forgotten before it is closed: the number may be another connection's a moment later.
    const std::lock_guard lock(mutex_);
    open_.remove(accepted.socket);
    ended_.notify_all();
  }

  bool wait_for_request(Connection& connection, int socket, bool first) {
    {
      const std::lock_guard lock(mutex_);
      if (!first && (stopping_ || free_workers_ < waiting_.size())) {
        return false;
      }
      if (stopping_) {
        ::shutdown(socket, SHUT_RD);  // What has come in already can still be read.
      }
      (first ? fresh_ : idle_).push_back(socket);
    }
    const bool begins =
        connection.wait_for_request(first ? limits_.request_time : limits_.idle_time);
    const std::lock_guard lock(mutex_);
    (first ? fresh_ : idle_).remove(socket);
    return begins;
  }

  /// Silent connections end now, busy ones after their answer, all of them in stop_time.
  void end_connections() {
    std::unique_lock lock(mutex_);
    for (const std::list<int>* silent : {&fresh_, &idle_}) {
      for (const int socket : *silent) {
        ::shutdown(socket, SHUT_RD);
      }
    }
    changed_.notify_all();
    ended_.wait_for(lock, limits_.stop_time, [this] { return open_.empty() && waiting_.empty(); });
    for (const int socket : open_) {
      ::shutdown(socket, SHUT_RDWR);
    }
    for (const Accepted& accepted : std::exchange(waiting_, {})) {
      ::close(accepted.socket);
    }
  }

  Descriptor socket_;
  int wake_;
  ListenAddress address_;
  Handlers handlers_;
  ListenerLimits limits_;
  std::atomic<bool> stopping_ = false;
  bool stopped_ = false;
  std::thread acceptor_;
  std::vector<std::thread> workers_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::condition_variable ended_;
  std::deque<Accepted> waiting_;
  std::size_t free_workers_ = 0;
  std::list<int> open_;
  std::list<int> fresh_;  ///< Wait for their first request, which is on its way.
  std::list<int> idle_;   ///< Wait for another one, and give way to those that are asked for.
};

Result<std::unique_ptr<Listener>> Listener::open(const ListenAddress& address, Handlers handlers,
                                                 ListenerLimits limits) {
  const Result<int> socket = listening_socket(address);
  if (!socket) {
    return tl::unexpected<Error>(socket.error());
  }
  const ListenAddress real{address.host, address_of(*socket).port};
  return std::unique_ptr<Listener>(
      new Listener(std::make_unique<Impl>(Descriptor(*socket), real, std::move(handlers), limits)));
}

std::unique_ptr<Listener> Listener::adopt(Descriptor socket, Handlers handlers,
                                          ListenerLimits limits) {
  const ListenAddress real = address_of(socket.get());
  return std::unique_ptr<Listener>(
      new Listener(std::make_unique<Impl>(std::move(socket), real, std::move(handlers), limits)));
}

Listener::Listener(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Listener::~Listener() = default;

ListenAddress Listener::address() const {
  return impl_->address();
}

void Listener::start() {
  impl_->start();
}

void Listener::stop() {
  impl_->stop();
}

}  // namespace likes::http
