#include "tools/bake/bake_command.h"

#include <cstdio>
#include <memory>

#include "tools/bake/bake_site.h"
#include "tools/bake/site_cache.h"

namespace likes::bake {
namespace {

constexpr const char* kProgram = "likes bake";

constexpr const char* kHelp =
    R"(Usage: likes bake PUBLIC [--likes FILE] [--out DIR]

Writes the counts of a snapshot into the pages and feeds below PUBLIC, the
folder that hugo has built. Only the text of elements marked with
data-likes-count changes, and only files where a number differs are written;
each is replaced whole or not at all. Compressed pages (.gz, .br) are made anew
with theirs. A post that the snapshot does not know shows a dash.

Options:
      --likes FILE  the snapshot (default: site/data/likes.json)
      --out DIR     make a new site at DIR, which appears whole; PUBLIC stays as
                    it is. Files without a new number are hard links: do not
                    let hugo build into PUBLIC again while DIR is in use
      --copy        with --out: copies in place of hard links
      --cache DIR   where to remember which page shows what; "" remembers
                    nothing. Losing it costs time only
                    (default: likes/ where your caches are)
  -h, --help        print this help

Environment:
  CACHE_DIRECTORY, XDG_CACHE_HOME, HOME  say where your caches are

Example:
  likes snapshot --from http://localhost:3000 && likes bake public
)";

struct Options {
  std::string site;
  std::string counts = "site/data/likes.json";
  std::string out;
  bool copy = false;
  std::string cache = default_cache_folder().string();
};

ExitCode run(const Options& options) {
  if (options.site.empty()) {
    std::fprintf(stderr, "%s: wanted the built site's folder\nTry: %s --help\n", kProgram,
                 kProgram);
    return ExitCode::kUsage;
  }
  const Result<formats::LikeCounts> counts = formats::load_like_counts(options.counts);
  if (!counts) {
    return report_failure(kProgram, counts.error());
  }
  const Result<BakedSite> baked =
      bake_site(options.site, *counts, {options.out, !options.copy, options.cache});
  if (!baked) {
    return report_failure(kProgram, baked.error());
  }
  for (const Error& problem : baked->problems) {
    std::fprintf(stderr, "%s: %s\n", kProgram, problem.to_string().c_str());
  }
  std::fprintf(stderr, "%s: %zu of %zu pages changed; they show %zu counts, %zu of them unknown\n",
               kProgram, baked->changed, baked->pages, baked->counts, baked->unknown);
  return baked->problems.empty() ? ExitCode::kOk : ExitCode::kFailed;
}

}  // namespace

void add_bake_command(CommandLine& command_line) {
  const std::shared_ptr<Options> options = std::make_shared<Options>();
  Command command = command_line.add_command("bake", kHelp, [options] { return run(*options); });
  command.add_option("public", options->site);
  command.add_option("--likes", options->counts);
  command.add_option("--out", options->out);
  command.add_flag("--copy", options->copy);
  command.require("--copy", "--out");
  command.add_option("--cache", options->cache);
}

}  // namespace likes::bake
