#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "server/http/message.h"
#include "tools/support/descriptor.h"
#include "tools/support/result.h"

namespace likes::http {

/// Where to listen: `127.0.0.1:3000`, `[::1]:3000`, `localhost:3000`; port 0 asks for a free one.
struct ListenAddress {
  std::string host;
  int port = 0;

  [[nodiscard]] std::string to_string() const;
};

[[nodiscard]] Result<ListenAddress> parse_listen_address(std::string_view text);

/// What clients may take of the server, each of them and all together.
struct ListenerLimits {
  std::size_t loops = 2;          ///< Threads that serve connections.
  std::size_t workers = 64;       ///< Threads, at most, for requests that have to wait.
  std::size_t max_waiting = 256;  ///< Requests that wait for such a thread; more get 503.
  /// More make way: those that are idle first, then those that are slowest.
  std::size_t max_connections = 16'384;
  std::size_t max_unsent_bytes = std::size_t{64} << 20;  ///< Of answers that clients do not take.
  std::chrono::milliseconds request_time{10'000};        ///< For a whole request to come in.
  std::chrono::milliseconds answer_time{30'000};         ///< For the client to take the answer.
  std::chrono::milliseconds idle_time{30'000};  ///< Between two requests of one connection.
  std::chrono::milliseconds stop_time{1'500};   ///< For open requests to end when stopping.
};

/// A TCP port that answers HTTP/1.1.
class Listener {
 public:
  /// Takes the port, so that a busy one is known at once; nothing is answered before start().
  [[nodiscard]] static Result<std::unique_ptr<Listener>> open(const ListenAddress& address,
                                                              Handlers handlers,
                                                              ListenerLimits limits = {});
  /// The same with a socket that listens already.
  [[nodiscard]] static std::unique_ptr<Listener> adopt(Descriptor socket, Handlers handlers,
                                                       ListenerLimits limits = {});
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  /// `127.0.0.1:41234`: the real port also where 0 was asked for.
  [[nodiscard]] ListenAddress address() const;

  void start();

  /// Whether all its threads get round to their work within this time.
  [[nodiscard]] bool is_alive(std::chrono::milliseconds patience);

  /// Takes no more connections, answers the requests that are there, and ends. Twice is once.
  void stop();

 private:
  class Impl;
  explicit Listener(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace likes::http
