#include "tools/support/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <utility>

namespace likes {
namespace {

constexpr std::size_t kMaxChunk = 65536;
/// An output that is closed may be there before the end is.
constexpr int kAskAgain_ms = 5;

/// Our environment with `more` over it, as NAME=value.
std::vector<std::string> environment_with(const std::map<std::string, std::string>& more) {
  std::vector<std::string> all;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string text = *variable;
    if (!more.contains(text.substr(0, text.find('=')))) {
      all.push_back(text);
    }
  }
  for (const auto& [name, value] : more) {
    all.push_back(std::string(name).append("=").append(value));
  }
  return all;
}

/// What execve() takes; the texts stay where they are.
std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  all.reserve(texts.size() + 1);
  for (std::string& text : texts) {
    all.push_back(text.data());
  }
  all.push_back(nullptr);
  return all;
}

/// A program as execve() takes it.
struct ProgramTexts {
  explicit ProgramTexts(const Program& program)
      : words(program.words), variables(environment_with(program.environment)) {
    words.insert(words.begin(), program.file.string());
    argv = pointers(words);
    environment = pointers(variables);
  }
  ProgramTexts(const ProgramTexts&) = delete;
  ProgramTexts& operator=(const ProgramTexts&) = delete;

  /// Gives the number of the reason where that cannot be.
  [[nodiscard]] int run() const {
    ::execve(argv.front(), argv.data(), environment.data());
    return errno;
  }

  std::vector<std::string> words;
  std::vector<std::string> variables;
  std::vector<char*> argv;
  std::vector<char*> environment;
};

/// Between fork and exec: becomes the program or tells the parent why not.
[[noreturn]] void become_child(const ProgramTexts& program, pid_t parent, int output,
                               int complaint) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != parent) {
    ::_exit(1);  // It died before the line above.
  }
  const int nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  if (nothing > STDERR_FILENO) {
    ::close(nothing);
  }
  // What we block and ignore for ourselves would be inherited.
  ::signal(SIGPIPE, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const int reason = program.run();
  const ssize_t told = ::write(complaint, &reason, sizeof reason);
  ::_exit(told == sizeof reason ? 127 : 126);
}

tl::unexpected<Error> cannot_start(const Program& program, int reason) {
  return fail(ErrorCode::kUnavailable, std::string("cannot start it: ") + std::strerror(reason),
              {program.file.string()});
}

}  // namespace

Result<Child> Child::start(const Program& program) {
  int output[2];
  int complaint[2];  // Closed by a successful exec.
  if (::pipe2(output, O_CLOEXEC) != 0) {
    return cannot_start(program, errno);
  }
  Descriptor read_end(output[0]);
  const Descriptor write_end(output[1]);
  if (::pipe2(complaint, O_CLOEXEC) != 0) {
    return cannot_start(program, errno);
  }
  const Descriptor complaint_read(complaint[0]);
  Descriptor complaint_write(complaint[1]);
  ::fcntl(read_end.get(), F_SETFL, O_NONBLOCK);

  const ProgramTexts texts(program);
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) {
    return cannot_start(program, errno);
  }
  if (pid == 0) {
    become_child(texts, parent, write_end.get(), complaint_write.get());
  }
  // The child does it too: whoever comes first.
  ::setpgid(pid, pid);
  complaint_write.close();
  Child child(pid, std::move(read_end));
  int reason = 0;
  if (::read(complaint_read.get(), &reason, sizeof reason) > 0) {
    return cannot_start(program, reason);
  }
  return child;
}

Child::Child(pid_t pid, Descriptor output) : pid_(pid), output_(std::move(output)) {}

Child::~Child() {
  kill_and_wait();
}

Child::Child(Child&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), output_(std::move(other.output_)) {}

Child& Child::operator=(Child&& other) noexcept {
  if (this != &other) {
    kill_and_wait();
    pid_ = std::exchange(other.pid_, -1);
    output_ = std::move(other.output_);
  }
  return *this;
}

void Child::kill_and_wait() {
  if (pid_ > 0) {
    signal_all(SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }
}

std::string Child::read_output() {
  std::string bytes(kMaxChunk, '\0');
  const ssize_t got = ::read(output_.get(), bytes.data(), bytes.size());
  if (got == 0) {
    output_.close();
  }
  bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return bytes;
}

void Child::signal(int number) const {
  if (pid_ > 0) {
    ::kill(pid_, number);
  }
}

void Child::signal_all(int number) const {
  if (pid_ > 0) {
    ::kill(-pid_, number);
  }
}

std::optional<std::string> Child::ended() {
  siginfo_t info = {};
  const auto id = static_cast<id_t>(pid_);
  if (::waitid(P_PID, id, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0) {
    return std::nullopt;
  }
  // It keeps its number, and its group's, until it is waited for: nobody else is hit.
  kill_and_wait();
  if (info.si_code == CLD_EXITED) {
    return "exit code " + std::to_string(info.si_status);
  }
  return "signal " + std::to_string(info.si_status) + " (" + ::strsignal(info.si_status) + ")";
}

std::filesystem::path own_folder() {
  std::error_code code;
  return std::filesystem::read_symlink("/proc/self/exe", code).parent_path();
}

int become(const Program& program) {
  return ProgramTexts(program).run();
}

bool is_program(const std::filesystem::path& file) {
  std::error_code code;
  return std::filesystem::is_regular_file(file, code) && ::access(file.c_str(), X_OK) == 0;
}

std::filesystem::path find_in_path(const std::string& name) {
  const char* variable = std::getenv("PATH");
  const std::string_view folders = variable == nullptr ? "" : variable;
  for (std::size_t at = 0; at < folders.size();) {
    const std::size_t end = std::min(folders.find(':', at), folders.size());
    std::filesystem::path file = std::filesystem::path(folders.substr(at, end - at)) / name;
    if (end > at && is_program(file)) {
      return file;
    }
    at = end + 1;
  }
  return {};
}

Result<std::string> run_to_end(const Program& program,
                               const std::function<void(std::string_view)>& take) {
  Result<Child> child = Child::start(program);
  if (!child) {
    return tl::unexpected(child.error());
  }
  std::optional<std::string> end;
  while (!end) {
    pollfd readable = {child->output(), POLLIN, 0};
    ::poll(&readable, 1, kAskAgain_ms);
    // Asked before its output is read: what it printed last must not be lost.
    end = child->ended();
    for (std::string text = child->read_output(); !text.empty(); text = child->read_output()) {
      take(text);
    }
  }
  return *end;
}

}  // namespace likes
