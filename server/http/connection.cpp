#include "server/http/connection.h"

#include <httplib.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <exception>
#include <utility>

#include "server/likes/limits.h"

namespace likes::http {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// How long, and how much, we listen to a client that still sends after its last answer. Closing
/// at once would make the kernel throw away the answer together with what was not read.
constexpr std::chrono::milliseconds kLingerTime{500};
constexpr std::size_t kLingerBytes = std::size_t{1} << 20;
constexpr std::size_t kFlushBytes = 65'536;

/// Waits until the socket can do `events`; false at the deadline.
bool wait_until(int socket, short events, SteadyClock::time_point deadline) {
  while (true) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - SteadyClock::now());
    if (left.count() < 0) {
      return false;
    }
    pollfd entry{socket, events, 0};
    const int ready = ::poll(&entry, 1, static_cast<int>(left.count()) + 1);
    if (ready > 0) {
      return true;
    }
    if (ready < 0 && errno != EINTR) {
      return false;
    }
  }
}

/// The socket as cpp-httplib wants to see it. What the client sends is counted and timed, so that a
/// slow or endless request costs no more than its limits; what we send leaves in few packets.
/// The library's newer versions ask for more functions than its older ones; those that only some
/// know stand here without `override`.
// NOLINTBEGIN(modernize-use-override)
class SocketStream : public httplib::Stream {
 public:
  SocketStream(int socket, std::string peer, const ListenerLimits& limits)
      : socket_(socket), peer_(std::move(peer)), limits_(limits) {}

  void begin_request() {
    budget_ = limits_.max_request_bytes;
    deadline_ = SteadyClock::now() + limits_.request_time;
  }
  /// How much of the request has been read.
  [[nodiscard]] std::size_t consumed() const { return limits_.max_request_bytes - budget_; }
  [[nodiscard]] bool has_input() const { return begin_ < end_; }
  [[nodiscard]] const std::string& peer() const { return peer_; }

  virtual bool is_readable() const { return true; }
  virtual bool is_writable() const { return true; }
  virtual bool wait_readable() const { return true; }
  virtual bool wait_writable() const { return true; }
  virtual time_t duration() const { return 0; }

  virtual ssize_t read(char* bytes, size_t size) {
    if (budget_ == 0 || (!has_input() && !fill())) {
      return -1;
    }
    const std::size_t count = std::min({size, end_ - begin_, budget_});
    std::copy_n(input_.data() + begin_, count, bytes);
    begin_ += count;
    budget_ -= count;
    return static_cast<ssize_t>(count);
  }

  virtual ssize_t write(const char* bytes, size_t size) {
    output_.append(bytes, size);
    if (output_.size() >= kFlushBytes && !flush()) {
      return -1;
    }
    return static_cast<ssize_t>(size);
  }

  virtual void get_remote_ip_and_port(std::string& ip, int& port) const {
    ip = peer_;
    port = 0;
  }
  virtual void get_local_ip_and_port(std::string& ip, int& port) const {
    ip.clear();
    port = 0;
  }
  // The library compares the number with FD_SETSIZE, a limit of select() that poll() has not.
  virtual socket_t socket() const { return 0; }

  [[nodiscard]] bool flush() {
    const auto deadline = SteadyClock::now() + limits_.answer_time;
    std::string_view rest = output_;
    while (!rest.empty()) {
      const ssize_t sent = ::send(socket_, rest.data(), rest.size(), MSG_NOSIGNAL);
      if (sent > 0) {
        rest.remove_prefix(static_cast<std::size_t>(sent));
        continue;
      }
      const bool interrupted = errno == EINTR;
      const bool later = errno == EAGAIN && wait_until(socket_, POLLOUT, deadline);
      if (!interrupted && !later) {
        break;
      }
    }
    const bool sent_all = rest.empty();
    output_.clear();
    return sent_all;
  }

  /// Reads past a body of this size; false when it does not come.
  [[nodiscard]] bool skip(std::uint64_t size) {
    std::array<char, 1024> bytes{};
    while (size > 0) {
      const ssize_t count = read(bytes.data(), std::min<std::uint64_t>(size, bytes.size()));
      if (count <= 0) {
        return false;
      }
      size -= static_cast<std::uint64_t>(count);
    }
    return true;
  }

 private:
  bool fill() {
    while (true) {
      const ssize_t got = ::recv(socket_, input_.data(), input_.size(), 0);
      if (got > 0) {
        begin_ = 0;
        end_ = static_cast<std::size_t>(got);
        return true;
      }
      const bool again = got < 0 && (errno == EAGAIN || errno == EINTR);
      if (!again || !wait_until(socket_, POLLIN, deadline_)) {
        return false;
      }
    }
  }

  int socket_;
  std::string peer_;
  const ListenerLimits& limits_;
  SteadyClock::time_point deadline_{};
  std::size_t budget_ = 0;
  std::array<char, 4096> input_{};
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::string output_;
};
// NOLINTEND(modernize-use-override)

/// How a request's body is framed, as far as we trust it.
struct Framing {
  std::optional<std::uint64_t> body_bytes = 0;
  bool clear = true;  ///< Whether it is beyond doubt where the next request begins.
};

Framing framing_of(const httplib::Request& request) {
  const std::size_t lengths = request.get_header_value_count("Content-Length");
  if (request.has_header("Transfer-Encoding")) {
    return {std::nullopt, false};
  }
  if (lengths == 0) {
    return {};
  }
  const std::string text = request.get_header_value("Content-Length");
  std::uint64_t bytes = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bytes);
  if (lengths > 1 || error != std::errc() || end != text.data() + text.size()) {
    return {std::nullopt, false};
  }
  return {bytes, bytes <= domain::kMaxBodyBytes};
}

bool is_safe_header_value(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) {
    return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
  });
}

}  // namespace

/// One parser for each connection, so that its callbacks know whose request it is.
class Connection::Impl : public httplib::Server {
 public:
  Impl(int socket, std::string peer, const http::Handlers& handlers, const ListenerLimits& limits,
       const std::atomic<bool>& stopping)
      : socket_(socket),
        stream_(socket, std::move(peer), limits),
        handlers_(handlers),
        stopping_(stopping) {
    set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
      answer(request, response);
      return HandlerResponse::Handled;
    });
    set_error_handler(
        HandlerWithResponse([this](const httplib::Request&, httplib::Response& response) {
          if (!answered_) {
            close_ = true;
            fill(response, handlers_.refuse(response.status));
          }
          return HandlerResponse::Handled;
        }));
    set_post_routing_handler(
        [this](const httplib::Request&, httplib::Response& response) { finish_headers(response); });
  }

  ~Impl() override {
    linger();
    ::close(socket_);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  bool wait_for_request(std::chrono::milliseconds time) {
    return stream_.has_input() || wait_until(socket_, POLLIN, SteadyClock::now() + time);
  }

  bool exchange() {
    stream_.begin_request();
    answered_ = false;
    framing_ = {};
    close_ = false;
    bool library_closes = false;
    const bool written = read_and_answer(*this, library_closes);
    if (!stream_.flush() || !written || close_ || library_closes) {
      return false;
    }
    // The library's newer versions read past a body that no handler wanted, its older ones do not.
    const std::size_t request_bytes = head_bytes_ + framing_.body_bytes.value_or(0);
    return stream_.consumed() >= request_bytes || stream_.skip(request_bytes - stream_.consumed());
  }

 private:
  /// Since 0.16 the library wants to be told both addresses; before, it asked the stream.
  template <class Self>
  bool read_and_answer(Self& self, bool& library_closes) {
    const auto prepare = [this](httplib::Request& request) { prepare_request(request); };
    const std::string none;
    if constexpr (requires {
                    self.process_request(stream_, none, 0, none, 0, false, library_closes, prepare);
                  }) {
      return self.process_request(stream_, stream_.peer(), 0, none, 0, false, library_closes,
                                  prepare);
    } else {
      return self.process_request(stream_, false, library_closes, prepare);
    }
  }

  void prepare_request(httplib::Request& request) {
    head_bytes_ = stream_.consumed();
    framing_ = framing_of(request);
    close_ = !framing_.clear;
    // Ranges and compression are not part of what we promise, and a compressed answer would need
    // an entity tag of its own.
    request.ranges.clear();
    request.headers.erase("Accept-Encoding");
    if (!framing_.clear) {
      request.headers.erase("Expect");  // The answer is final: the body shall not be sent.
    }
  }

  void answer(const httplib::Request& from, httplib::Response& to) {
    Request request;
    request.method = from.method;
    request.target = from.target;
    request.peer = stream_.peer();
    request.body_bytes = framing_.body_bytes;
    request.headers.reserve(from.headers.size());
    for (const auto& [name, value] : from.headers) {
      request.headers.push_back({name, value});
    }
    fill(to, answer_or_500(request));
    answered_ = true;
  }

  /// The border for what libraries below the handlers may throw, memory running out among it.
  Response answer_or_500(const Request& request) {
    try {
      return handlers_.answer(request);
    } catch (const std::exception&) {
      return handlers_.refuse(500);
    }
  }

  static void fill(httplib::Response& to, Response from) {
    to.status = from.status;
    for (Header& header : from.headers) {
      if (is_safe_header_value(header.value)) {
        to.headers.emplace(std::move(header.name), std::move(header.value));
      }
    }
    to.body = std::move(from.body);
  }

  void finish_headers(httplib::Response& response) {
    if (response.status == 204 || response.status == 304) {
      response.headers.erase("Content-Length");
    }
    response.headers.erase("Accept-Ranges");
    // It would promise numbers that a busy server does not keep.
    response.headers.erase("Keep-Alive");
    close_ = close_ || stopping_;
    if (close_) {
      response.headers.erase("Connection");
      response.headers.emplace("Connection", "close");
    }
  }

  void linger() {
    ::shutdown(socket_, SHUT_WR);
    const auto deadline = SteadyClock::now() + kLingerTime;
    std::array<char, 4096> bytes{};
    std::size_t total = 0;
    while (total < kLingerBytes && !stopping_) {
      const ssize_t got = ::recv(socket_, bytes.data(), bytes.size(), 0);
      if (got > 0) {
        total += static_cast<std::size_t>(got);
      } else if (got == 0 || (errno != EAGAIN && errno != EINTR) ||
                 !wait_until(socket_, POLLIN, deadline)) {
        return;
      }
    }
  }

  int socket_;
  SocketStream stream_;
  const http::Handlers& handlers_;
  const std::atomic<bool>& stopping_;
  Framing framing_;
  std::size_t head_bytes_ = 0;  ///< Request line and headers.
  bool answered_ = false;
  bool close_ = false;
};

Connection::Connection(int socket, std::string peer, const http::Handlers& handlers,
                       const ListenerLimits& limits, const std::atomic<bool>& stopping)
    : impl_(std::make_unique<Impl>(socket, std::move(peer), handlers, limits, stopping)) {}

Connection::~Connection() = default;

bool Connection::wait_for_request(std::chrono::milliseconds time) {
  return impl_->wait_for_request(time);
}

bool Connection::exchange() {
  return impl_->exchange();
}

}  // namespace likes::http
