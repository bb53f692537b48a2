#include "tests/tools/dev/running_programs.h"

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace likes::testing {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

std::vector<pid_t> running_programs(const std::string& variable, const std::string& name) {
  std::vector<pid_t> found;
  std::error_code code;
  for (const fs::directory_entry& entry : fs::directory_iterator("/proc", code)) {
    const std::string number = entry.path().filename().string();
    if (std::isdigit(static_cast<unsigned char>(number.front())) == 0) {
      continue;
    }
    const std::string variables = '\0' + bytes_of(entry.path() / "environ");
    const bool is_ours = variables.find('\0' + variable + '\0') != std::string::npos;
    if (is_ours && (name.empty() || bytes_of(entry.path() / "comm") == name + "\n")) {
      found.push_back(static_cast<pid_t>(std::stol(number)));
    }
  }
  return found;
}

bool wait_for_end(pid_t pid) {
  const int process = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
  if (process < 0) {
    return true;  // It has ended already.
  }
  pollfd ended = {process, POLLIN, 0};
  const bool in_time = ::poll(&ended, 1, 10'000) == 1;
  ::close(process);
  return in_time;
}

}  // namespace likes::testing
