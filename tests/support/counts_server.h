#pragma once

#include <httplib.h>

#include <functional>
#include <string>
#include <thread>
#include <utility>

namespace likes::testing {

/// An HTTP server on a free port that answers GET /api/likes as told.
class CountsServer {
 public:
  using Handler = std::function<void(const httplib::Request&, httplib::Response&)>;

  explicit CountsServer(Handler handler) {
    server_.Get("/api/likes", std::move(handler));
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
  }
  ~CountsServer() {
    // stop() before the loop has begun would be lost; a request answered shows that it has.
    httplib::Client("127.0.0.1", port_).Get("/");
    server_.stop();
    thread_.join();
  }
  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(port_) + "/api/";
  }

 private:
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace likes::testing
