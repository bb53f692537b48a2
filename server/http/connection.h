#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

#include "server/http/listener.h"
#include "server/http/message.h"

namespace likes::http {

/// One client's connection: cpp-httplib reads its requests and writes the answers, over a socket
/// whose time and size limits are ours. This is the only place that knows the library.
class Connection {
 public:
  /// Takes the socket, which must not block, and closes it in the end.
  Connection(int socket, std::string peer, const Handlers& handlers, const ListenerLimits& limits,
             const std::atomic<bool>& stopping);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Waits for the next request to begin; false when nothing comes in that time.
  [[nodiscard]] bool wait_for_request(std::chrono::milliseconds time);

  /// Answers one request; false when the connection ends with it.
  [[nodiscard]] bool exchange();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace likes::http
