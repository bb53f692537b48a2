#pragma once

#include <sys/types.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace likes::testing {

/// A program that a test runs beside itself. It is ended, and waited for, in the destructor at the
/// latest, so that no test leaves one behind.
class Process {
 public:
  using Environment = std::map<std::string, std::string>;

  /// Starts `words[0]`, looked up in PATH, with `environment` over our own. Fails the test when it
  /// cannot be started; `package` is the Debian package to name then.
  explicit Process(const std::vector<std::string>& words, const Environment& environment = {},
                   const std::string& package = "");
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Reads its output (stdout and stderr in one) until a line holds `text`, and gives that line
  /// back; nothing when the program ends or twenty seconds pass before.
  std::optional<std::string> find_line(const std::string& text);

  /// The same where the line must come: otherwise the test fails, with all that was printed.
  std::string wait_for_line(const std::string& text);

  /// Nobody reads its output any more.
  void close_output();

  void signal(int number) const;

  /// Waits for its end; the exit code, or 128 + the signal's number.
  int wait();

  /// All that it has printed and that was read by now; after wait(), all.
  [[nodiscard]] const std::string& output() const { return output_; }

 private:
  bool read_more(int timeout_ms);

  pid_t pid_ = -1;
  int output_fd_ = -1;
  std::string output_;
  int status_ = -1;
};

/// A port on 127.0.0.1 that nobody listens on at this moment.
[[nodiscard]] int free_port();

}  // namespace likes::testing
