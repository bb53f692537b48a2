#include "tools/snapshot/snapshot_command.h"

#include <cstdint>
#include <cstdio>
#include <memory>

#include "tools/snapshot/snapshot.h"
#include "tools/support/utc_time.h"

namespace likes::snapshot {
namespace {

constexpr const char* kProgram = "likes snapshot";

constexpr const char* kHelp =
    R"(Usage: likes snapshot --from URL [-o FILE]

Fetches all counts from a likes server into a file that hugo and `likes bake`
read. The file is replaced whole, and only when a count differs. On any failure
the old file stays as it was and the exit code is 1.

Options:
      --from URL     the server, as in http://localhost:3000 or
                     https://example.org/api
  -o, --output FILE  where the counts go, - for standard output
                     (default: site/data/likes.json)
      --stale-ok     when the server cannot be asked but FILE holds counts, warn
                     and exit with 0: for builds that must work offline
  -h, --help         print this help

Example:
  likes snapshot --from http://localhost:3000
)";

struct Options {
  std::string server;
  std::string file = "site/data/likes.json";
  bool stale_ok = false;
};

/// After a failure: whether the counts that we have will do.
ExitCode go_on_with_old(const Options& options, const Error& failure) {
  const ExitCode failed = report_failure(kProgram, failure);
  if (!options.stale_ok) {
    return failed;
  }
  const Result<formats::LikeCounts> old = formats::load_like_counts(options.file);
  if (!old) {
    return report_failure(kProgram, old.error());
  }
  std::fprintf(stderr, "%s: warning: going on with the counts of %s in %s\n", kProgram,
               utc_timestamp(old->newest).c_str(), options.file.c_str());
  return ExitCode::kOk;
}

ExitCode run(const Options& options) {
  if (options.server.empty()) {
    std::fprintf(stderr, "%s: wanted --from URL\nTry: %s --help\n", kProgram, kProgram);
    return ExitCode::kUsage;
  }
  if (options.stale_ok && options.file == "-") {
    std::fprintf(stderr, "%s: found --stale-ok with -o -, wanted a file that has the old counts\n",
                 kProgram);
    return ExitCode::kUsage;
  }
  const Result<Snapshot> taken = take_snapshot(options.server, options.file);
  if (!taken) {
    return go_on_with_old(options, taken.error());
  }
  const std::int64_t total = taken->counts.total();
  std::fprintf(stderr, "%s: %lld %s of %zu posts %s %s\n", kProgram, static_cast<long long>(total),
               total == 1 ? "like" : "likes", taken->counts.likes.size(),
               taken->changed ? "->" : "as before in", options.file.c_str());
  return ExitCode::kOk;
}

}  // namespace

void add_snapshot_command(CommandLine& command_line) {
  const std::shared_ptr<Options> options = std::make_shared<Options>();
  Command command =
      command_line.add_command("snapshot", kHelp, [options] { return run(*options); });
  command.add_option("--from", options->server);
  command.add_option("-o,--output", options->file);
  command.add_flag("--stale-ok", options->stale_ok);
}

}  // namespace likes::snapshot
