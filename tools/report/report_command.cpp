#include "tools/report/report_command.h"

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "tools/formats/like_counts.h"
#include "tools/formats/posts_index.h"
#include "tools/report/report.h"
#include "tools/report/report_page.h"
#include "tools/support/file_io.h"
#include "tools/support/utc_time.h"

namespace likes::report {
namespace {

constexpr const char* kProgram = "likes report";

constexpr const char* kHelp =
    R"(Usage: likes report [--likes FILE]... [--posts FILE] [-o FILE]

Makes one HTML page of what readers like: totals, the trend by day, the most
liked posts, those that are rising, likes by section and by month. The page is
whole in itself: no script, nothing to load, drawn as SVG, light and dark.

Options:
      --likes FILE   a snapshot (default: site/data/likes.json). Several of
                     different times may be named: where the newest tells no
                     days, they tell what was new between them
      --posts FILE   the posts that `likes index` has found, for titles, links
                     and sections
      --since DAY    the first day that counts, as in 2026-09-01 (default: the
                     last 90 days, or as many as are known)
  -o, --output FILE  where the page goes, - for standard output
                     (default: report.html)
  -h, --help         print this help

Example:
  likes report --posts posts.json --since 2026-01-01 -o likes-2026.html
)";

struct Options {
  std::vector<std::string> counts;
  std::string posts;
  std::string since;
  std::string output = "report.html";
};

ExitCode run(const Options& options) {
  if (!options.since.empty() && !is_utc_day(options.since)) {
    std::fprintf(stderr, "%s: found --since %s, wanted a day like 2026-09-01\nTry: %s --help\n",
                 kProgram, options.since.c_str(), kProgram);
    return ExitCode::kUsage;
  }
  std::vector<formats::LikeCounts> snapshots;
  const std::vector<std::string> files =
      options.counts.empty() ? std::vector<std::string>{"site/data/likes.json"} : options.counts;
  for (const std::string& file : files) {
    Result<formats::LikeCounts> counts = formats::load_like_counts(file);
    if (!counts) {
      return report_failure(kProgram, counts.error());
    }
    snapshots.push_back(*std::move(counts));
  }
  Result<std::vector<formats::Post>> posts = options.posts.empty()
                                                 ? std::vector<formats::Post>()
                                                 : formats::load_posts_index(options.posts);
  if (!posts) {
    return report_failure(kProgram, posts.error());
  }
  const Report report = make_report(std::move(snapshots), *posts, options.since);
  if (const Result<void> written = write_output(options.output, report_page(report)); !written) {
    return report_failure(kProgram, written.error());
  }
  std::fprintf(stderr, "%s: %lld likes of %zu posts, %lld of them since %s -> %s\n", kProgram,
               static_cast<long long>(report.total), report.posts,
               static_cast<long long>(report.period), report.first_day.c_str(),
               options.output.c_str());
  return ExitCode::kOk;
}

}  // namespace

void add_report_command(CommandLine& command_line) {
  const std::shared_ptr<Options> options = std::make_shared<Options>();
  Command command = command_line.add_command("report", kHelp, [options] { return run(*options); });
  command.add_option("--likes", options->counts);
  command.add_option("--posts", options->posts);
  command.add_option("--since", options->since);
  command.add_option("-o,--output", options->output);
}

}  // namespace likes::report
