#pragma once

#include <chrono>
#include <memory>

#include "server/http/listener.h"
#include "server/http/message.h"
#include "server/http/worker_pool.h"

namespace likes::http {

/// One thread that serves many connections: it waits for none of them, so an idle or slow one costs
/// some memory and no thread. What has to wait runs in the pool.
class EventLoop {
 public:
  /// Shares the listening socket with other loops. All that it is given must outlive it.
  EventLoop(int listening_socket, const Handlers& handlers, const ListenerLimits& limits,
            WorkerPool& pool);
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  void start();

  /// Begins to stop: takes what waits to be accepted, if told so, and nothing after it; ends silent
  /// connections, and the others after their answer.
  void begin_stop(bool accept_waiting);

  /// Waits until all connections have ended, or ends them at the stop time.
  void join();

  /// Whether the thread gets round to its work, or has ended it, within this time.
  [[nodiscard]] bool is_alive(std::chrono::milliseconds patience);

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace likes::http
