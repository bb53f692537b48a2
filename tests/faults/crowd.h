#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace likes::testing {

/// The status of one request, and its body; 0 where no answer came.
struct Answer {
  int status = 0;
  std::string body;
};

/// Many visitors who like one post over 64 connections, each from an address of its own (the server
/// must trust X-Forwarded-For from this machine). One who gets no answer, or is told that the
/// database is away, tries again until told that the like counts.
class Crowd {
 public:
  /// Starts at once. Visitor i goes to `ports[i % ports.size()]`.
  Crowd(int visitors, std::vector<int> ports, std::string target = "/like/hello");
  ~Crowd();
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  /// Visitors who have been told that their like counts.
  [[nodiscard]] int told() const { return told_; }
  /// Waits until so many have been told, or nobody has for a minute; whether they have.
  [[nodiscard]] bool wait_until_told(int visitors);
  /// Waits for all.
  [[nodiscard]] bool finish();

  /// Of those told, whom a second attempt told that the like was there already.
  [[nodiscard]] int told_already() const { return told_already_; }
  /// Visitors told so at their first attempt: a lie, as each likes once.
  [[nodiscard]] int told_wrongly() const { return told_wrongly_; }
  /// Attempts that got 503, and those that got no answer.
  [[nodiscard]] int refused() const { return refused_; }
  [[nodiscard]] int unanswered() const { return unanswered_; }
  /// The first answer that nobody should get, with how many there were; "" where there was none.
  [[nodiscard]] std::string strange() const;

 private:
  void visit(int first);
  void like_until_told(class Visit& connection, int visitor);
  void note_strange(const Answer& answer);

  const int visitors_;
  const std::vector<int> ports_;
  const std::string target_;
  std::atomic<bool> giving_up_ = false;
  std::atomic<int> told_ = 0;
  std::atomic<int> told_already_ = 0;
  std::atomic<int> told_wrongly_ = 0;
  std::atomic<int> refused_ = 0;
  std::atomic<int> unanswered_ = 0;
  mutable std::mutex mutex_;
  int strange_ = 0;
  std::string first_strange_;
  std::vector<std::thread> threads_;
};

[[nodiscard]] Answer ask(int port, const std::string& method, const std::string& target,
                         const std::string& headers = "");

}  // namespace likes::testing
