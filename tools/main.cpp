#include "tools/bake/bake_command.h"
#include "tools/check/check_command.h"
#include "tools/dev/dev_command.h"
#include "tools/index/index_command.h"
#include "tools/inject/inject_command.h"
#include "tools/report/report_command.h"
#include "tools/support/command_line.h"
#include "tools/support/large_pages.h"

namespace {

constexpr const char* kHelp =
    R"(Usage: likes COMMAND [OPTION...]

The build tools of hugo-likes: likes for Hugo sites, baked into the HTML.

Commands:
  index     read a Hugo site and write posts.json, the posts that can be liked
  snapshot  fetch all counts from a likes server into likes.json
  bake      write the counts of likes.json into the pages of a built site
  refresh   do both into a new copy of the site, and switch to it at once
  inject    put like buttons into a site whose theme has no place for them
  check     hold posts, built pages and counts against each other
  report    draw a page of what readers like
  dev       run hugo server and a likes server together while you write

Options:
  -h, --help     print this help; `likes COMMAND --help` tells about a command
      --version  print the version

Exit codes: 0 done, 1 an input or the run failed, 2 the command line was wrong.
)";

}  // namespace

int main(int argc, char** argv) {
  likes::allow_large_pages();
  likes::CommandLine command_line("likes", LIKES_VERSION, kHelp);
  likes::index::add_index_command(command_line);
  likes::bake::add_bake_command(command_line);
  likes::inject::add_inject_command(command_line);
  likes::check::add_check_command(command_line);
  likes::report::add_report_command(command_line);
  likes::dev::add_dev_command(command_line);
  // To load what speaks HTTPS takes as long as all else that a short run does.
  command_line.add_program("snapshot", "likes-online");
  command_line.add_program("refresh", "likes-online");
  return static_cast<int>(command_line.run({argv + 1, argv + argc}));
}
