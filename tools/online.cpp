#include "tools/refresh/refresh_command.h"
#include "tools/snapshot/snapshot_command.h"
#include "tools/support/command_line.h"
#include "tools/support/large_pages.h"

namespace {

constexpr const char* kHelp =
    R"(Usage: likes COMMAND [OPTION...]

The commands of likes that ask a server: a program apart, so that the others
start without the library for HTTPS.

Commands:
  snapshot  fetch all counts from a likes server into likes.json
  refresh   fetch them and write them into a new copy of a built site

Options:
  -h, --help     print this help; `likes COMMAND --help` tells about a command
      --version  print the version
)";

}  // namespace

int main(int argc, char** argv) {
  likes::allow_large_pages();
  likes::CommandLine command_line("likes", LIKES_VERSION, kHelp);
  likes::snapshot::add_snapshot_command(command_line);
  likes::refresh::add_refresh_command(command_line);
  return static_cast<int>(command_line.run({argv + 1, argv + argc}));
}
