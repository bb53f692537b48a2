#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/message.h"
#include "tests/support/catch.h"

namespace likes::testing {

/// A TCP connection that sends exactly the bytes a test wants, HTTP or not.
class HttpConnection {
 public:
  explicit HttpConnection(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0);
  }
  ~HttpConnection() { ::close(socket_); }
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;

  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) {
        return;  // The server has answered and closed; what it said is what counts.
      }
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  /// The next answer; status 0 when the connection ended before one came.
  http::Response receive(bool to_head = false) {
    http::Response response;
    response.status = 0;
    std::size_t end = 0;
    while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
      if (!read_more()) {
        return response;
      }
    }
    parse_head(received_.substr(0, end + 2), response);
    received_.erase(0, end + 4);
    if (response.status == 100) {
      return receive(to_head);
    }
    std::size_t size = 0;
    const std::string_view length = response.header("Content-Length");
    std::from_chars(length.data(), length.data() + length.size(), size);
    while (!to_head && received_.size() < size && read_more()) {
    }
    if (!to_head) {
      response.body = received_.substr(0, size);
      received_.erase(0, size);
    }
    return response;
  }

  /// Says no more, and gives all that still comes until the server ends the connection; nothing
  /// when it is silent for ten seconds.
  std::optional<std::string> receive_to_end() {
    ::shutdown(socket_, SHUT_WR);
    while (read_more()) {
    }
    return ended_ ? std::optional(received_) : std::nullopt;
  }

  /// Whether the server ends the connection, without another byte, before ten seconds are over.
  bool is_ended() { return received_.empty() && !read_more() && ended_; }

 private:
  bool read_more() {
    pollfd entry{socket_, POLLIN, 0};
    if (::poll(&entry, 1, 10'000) <= 0) {
      return false;
    }
    char bytes[4096];
    const ssize_t got = ::recv(socket_, bytes, sizeof bytes, 0);
    ended_ = got <= 0;
    if (got > 0) {
      received_.append(bytes, static_cast<std::size_t>(got));
    }
    return got > 0;
  }

  static void parse_head(std::string_view head, http::Response& response) {
    std::from_chars(head.data() + 9, head.data() + 12, response.status);
    head.remove_prefix(head.find("\r\n") + 2);
    while (!head.empty()) {
      const std::string_view line = head.substr(0, head.find("\r\n"));
      const std::size_t colon = line.find(": ");
      response.headers.push_back(
          {std::string(line.substr(0, colon)), std::string(line.substr(colon + 2))});
      head.remove_prefix(line.size() + 2);
    }
  }

  int socket_;
  bool ended_ = false;
  std::string received_;
};

/// One request over a connection of its own.
inline http::Response request(int port, const std::string& method, const std::string& target,
                              const std::string& headers = "", const std::string& body = "") {
  HttpConnection connection(port);
  std::string bytes = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers;
  if (!body.empty()) {
    bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  }
  connection.send(bytes + "\r\n" + body);
  return connection.receive(method == "HEAD");
}

}  // namespace likes::testing
