#include "tools/dev/programs.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <system_error>

#include "tools/support/child.h"

namespace likes::dev {
namespace {

namespace fs = std::filesystem;

/// An output that is closed may be there before the end is.
constexpr int kAskAgain_ms = 50;

bool is_program(const fs::path& file) {
  std::error_code code;
  return fs::is_regular_file(file, code) && ::access(file.c_str(), X_OK) == 0;
}

}  // namespace

fs::path find_in_path(const std::string& name) {
  const char* variable = std::getenv("PATH");
  const std::string_view folders = variable == nullptr ? "" : variable;
  for (std::size_t at = 0; at < folders.size();) {
    const std::size_t end = std::min(folders.find(':', at), folders.size());
    fs::path file = fs::path(folders.substr(at, end - at)) / name;
    if (end > at && is_program(file)) {
      return file;
    }
    at = end + 1;
  }
  return {};
}

Result<fs::path> find_hugo() {
  fs::path found = find_in_path("hugo");
  if (found.empty()) {
    return fail(
        ErrorCode::kNotFound,
        "found no 'hugo' in PATH, wanted Hugo 0.111 or newer; install the package hugo, for "
        "example with: apt install hugo");
  }
  return found;
}

Result<std::string> ask_hugo_version(const fs::path& hugo) {
  Result<Child> child = Child::start({"hugo", hugo, {"version"}, {}});
  if (!child) {
    return tl::unexpected(child.error());
  }
  std::string said;
  for (bool is_over = false; !is_over;) {
    pollfd readable = {child->output(), POLLIN, 0};
    ::poll(&readable, 1, kAskAgain_ms);
    // Asked before its output is read: what it printed last must not be lost.
    is_over = child->ended().has_value();
    for (std::string text = child->read_output(); !text.empty(); text = child->read_output()) {
      said += text;
    }
  }
  return said.substr(0, said.find('\n'));
}

Result<fs::path> find_likes_server() {
  std::error_code code;
  const fs::path folder = fs::read_symlink("/proc/self/exe", code).parent_path();
  if (!code && is_program(folder / "likes-server")) {
    return folder / "likes-server";
  }
  fs::path found = find_in_path("likes-server");
  if (found.empty()) {
    return fail(ErrorCode::kNotFound, "found no 'likes-server' in " + folder.string() +
                                          " nor in PATH; it is built and installed with likes");
  }
  return found;
}

}  // namespace likes::dev
