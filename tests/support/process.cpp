#include "tests/support/process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "tests/support/catch.h"

namespace likes::testing {
namespace {

constexpr std::chrono::seconds kPatience{20};

/// Between fork and exec: becomes the program or tells the parent why not.
[[noreturn]] void become(const std::vector<std::string>& words,
                         const Process::Environment& environment, int output, int complaint) {
  std::vector<char*> argv;
  for (const std::string& word : words) {
    argv.push_back(const_cast<char*>(word.c_str()));
  }
  argv.push_back(nullptr);
  for (const auto& [name, value] : environment) {
    ::setenv(name.c_str(), value.c_str(), 1);
  }
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  ::execvp(argv[0], argv.data());
  const int reason = errno;
  const ssize_t told = ::write(complaint, &reason, sizeof reason);
  ::_exit(told == sizeof reason ? 127 : 126);
}

}  // namespace

Process::Process(const std::vector<std::string>& words, const Environment& environment,
                 const std::string& package) {
  int output[2];
  int complaint[2];  // closed by a successful exec
  REQUIRE(::pipe2(output, O_CLOEXEC) == 0);
  REQUIRE(::pipe2(complaint, O_CLOEXEC) == 0);
  pid_ = ::fork();
  REQUIRE(pid_ >= 0);
  if (pid_ == 0) {
    become(words, environment, output[1], complaint[1]);
  }
  ::close(output[1]);
  ::close(complaint[1]);
  output_fd_ = output[0];
  int reason = 0;
  const bool failed = ::read(complaint[0], &reason, sizeof reason) > 0;
  ::close(complaint[0]);
  if (failed) {
    FAIL("cannot run " << words.front() << ": " << std::strerror(reason)
                       << (package.empty() ? "" : "; install the Debian package " + package));
  }
}

Process::~Process() {
  if (pid_ > 0 && status_ < 0) {
    ::kill(pid_, SIGKILL);
    wait();
  }
  if (output_fd_ >= 0) {
    close_output();
  }
}

bool Process::read_more(int timeout_ms) {
  pollfd readable = {output_fd_, POLLIN, 0};
  if (output_fd_ < 0 || ::poll(&readable, 1, timeout_ms) <= 0) {
    return false;
  }
  char bytes[4096];
  const ssize_t got = ::read(output_fd_, bytes, sizeof bytes);
  if (got <= 0) {
    return false;
  }
  output_.append(bytes, static_cast<std::size_t>(got));
  return true;
}

std::optional<std::string> Process::find_line(const std::string& text) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  std::size_t searched = 0;
  while (true) {
    const std::size_t found = output_.find(text, searched);
    const std::size_t line_end = found == std::string::npos ? found : output_.find('\n', found);
    if (line_end != std::string::npos) {
      const std::size_t before = output_.rfind('\n', found);
      const std::size_t line = before == std::string::npos ? 0 : before + 1;
      return output_.substr(line, line_end - line);
    }
    // What is incomplete is looked at again.
    searched = std::min(found, output_.size() - std::min(output_.size(), text.size()));
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0 || !read_more(static_cast<int>(left.count()))) {
      return std::nullopt;
    }
  }
}

std::string Process::wait_for_line(const std::string& text) {
  const std::optional<std::string> line = find_line(text);
  if (!line) {
    FAIL("waited for a line with '" << text << "', found:\n" << output_);
  }
  return *line;
}

void Process::close_output() {
  ::close(std::exchange(output_fd_, -1));
}

void Process::signal(int number) const {
  ::kill(pid_, number);
}

int Process::wait() {
  if (status_ >= 0) {
    return status_;
  }
  while (read_more(-1)) {
  }
  int status = 0;
  ::waitpid(pid_, &status, 0);
  status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return status_;
}

int free_port() {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  REQUIRE(::bind(fd, reinterpret_cast<sockaddr*>(&address), size) == 0);
  REQUIRE(::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  ::close(fd);
  return ::ntohs(address.sin_port);
}

}  // namespace likes::testing
