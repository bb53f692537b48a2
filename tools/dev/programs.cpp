#include "tools/dev/programs.h"

#include <string_view>

#include "tools/support/child.h"

namespace likes::dev {
namespace fs = std::filesystem;

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
  std::string said;
  const Result<std::string> end =
      run_to_end({"hugo", hugo, {"version"}, {}}, [&said](std::string_view text) { said += text; });
  if (!end) {
    return tl::unexpected(end.error());
  }
  return said.substr(0, said.find('\n'));
}

Result<fs::path> find_likes_server() {
  const fs::path folder = own_folder();
  if (!folder.empty() && is_program(folder / "likes-server")) {
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
