#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace likes::testing {

/// Stands between a program and a database server: passes bytes from a TCP port of 127.0.0.1 to
/// the server's Unix socket and back, and cuts connections where a test wants it.
class DatabaseProxy {
 public:
  enum class Verdict {
    kPass,
    kCut,          ///< Both sides see the end; these bytes reach nobody.
    kPassThenCut,  ///< The other side gets these bytes, and then both see the end.
  };
  enum class From { kClient, kServer };
  /// Judges each piece of bytes before it is passed on. Called from many threads.
  using Judge = std::function<Verdict(From from, std::string_view bytes)>;

  DatabaseProxy(std::string socket_path, Judge judge);
  ~DatabaseProxy();
  DatabaseProxy(const DatabaseProxy&) = delete;
  DatabaseProxy& operator=(const DatabaseProxy&) = delete;

  [[nodiscard]] int port() const { return port_; }

  /// While it refuses, new connections are ended at once.
  void refuse(bool refuse) { refusing_ = refuse; }

 private:
  void accept_until_ended();
  void pass(int client);

  const std::string socket_path_;
  const Judge judge_;
  int listening_ = -1;
  int port_ = 0;
  std::atomic<bool> refusing_ = false;
  std::atomic<bool> ending_ = false;
  std::vector<std::thread> connections_;  ///< Used by the accepting thread alone, until it ends.
  std::thread accepting_;
};

}  // namespace likes::testing
