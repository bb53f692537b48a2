#include "tools/refresh/refresh_command.h"

#include <poll.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tools/refresh/refresh.h"
#include "tools/support/duration.h"
#include "tools/support/signal_reader.h"

namespace likes::refresh {
namespace {

constexpr const char* kProgram = "likes refresh";
constexpr int kMaxWatchSeconds = 86'400;

constexpr const char* kHelp =
    R"(Usage: likes refresh --from URL --site PUBLIC --publish LINK [OPTIONS]

Brings fresh counts before the readers of a site, in one step and without hugo:
takes a snapshot, bakes it into a copy of PUBLIC and points LINK, the folder
that the web server serves, to that copy. A reader meets the old site or the new
one, whole. Nothing is written when no number on any page has changed; a new
build in PUBLIC is taken up by itself. Copies are kept in LINK.likes.

Options:
      --from URL        the likes server, as in http://localhost:3000
      --site PUBLIC     the folder that hugo has built; it stays as it is
      --publish LINK    the symbolic link to switch
      --likes FILE      where the counts go, as site/data/likes.json for hugo to
                        read (default: LINK.likes/likes.json)
      --posts FILE      the posts that `likes index` has found; lists of one
                        section or language are judged by them
      --rebuild CMD     builds PUBLIC anew, where a most-liked list or a trend
                        would be drawn differently: hugo alone can
      --rebuild-every TIME  how long from one such build to the next, at least,
                        as in 90s, 5m, 1h (default: 10m)
      --before CMD      run before the switch; when it fails, there is no switch
      --after CMD       run after it, to purge a cache
      --keep N          how many former copies stay for readers who are still
                        on them, 1 to 100 (default: 2)
      --stale-ok        that the server cannot be asked is a warning, no failure
      --watch SECONDS   go on, refresh every so often, until Ctrl-C or SIGTERM
  -h, --help            print this help

Commands are run by sh. LIKES_PAGES names a file with the pages concerned, one a
line; LIKES_COUNTS the snapshot; LIKES_SITE the copy (not for --rebuild).
Without --rebuild, pages that hugo has to draw anew are printed on stdout.

Exit codes: 0 published or nothing new; 1 something failed, stderr says what,
and LINK still points to a whole site; 2 the command line was wrong; 75 another
run is at work on LINK.

Example:
  likes refresh --from http://localhost:3000 --site public --publish /srv/blog
)";

struct Options {
  std::string server;
  std::string site;
  std::string link;
  std::string counts;
  std::string posts;
  std::string rebuild;
  std::string rebuild_every = "10m";
  std::string before;
  std::string after;
  std::optional<int> keep;
  std::optional<int> watch;
  bool stale_ok = false;
};

ExitCode usage_error(const std::string& message) {
  std::fprintf(stderr, "%s: %s\nTry: %s --help\n", kProgram, message.c_str(), kProgram);
  return ExitCode::kUsage;
}

/// What is wrong with the words, or "".
std::string complaint_of(const Options& options) {
  for (const auto& [option, value] :
       {std::pair("--from URL", &options.server), std::pair("--site PUBLIC", &options.site),
        std::pair("--publish LINK", &options.link)}) {
    if (value->empty()) {
      return std::string("wanted ") + option;
    }
  }
  if (!parse_duration(options.rebuild_every)) {
    return "found --rebuild-every " + options.rebuild_every + ", wanted a time as 90s, 5m or 1h";
  }
  if (options.keep &&
      (*options.keep < static_cast<int>(kMinKeep) || *options.keep > static_cast<int>(kMaxKeep))) {
    return "found --keep " + std::to_string(*options.keep) + ", wanted a number from 1 to 100";
  }
  if (options.watch && (*options.watch < 1 || *options.watch > kMaxWatchSeconds)) {
    return "found --watch " + std::to_string(*options.watch) + ", wanted seconds from 1 to " +
           std::to_string(kMaxWatchSeconds);
  }
  return "";
}

RefreshOptions refresh_options(const Options& options) {
  RefreshOptions all;
  all.server = options.server;
  all.site = options.site;
  all.link = options.link;
  all.counts = options.counts;
  all.posts = options.posts;
  all.rebuild = options.rebuild;
  all.rebuild_every = parse_duration(options.rebuild_every).value_or(0);
  all.before = options.before;
  all.after = options.after;
  all.keep = static_cast<std::size_t>(options.keep.value_or(2));
  all.stale_ok = options.stale_ok;
  return all;
}

/// One run, told to people; what would be told again and again in a row is told once.
class Teller {
 public:
  explicit Teller(bool names_redraws) : names_redraws_(names_redraws) {}

  ExitCode tell(const Result<Refreshed>& refreshed) {
    std::vector<std::string> lines;
    if (!refreshed) {
      lines.push_back(refreshed.error().to_string());
    } else {
      for (const std::string& warning : refreshed->warnings) {
        lines.push_back("warning: " + warning);
      }
      lines.insert(lines.end(), refreshed->failures.begin(), refreshed->failures.end());
      lines.push_back(refreshed->summary);
    }
    const bool is_news = refreshed && refreshed->outcome == Outcome::kPublished;
    if (is_news || lines != told_) {
      for (const std::string& line : lines) {
        std::fprintf(stderr, "%s: %s\n", kProgram, line.c_str());
      }
      if (refreshed && names_redraws_) {
        for (const std::string& page : refreshed->redraws) {
          std::printf("%s\n", page.c_str());
        }
        std::fflush(stdout);
      }
    }
    told_ = std::move(lines);
    if (!refreshed || !refreshed->failures.empty() || refreshed->outcome == Outcome::kStopped) {
      return ExitCode::kFailed;
    }
    return refreshed->outcome == Outcome::kBusy ? ExitCode::kBusy : ExitCode::kOk;
  }

 private:
  bool names_redraws_;
  std::vector<std::string> told_;
};

ExitCode watch(const RefreshOptions& options, int seconds, Teller& teller) {
  SignalReader signals;
  while (true) {
    const Result<Refreshed> refreshed = refresh(options, std::time(nullptr));
    const ExitCode code = teller.tell(refreshed);
    if (refreshed && refreshed->outcome == Outcome::kStopped) {
      return ExitCode::kOk;
    }
    if (!refreshed && refreshed.error().code == ErrorCode::kInvalid) {
      return code;  // It will be as wrong the next time.
    }
    const std::time_t next = std::time(nullptr) + seconds;
    for (std::time_t now = std::time(nullptr); now < next; now = std::time(nullptr)) {
      pollfd readable = {signals.descriptor(), POLLIN, 0};
      ::poll(&readable, 1, static_cast<int>(next - now) * 1000);
      if (signals.take_stop()) {
        return ExitCode::kOk;
      }
    }
  }
}

ExitCode run(const Options& options) {
  if (const std::string complaint = complaint_of(options); !complaint.empty()) {
    return usage_error(complaint);
  }
  const RefreshOptions all = refresh_options(options);
  Teller teller(all.rebuild.empty());
  return options.watch ? watch(all, *options.watch, teller)
                       : teller.tell(refresh(all, std::time(nullptr)));
}

}  // namespace

void add_refresh_command(CommandLine& command_line) {
  const std::shared_ptr<Options> options = std::make_shared<Options>();
  Command command = command_line.add_command("refresh", kHelp, [options] { return run(*options); });
  command.add_option("--from", options->server);
  command.add_option("--site", options->site);
  command.add_option("--publish", options->link);
  command.add_option("--likes", options->counts);
  command.add_option("--posts", options->posts);
  command.add_option("--rebuild", options->rebuild);
  command.add_option("--rebuild-every", options->rebuild_every);
  command.add_option("--before", options->before);
  command.add_option("--after", options->after);
  command.add_option("--keep", options->keep);
  command.add_flag("--stale-ok", options->stale_ok);
  command.add_option("--watch", options->watch);
}

}  // namespace likes::refresh
