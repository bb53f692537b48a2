#include "tools/bake/bake_command.h"

#include <cstdio>
#include <memory>

#include "tools/bake/bake_site.h"
#include "tools/support/cache_file.h"

namespace likes::bake {
namespace {

constexpr const char* kProgram = "likes bake";

constexpr const char* kHelp =
    R"(Usage: likes bake PUBLIC [--likes FILE] [--posts FILE] [--out DIR]

Writes the counts of a snapshot into the pages and feeds below PUBLIC, the
folder that hugo has built. Only the text of elements marked with
data-likes-count changes, and only files where a number differs are written;
each is replaced whole or not at all. Compressed pages (.gz, .br) are made anew
with theirs. A post that the snapshot does not know shows a dash.

Most-liked lists and trends can be drawn by hugo only. Pages on which it would
now draw another order or another curve are printed on stdout, one a line.

Options:
      --likes FILE  the snapshot (default: site/data/likes.json)
      --posts FILE  the posts that `likes index` has found; lists of one section
                    or language are judged by them
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
  std::string posts;
  std::string out;
  bool copy = false;
  std::string cache = default_cache_folder().string();
};

void tell(const BakedSite& baked) {
  for (const Error& problem : baked.problems) {
    std::fprintf(stderr, "%s: %s\n", kProgram, problem.to_string().c_str());
  }
  if (baked.judged_by_halves > 0) {
    std::fprintf(stderr,
                 "%s: note: lists of one section or language are judged by the posts that they "
                 "show; --posts FILE says which others there are\n",
                 kProgram);
  }
  for (const std::string& page : baked.redraws) {
    std::printf("%s\n", page.c_str());
  }
  std::fprintf(stderr, "%s: %zu of %zu pages changed; they show %zu counts, %zu of them unknown",
               kProgram, baked.changed, baked.pages, baked.counts, baked.unknown);
  if (!baked.redraws.empty()) {
    std::fprintf(stderr, "; hugo has to draw %zu anew", baked.redraws.size());
  }
  std::fprintf(stderr, "\n");
}

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
  std::vector<formats::Post> posts;
  if (!options.posts.empty()) {
    Result<std::vector<formats::Post>> loaded = formats::load_posts_index(options.posts);
    if (!loaded) {
      return report_failure(kProgram, loaded.error());
    }
    posts = *std::move(loaded);
  }
  const Result<BakedSite> baked = bake_site(
      options.site, *counts,
      {options.out, !options.copy, options.cache, options.posts.empty() ? nullptr : &posts});
  if (!baked) {
    return report_failure(kProgram, baked.error());
  }
  tell(*baked);
  return baked->problems.empty() ? ExitCode::kOk : ExitCode::kFailed;
}

}  // namespace

void add_bake_command(CommandLine& command_line) {
  const std::shared_ptr<Options> options = std::make_shared<Options>();
  Command command = command_line.add_command("bake", kHelp, [options] { return run(*options); });
  command.add_option("public", options->site);
  command.add_option("--likes", options->counts);
  command.add_option("--posts", options->posts);
  command.add_option("--out", options->out);
  command.add_flag("--copy", options->copy);
  command.require("--copy", "--out");
  command.add_option("--cache", options->cache);
}

}  // namespace likes::bake
