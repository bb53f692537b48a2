#include "server/http/event_loop.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <exception>
#include <list>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "server/http/connection.h"
#include "tools/support/descriptor.h"

namespace likes::http {
namespace {

using SteadyClock = std::chrono::steady_clock;
using TimePoint = SteadyClock::time_point;

/// How long, and how much, we listen to a client that still sends after its last answer. Closing
/// at once would make the kernel throw away the answer together with what was not read.
constexpr std::chrono::milliseconds kLingerTime{500};
constexpr std::size_t kLingerBytes = std::size_t{1} << 20;
constexpr std::size_t kReadBytes = std::size_t{16} << 10;
constexpr int kAcceptsAtOnce = 64;
constexpr int kEventsAtOnce = 256;
constexpr std::chrono::milliseconds kOutOfFilesPause{20};

// Which of the loop's descriptors an event is of; clients come after these.
constexpr std::uint64_t kListening = 0;
constexpr std::uint64_t kWake = 1;
constexpr std::uint64_t kFirstClient = 2;

std::string peer_name(const sockaddr_storage& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const void* const bytes =
      address.ss_family == AF_INET6
          ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in6*>(&address)->sin6_addr)
          : static_cast<const void*>(&reinterpret_cast<const sockaddr_in*>(&address)->sin_addr);
  const bool known = ::inet_ntop(address.ss_family, bytes, text.data(),
                                 static_cast<socklen_t>(text.size())) != nullptr;
  return known ? text.data() : "";
}

/// What a connection is doing, each with a time limit of its own; but an answer is waited for as
/// long as it takes.
enum Phase : std::size_t { kReading, kIdle, kAnswering, kSending, kLingering, kPhases };

struct Client {
  Client(std::uint64_t number, int fd, std::string peer, const Handlers& handlers)
      : id(number), socket(fd), connection(std::move(peer), handlers.refuse) {}

  std::uint64_t id;
  Descriptor socket;
  Connection connection;
  bool is_readable = false;
  bool is_writable = true;
  bool hangs_up = false;     ///< The client sends no more; what it sent may be unread.
  bool has_ended = false;    ///< All that it sent is read.
  bool is_fresh = true;      ///< Has not asked for anything yet.
  bool begins_anew = false;  ///< Has had an answer since it entered its phase.
  std::size_t unsent = 0;    ///< As counted in the loop's total.
  std::size_t lingered = 0;
  Phase phase = kReading;
  TimePoint deadline;
  std::list<Client*>::iterator place;
};

}  // namespace

class EventLoop::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(int listening_socket, const Handlers& handlers, const ListenerLimits& limits,
       WorkerPool& pool)
      : listening_(listening_socket),
        handlers_(handlers),
        limits_(limits),
        pool_(pool),
        epoll_(::epoll_create1(EPOLL_CLOEXEC)),
        wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    epoll_event wake{};
    wake.events = EPOLLIN;
    wake.data.u64 = kWake;
    ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, wake_.get(), &wake);
    set_accepting(true);
  }

  void start() {
    thread_ = std::thread([this] { run(); });
  }

  void begin_stop(bool accept_waiting) {
    {
      const std::lock_guard lock(mutex_);
      stop_asked_ = accept_waiting ? kAfterAccepting : kAtOnce;
    }
    ::eventfd_write(wake_.get(), 1);
  }

  void join() {
    if (thread_.joinable()) {
      thread_.join();
    }
  }

  bool is_alive(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    // A turn that has begun already may have missed what was told before.
    const std::uint64_t turn = ++turns_asked_;
    ::eventfd_write(wake_.get(), 1);
    return turned_.wait_for(lock, patience, [&] { return turns_ended_ >= turn || has_ended_; });
  }

  /// From any thread: what makes the answer of a client's request.
  void post(std::uint64_t id, std::function<Response()> make) {
    const std::lock_guard lock(mutex_);
    if (posted_.empty()) {
      ::eventfd_write(wake_.get(), 1);
    }
    posted_.emplace_back(id, std::move(make));
  }

 private:
  enum StopAsked { kNo, kAtOnce, kAfterAccepting };

  void run() {
    std::array<epoll_event, kEventsAtOnce> events{};
    while (!is_done()) {
      const int count = ::epoll_wait(epoll_.get(), events.data(), kEventsAtOnce, time_to_wait());
      now_ = SteadyClock::now();
      for (int i = 0; i < count; ++i) {
        handle(events[static_cast<std::size_t>(i)]);
      }
      end_late_ones();
    }
    clients_.clear();
    {
      const std::lock_guard lock(mutex_);
      has_ended_ = true;
    }
    turned_.notify_all();
  }

  [[nodiscard]] bool is_done() const {
    return stopping_ && (clients_.empty() || SteadyClock::now() >= stop_deadline_);
  }

  int time_to_wait() const {
    TimePoint next = stopping_ ? stop_deadline_ : TimePoint::max();
    for (const std::list<Client*>& phase : phases_) {
      if (!phase.empty()) {
        next = std::min(next, phase.front()->deadline);
      }
    }
    next = is_accepting_ || stopping_ ? next : std::min(next, accept_again_);
    if (next == TimePoint::max()) {
      return -1;
    }
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(next - SteadyClock::now());
    return static_cast<int>(std::clamp<std::int64_t>(left.count() + 1, 0, 60'000));
  }

  void handle(const epoll_event& event) {
    if (event.data.u64 == kListening) {
      accept_clients();
      return;
    }
    if (event.data.u64 == kWake) {
      take_posted();
      return;
    }
    const auto found = clients_.find(event.data.u64);
    if (found == clients_.end()) {
      return;
    }
    Client& client = *found->second;
    client.hangs_up = client.hangs_up || (event.events & EPOLLRDHUP) != 0;
    client.is_readable = client.is_readable || client.hangs_up || (event.events & EPOLLIN) != 0;
    client.is_writable = client.is_writable || (event.events & EPOLLOUT) != 0;
    if ((event.events & (EPOLLERR | EPOLLHUP)) != 0) {
      drop(client);
      return;
    }
    serve(client);
  }

  // --- connections that come

  void set_accepting(bool accepting) {
    if (accepting == is_accepting_) {
      return;
    }
    is_accepting_ = accepting;
    epoll_event event{};
    event.events = EPOLLIN | EPOLLEXCLUSIVE;
    event.data.u64 = kListening;
    ::epoll_ctl(epoll_.get(), accepting ? EPOLL_CTL_ADD : EPOLL_CTL_DEL, listening_, &event);
  }

  void accept_clients() {
    for (int i = 0; i < kAcceptsAtOnce || stopping_; ++i) {
      sockaddr_storage peer = {};
      socklen_t size = sizeof peer;
      const int socket = ::accept4(listening_, reinterpret_cast<sockaddr*>(&peer), &size,
                                   SOCK_CLOEXEC | SOCK_NONBLOCK);
      if (socket >= 0) {
        take_in(socket, peer_name(peer));
        continue;
      }
      if (errno == EINTR || errno == ECONNABORTED) {
        continue;
      }
      const bool out_of_files = errno == EMFILE || errno == ENFILE;
      if (out_of_files && make_room()) {
        continue;
      }
      if (out_of_files && !stopping_) {
        // The connection stays in the kernel's queue until one of ours has ended.
        set_accepting(false);
        accept_again_ = now_ + kOutOfFilesPause;
      }
      return;
    }
  }

  void take_in(int socket, std::string peer) {
    if (clients_.size() >= limits_.max_connections / limits_.loops && !make_room()) {
      const Descriptor turned_away(socket);
      Connection connection(std::move(peer), handlers_.refuse);
      connection.turn_away();
      const std::string_view answer = connection.unsent();
      ::send(socket, answer.data(), answer.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      return;
    }
    const int yes = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    const std::uint64_t id = next_id_++;
    const auto added =
        clients_.emplace(id, std::make_unique<Client>(id, socket, std::move(peer), handlers_));
    Client& client = *added.first->second;
    client.deadline = now_ + limits_.request_time;
    client.place = phases_[kReading].insert(phases_[kReading].end(), &client);
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.u64 = id;
    ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, socket, &event);
  }

  /// Ends the connection that has been idle for longest; where there is none, the one that has
  /// taken longest to send its request or to take its answer.
  bool make_room() {
    for (const Phase phase : {kLingering, kIdle, kReading, kSending}) {
      if (!phases_[phase].empty()) {
        drop(*phases_[phase].front());
        return true;
      }
    }
    return false;
  }

  // --- one connection

  /// Goes as far with a connection as it can go without waiting.
  void serve(Client& client) {
    if (client.phase == kLingering) {
      linger(client);
      return;
    }
    while (true) {
      const bool more = answer_requests(client);
      const bool sent = flush(client);
      if (!client.socket.is_open()) {
        return;
      }
      if (!sent || client.connection.is_answering() || client.connection.is_over() ||
          (!more && !read_more(client))) {
        break;
      }
    }
    settle(client);
  }

  /// Answers what has come in, until an answer has to be waited for; whether it stopped before that
  /// because enough is to be sent already.
  bool answer_requests(Client& client) {
    while (!client.connection.must_send()) {
      std::optional<Request> request = client.connection.next_request();
      if (!request) {
        return false;
      }
      client.is_fresh = false;
      client.begins_anew = true;
      if (stopping_) {
        client.connection.set_last();
      }
      std::optional<Response> response = answer_or_500(std::move(*request), client.id);
      if (!response) {
        return false;
      }
      client.connection.answer(*response);
    }
    return true;
  }

  /// The border for what libraries below the handlers may throw, memory running out among it.
  std::optional<Response> answer_or_500(Request request, std::uint64_t id) {
    const Later later = [loop = weak_from_this(), id](std::function<Response()> make) {
      if (const std::shared_ptr<Impl> alive = loop.lock()) {
        alive->post(id, std::move(make));
      }
    };
    try {
      if (!handlers_.waits(request)) {
        return handlers_.answer(request, later);
      }
      const bool runs = pool_.run([this, request = std::move(request), later] {
        if (std::optional<Response> answer = answer_in_pool(request, later)) {
          const auto response = std::make_shared<Response>(std::move(*answer));
          later([response] { return std::move(*response); });
        }
      });
      return runs ? std::nullopt : std::optional(handlers_.refuse(503));
    } catch (const std::exception&) {
      return handlers_.refuse(500);
    }
  }

  std::optional<Response> answer_in_pool(const Request& request, const Later& later) {
    try {
      return handlers_.answer(request, later);
    } catch (const std::exception&) {
      return handlers_.refuse(500);
    }
  }

  void take_posted() {
    eventfd_t ignored = 0;
    ::eventfd_read(wake_.get(), &ignored);
    std::vector<std::pair<std::uint64_t, std::function<Response()>>> posted;
    StopAsked stop = kNo;
    std::uint64_t turn = 0;
    {
      const std::lock_guard lock(mutex_);
      turn = turns_asked_;
      posted.swap(posted_);
      stop = std::exchange(stop_asked_, kNo);
    }
    // Before the answers, so that those say that they are the last ones.
    if (stop != kNo) {
      stop_accepting(stop == kAfterAccepting);
    }
    for (auto& [id, make] : posted) {
      // Made also for a client that has gone: making it counts the request.
      const Response response = make_or_500(make);
      const auto found = clients_.find(id);
      if (found != clients_.end()) {
        if (stopping_) {
          found->second->connection.set_last();
        }
        found->second->connection.answer(response);
        serve(*found->second);
      }
    }
    {
      const std::lock_guard lock(mutex_);
      turns_ended_ = turn;
    }
    turned_.notify_all();
  }

  Response make_or_500(const std::function<Response()>& make) {
    try {
      return make();
    } catch (const std::exception&) {
      return handlers_.refuse(500);
    }
  }

  /// Whether anything came.
  bool read_more(Client& client) {
    if (!client.is_readable || client.has_ended || !client.connection.wants_input()) {
      return false;
    }
    std::array<char, kReadBytes> bytes;  // NOLINT: written before it is read
    const ssize_t got = ::recv(client.socket.get(), bytes.data(), bytes.size(), 0);
    if (got > 0) {
      // A short read has emptied the socket, and what comes later is another event; but the end of
      // the connection may have been told of in the same event.
      client.is_readable = static_cast<std::size_t>(got) == bytes.size() || client.hangs_up;
      client.connection.take_in({bytes.data(), static_cast<std::size_t>(got)});
      return true;
    }
    if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
      client.has_ended = true;
    }
    client.is_readable = got < 0 && errno == EINTR;
    return false;
  }

  /// Whether all output is on its way; a client that is gone is dropped.
  bool flush(Client& client) {
    Connection& connection = client.connection;
    for (std::string_view next = connection.unsent(); !next.empty() && client.is_writable;
         next = connection.unsent()) {
      const ssize_t sent = ::send(client.socket.get(), next.data(), next.size(), MSG_NOSIGNAL);
      if (sent >= 0) {
        connection.sent(static_cast<std::size_t>(sent));
      } else if (errno == EAGAIN) {
        client.is_writable = false;
      } else if (errno != EINTR) {
        drop(client);
        return false;
      }
    }
    return connection.unsent_bytes() == 0;
  }

  /// Puts a connection that can go no farther into the phase that it is in now.
  void settle(Client& client) {
    const Connection& connection = client.connection;
    count_unsent(client, connection.unsent_bytes());
    if (client.unsent > 0) {
      enter(client, kSending, limits_.answer_time);
      while (unsent_ > limits_.max_unsent_bytes / limits_.loops &&
             phases_[kSending].front() != &client) {
        drop(*phases_[kSending].front());
      }
    } else if (connection.is_answering()) {
      enter(client, kAnswering, {});
    } else if (connection.is_over()) {
      end(client);
    } else if (client.has_ended || (stopping_ && !connection.is_reading())) {
      drop(client);
    } else if (connection.is_reading()) {
      enter(client, kReading, limits_.request_time);
    } else if (!client.is_fresh) {
      enter(client, kIdle, limits_.idle_time);
    }
  }

  /// A client that does not take its answers makes way for others when too much waits for all.
  void count_unsent(Client& client, std::size_t unsent) {
    unsent_ += unsent - client.unsent;
    client.unsent = unsent;
  }

  /// A phase that goes on keeps its deadline.
  void enter(Client& client, Phase phase, std::chrono::milliseconds time) {
    if (client.phase != phase || std::exchange(client.begins_anew, false)) {
      phases_[phase].splice(phases_[phase].end(), phases_[client.phase], client.place);
      client.phase = phase;
      client.deadline = phase == kAnswering ? TimePoint::max() : now_ + time;
    }
  }

  /// Ends a connection after its last answer.
  void end(Client& client) {
    if (client.has_ended || stopping_) {
      drop(client);
      return;
    }
    ::shutdown(client.socket.get(), SHUT_WR);
    enter(client, kLingering, kLingerTime);
    linger(client);
  }

  void linger(Client& client) {
    std::array<char, kReadBytes> bytes;  // NOLINT: nobody reads it
    while (client.lingered < kLingerBytes) {
      const ssize_t got = ::recv(client.socket.get(), bytes.data(), bytes.size(), 0);
      if (got < 0 && errno == EAGAIN) {
        return;
      }
      if (got <= 0 && errno != EINTR) {
        break;
      }
      client.lingered += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
    }
    drop(client);
  }

  void drop(Client& client) {
    count_unsent(client, 0);
    phases_[client.phase].erase(client.place);
    client.socket.close();
    gone_.push_back(std::move(clients_.at(client.id)));
    clients_.erase(client.id);
  }

  // --- time

  void end_late_ones() {
    for (const Phase phase : {kReading, kIdle, kSending, kLingering}) {
      while (!phases_[phase].empty() && phases_[phase].front()->deadline <= now_) {
        Client& client = *phases_[phase].front();
        if (phase == kReading && client.connection.is_reading()) {
          client.connection.time_out();
          flush(client);
          if (client.socket.is_open()) {
            end(client);
          }
        } else {
          drop(client);
        }
      }
    }
    gone_.clear();
    if (!is_accepting_ && !stopping_ && accept_again_ <= now_) {
      set_accepting(true);
    }
  }

  void stop_accepting(bool accept_waiting) {
    if (std::exchange(stopping_, true)) {
      return;
    }
    stop_deadline_ = SteadyClock::now() + limits_.stop_time;
    set_accepting(false);
    if (accept_waiting) {
      accept_clients();
    }
    std::vector<std::uint64_t> ids;
    for (const auto& [id, client] : clients_) {
      ids.push_back(id);
    }
    for (const std::uint64_t id : ids) {
      Client& client = *clients_.at(id);
      client.is_readable = true;  // What has come in already is still read.
      serve(client);
    }
  }

  int listening_;
  const Handlers& handlers_;
  const ListenerLimits& limits_;
  WorkerPool& pool_;
  Descriptor epoll_;
  Descriptor wake_;
  std::thread thread_;

  std::unordered_map<std::uint64_t, std::unique_ptr<Client>> clients_;
  std::array<std::list<Client*>, kPhases> phases_;
  /// Clients that were dropped while someone still looked at them.
  std::vector<std::unique_ptr<Client>> gone_;
  std::size_t unsent_ = 0;  ///< Bytes of answers that clients do not take yet.
  std::uint64_t next_id_ = kFirstClient;
  TimePoint now_ = SteadyClock::now();
  bool is_accepting_ = false;
  TimePoint accept_again_{};
  bool stopping_ = false;
  TimePoint stop_deadline_{};

  std::mutex mutex_;
  std::condition_variable turned_;
  std::vector<std::pair<std::uint64_t, std::function<Response()>>> posted_;
  StopAsked stop_asked_ = kNo;
  std::uint64_t turns_asked_ = 0;
  std::uint64_t turns_ended_ = 0;
  bool has_ended_ = false;
};

EventLoop::EventLoop(int listening_socket, const Handlers& handlers, const ListenerLimits& limits,
                     WorkerPool& pool)
    : impl_(std::make_shared<Impl>(listening_socket, handlers, limits, pool)) {}

EventLoop::~EventLoop() = default;

void EventLoop::start() {
  impl_->start();
}

void EventLoop::begin_stop(bool accept_waiting) {
  impl_->begin_stop(accept_waiting);
}

void EventLoop::join() {
  impl_->join();
}

bool EventLoop::is_alive(std::chrono::milliseconds patience) {
  return impl_->is_alive(patience);
}

}  // namespace likes::http
