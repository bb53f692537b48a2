#include "server/http/listener.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>
#include <vector>

#include "server/http/event_loop.h"
#include "server/http/worker_pool.h"

namespace likes::http {
namespace {

constexpr int kBacklog = 4096;
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

class Listener::Impl {
 public:
  /// A socket that was passed to us stays open elsewhere: what waits there is for who comes next.
  Impl(Descriptor socket, bool is_passed, ListenAddress address, Handlers handlers,
       ListenerLimits limits)
      : socket_(std::move(socket)),
        is_passed_(is_passed),
        address_(std::move(address)),
        handlers_(std::move(handlers)),
        limits_(limits),
        pool_(std::make_unique<WorkerPool>(limits.workers, limits.max_waiting)) {
    for (std::size_t i = 0; i < limits_.loops; ++i) {
      loops_.push_back(std::make_unique<EventLoop>(socket_.get(), handlers_, limits_, *pool_));
    }
  }
  ~Impl() { stop(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  [[nodiscard]] const ListenAddress& address() const { return address_; }

  void start() {
    started_ = true;
    for (const std::unique_ptr<EventLoop>& loop : loops_) {
      loop->start();
    }
  }

  bool is_alive(std::chrono::milliseconds patience) {
    return std::all_of(loops_.begin(), loops_.end(),
                       [&](const auto& loop) { return loop->is_alive(patience); });
  }

  void stop() {
    if (std::exchange(stopped_, true)) {
      return;
    }
    if (started_) {
      for (const std::unique_ptr<EventLoop>& loop : loops_) {
        loop->begin_stop(!is_passed_);
      }
      [[maybe_unused]] const bool all_know = is_alive(limits_.stop_time);
      socket_.close();
      for (const std::unique_ptr<EventLoop>& loop : loops_) {
        loop->join();
      }
    }
    socket_.close();
    pool_.reset();
  }

 private:
  Descriptor socket_;
  bool is_passed_;
  ListenAddress address_;
  Handlers handlers_;
  ListenerLimits limits_;
  bool started_ = false;
  bool stopped_ = false;
  std::unique_ptr<WorkerPool> pool_;
  std::vector<std::unique_ptr<EventLoop>> loops_;
};

Result<std::unique_ptr<Listener>> Listener::open(const ListenAddress& address, Handlers handlers,
                                                 ListenerLimits limits) {
  const Result<int> socket = listening_socket(address);
  if (!socket) {
    return tl::unexpected<Error>(socket.error());
  }
  const ListenAddress real{address.host, address_of(*socket).port};
  return std::unique_ptr<Listener>(new Listener(
      std::make_unique<Impl>(Descriptor(*socket), false, real, std::move(handlers), limits)));
}

std::unique_ptr<Listener> Listener::adopt(Descriptor socket, Handlers handlers,
                                          ListenerLimits limits) {
  const ListenAddress real = address_of(socket.get());
  return std::unique_ptr<Listener>(new Listener(
      std::make_unique<Impl>(std::move(socket), true, real, std::move(handlers), limits)));
}

Listener::Listener(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Listener::~Listener() = default;

ListenAddress Listener::address() const {
  return impl_->address();
}

void Listener::start() {
  impl_->start();
}

bool Listener::is_alive(std::chrono::milliseconds patience) {
  return impl_->is_alive(patience);
}

void Listener::stop() {
  impl_->stop();
}

}  // namespace likes::http
