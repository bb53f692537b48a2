#include "tests/faults/crowd.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <string_view>
#include <utility>

namespace likes::testing {

constexpr int kConnections = 64;
constexpr int kAnswerMs = 30'000;
constexpr std::chrono::minutes kStandstill{1};
/// Who was turned away does not come back in the same moment.
constexpr std::chrono::milliseconds kPause{10};

/// One connection that is kept as long as it lasts.
class Visit {
 public:
  explicit Visit(int port) : port_(port) {}
  ~Visit() { close(); }
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;

  Answer ask(const std::string& request) {
    if (socket_ < 0 && !connect()) {
      return {};
    }
    Answer answer = exchange(request);
    if (answer.status == 0) {
      close();
    }
    return answer;
  }

 private:
  bool connect() {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port_));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      close();
      return false;
    }
    return true;
  }

  void close() {
    if (socket_ >= 0) {
      ::close(socket_);
    }
    socket_ = -1;
  }

  Answer exchange(const std::string& request) {
    if (::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(request.size())) {
      return {};
    }
    std::string received;
    std::size_t head = 0;
    while ((head = received.find("\r\n\r\n")) == std::string::npos) {
      if (!read_more(received)) {
        return {};
      }
    }
    constexpr std::string_view kLength = "Content-Length: ";
    std::size_t size = 0;
    if (const std::size_t length = received.find(kLength); length < head) {
      const char* const digits = received.data() + length + kLength.size();
      std::from_chars(digits, received.data() + head, size);
    }
    while (received.size() < head + 4 + size) {
      if (!read_more(received)) {
        return {};
      }
    }
    Answer answer;
    std::from_chars(received.data() + 9, received.data() + 12, answer.status);
    answer.body = received.substr(head + 4);
    return answer;
  }

  bool read_more(std::string& received) const {
    pollfd entry{socket_, POLLIN, 0};
    char bytes[4096];
    if (::poll(&entry, 1, kAnswerMs) <= 0) {
      return false;
    }
    const ssize_t got = ::recv(socket_, bytes, sizeof bytes, 0);
    received.append(bytes, got > 0 ? static_cast<std::size_t>(got) : 0);
    return got > 0;
  }

  int port_;
  int socket_ = -1;
};

Crowd::Crowd(int visitors, std::vector<int> ports, std::string target)
    : visitors_(visitors), ports_(std::move(ports)), target_(std::move(target)) {
  for (int i = 0; i < kConnections; ++i) {
    threads_.emplace_back([this, i] { visit(i); });
  }
}

Crowd::~Crowd() {
  giving_up_ = true;
  for (std::thread& thread : threads_) {
    thread.join();
  }
}

bool Crowd::wait_until_told(int visitors) {
  int seen = told_;
  auto moved = std::chrono::steady_clock::now();
  while (told_ < visitors) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    const auto now = std::chrono::steady_clock::now();
    if (told_ != seen) {
      seen = told_;
      moved = now;
    } else if (now - moved > kStandstill) {
      return false;
    }
  }
  return true;
}

bool Crowd::finish() {
  return wait_until_told(visitors_);
}

void Crowd::visit(int first) {
  Visit connection(ports_[static_cast<std::size_t>(first) % ports_.size()]);
  for (int visitor = first; visitor < visitors_ && !giving_up_; visitor += kConnections) {
    like_until_told(connection, visitor);
  }
}

void Crowd::like_until_told(Visit& connection, int visitor) {
  const std::string request = "POST " + target_ + " HTTP/1.1\r\nHost: localhost\r\n" +
                              "X-Forwarded-For: 10." + std::to_string(visitor >> 16 & 255) + "." +
                              std::to_string(visitor >> 8 & 255) + "." +
                              std::to_string(visitor & 255) + "\r\n\r\n";
  for (bool is_first = true; !giving_up_; is_first = false) {
    const Answer answer = connection.ask(request);
    const int status = answer.status;
    if (status == 200 || status == 429) {
      told_already_ += status == 429 ? 1 : 0;
      told_wrongly_ += status == 429 && is_first ? 1 : 0;
      ++told_;
      return;
    }
    unanswered_ += status == 0 ? 1 : 0;
    refused_ += status == 503 ? 1 : 0;
    if (status != 0 && status != 503) {
      note_strange(answer);
    }
    std::this_thread::sleep_for(kPause);
  }
}

void Crowd::note_strange(const Answer& answer) {
  const std::lock_guard lock(mutex_);
  if (strange_++ == 0) {
    first_strange_ = std::to_string(answer.status) + " " + answer.body;
  }
}

std::string Crowd::strange() const {
  const std::lock_guard lock(mutex_);
  return strange_ == 0 ? "" : std::to_string(strange_) + " answers like " + first_strange_;
}

Answer ask(int port, const std::string& method, const std::string& target,
           const std::string& headers) {
  return Visit(port).ask(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers +
                         "\r\n");
}

}  // namespace likes::testing
