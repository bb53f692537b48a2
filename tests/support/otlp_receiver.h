#pragma once

#include <arpa/inet.h>
#include <httplib.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/catch.h"

namespace likes::testing {

/// A collector that takes traces by OTLP over HTTP on a free port, and keeps them.
class OtlpReceiver {
 public:
  explicit OtlpReceiver(int status = 200) {
    server_.Post("/v1/traces",
                 [this, status](const httplib::Request& request, httplib::Response& response) {
                   const std::lock_guard lock(mutex_);
                   requests_.push_back(request);
                   response.status = status;
                 });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
  }
  ~OtlpReceiver() {
    // stop() before the loop has begun would be lost; a request answered shows that it has.
    httplib::Client("127.0.0.1", port_).Get("/");
    server_.stop();
    thread_.join();
  }
  OtlpReceiver(const OtlpReceiver&) = delete;
  OtlpReceiver& operator=(const OtlpReceiver&) = delete;

  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  [[nodiscard]] std::vector<httplib::Request> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

  /// All bodies one behind the other.
  [[nodiscard]] std::string bytes() const {
    std::string bytes;
    for (const httplib::Request& request : requests()) {
      bytes += request.body;
    }
    return bytes;
  }

  struct Received {
    nlohmann::json resource;            ///< Attributes of the last body.
    std::vector<nlohmann::json> spans;  ///< In the order in which they ended.

    /// The one span of this name, with its attributes as `name: value`.
    [[nodiscard]] nlohmann::json span(const std::string& name) const {
      std::vector<nlohmann::json> found;
      for (const nlohmann::json& span : spans) {
        if (span["name"] == name) {
          found.push_back(span);
        }
      }
      INFO(nlohmann::json(spans).dump(2));
      REQUIRE(found.size() == 1);
      return found.front();
    }
  };

  /// What came, where OTLP in JSON was asked for.
  [[nodiscard]] Received received() const {
    Received received;
    for (const httplib::Request& request : requests()) {
      CHECK(request.get_header_value("Content-Type") == "application/json");
      const nlohmann::json body = nlohmann::json::parse(request.body);
      for (const nlohmann::json& of_resource : body.at("resourceSpans")) {
        received.resource = by_name(of_resource["resource"]["attributes"]);
        for (const nlohmann::json& of_scope : of_resource.at("scopeSpans")) {
          for (nlohmann::json span : of_scope.at("spans")) {
            span["attributes"] = by_name(span.value("attributes", nlohmann::json::array()));
            received.spans.push_back(std::move(span));
          }
        }
      }
    }
    return received;
  }

 private:
  static nlohmann::json by_name(const nlohmann::json& attributes) {
    nlohmann::json named = nlohmann::json::object();
    for (const nlohmann::json& attribute : attributes) {
      named[attribute["key"].get<std::string>()] = attribute["value"].front();
    }
    return named;
  }

  mutable std::mutex mutex_;
  std::vector<httplib::Request> requests_;
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

/// A port that takes connections and never says a word.
class SilentPort {
 public:
  SilentPort() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    REQUIRE(::bind(socket_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(::listen(socket_, 16) == 0);
    REQUIRE(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
  }
  ~SilentPort() { ::close(socket_); }
  SilentPort(const SilentPort&) = delete;
  SilentPort& operator=(const SilentPort&) = delete;

  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  int socket_;
  int port_ = 0;
};

}  // namespace likes::testing
