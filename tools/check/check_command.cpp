#include "tools/check/check_command.h"

#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include "tools/check/public_folder.h"
#include "tools/check/site_check.h"
#include "tools/hugo/site.h"
#include "tools/index/build_index.h"
#include "tools/index/site_options.h"
#include "tools/support/file_io.h"

namespace likes::check {
namespace {

namespace fs = std::filesystem;

constexpr const char* kProgram = "likes check";
constexpr const char* kDefaultPublic = "public";
constexpr const char* kDefaultCounts = "site/data/likes.json";

constexpr const char* kHelp =
    R"(Usage: likes check [PUBLIC] [options]

Holds against each other what has to agree for likes to arrive: the posts of a
Hugo site, the pages that hugo has built of them in PUBLIC, and the counts of a
snapshot. What is not there is not looked at; the last line says what was.

Errors: what `likes index` refuses, such as two posts with one key; like buttons
and counts in pages whose key no post has; pages with likes of their own that
are no posts; posts without a page; counts that `likes bake` cannot write; pages
drawn by another version of the theme component than this program's; a
Content-Security-Policy in a page that keeps likes from their server; likes in
the snapshot whose post is gone.
Notes: posts that share a slug or a former key; posts that no page shows likes
of; likes in the snapshot under a former key.

Options that mean what Hugo's own mean:
  -s, --source DIR       the site (default: .)
  -c, --config FILE,...  its configuration (default: as `likes index`)
  -e, --environment ENV  the environment (default: production)
  -D, --buildDrafts      drafts too
  -F, --buildFuture      posts of the future too
  -E, --buildExpired     expired posts too
      --clock TIME       the time that this is judged by (default: now)

More options:
      PUBLIC             the built site (default: public in the site's folder,
                         where that is)
      --posts FILE       take the posts from this posts.json, not from the site
      --likes FILE       the snapshot (default: site/data/likes.json in the
                         site's folder, where that is)
      --json             print one JSON object with the members posts, pages,
                         counts (how many there were; null: not looked at),
                         errors, notes (how many were found) and findings, each
                         with severity, rule, key, file, line, column, message
                         (null: not known)
  -h, --help             this text

Exit codes: 0 no errors, 1 errors, 2 the command line was wrong.

Example:
  hugo && likes check
)";

struct Options {
  std::string folder;
  index::SiteOptions site;
  std::string posts;
  std::string counts;
  bool json = false;
};

/// The posts with what reading them brought up, or why there are none.
struct Source {
  CheckedSite site;
  std::vector<Finding> findings;
};

void add_findings(const std::vector<Error>& errors, Severity severity, Source& source) {
  for (const Error& error : errors) {
    source.findings.push_back({severity, Rule::kSite, "", error.message, error.where});
  }
}

Result<Source> read_index_file(const std::string& file) {
  Result<std::vector<formats::Post>> posts = formats::load_posts_index(file);
  if (!posts) {
    return tl::unexpected(posts.error());
  }
  Source source;
  source.site.base_path = guess_base_path(*posts);
  source.site.posts = *std::move(posts);
  return source;
}

Result<Source> read_hugo_site(const hugo::ConfigRequest& request, const hugo::Date& now) {
  const Result<hugo::Config> config = hugo::load_config(request);
  if (!config) {
    return tl::unexpected(config.error());
  }
  Result<index::Index> index = index::read_index(*config, now);
  if (!index) {
    return tl::unexpected(index.error());
  }
  Source source;
  add_findings(index->errors, Severity::kError, source);
  add_findings(config->warnings, Severity::kNote, source);
  add_findings(index->warnings, Severity::kNote, source);
  for (const std::unique_ptr<index::Entry>& entry : index->entries) {
    source.site.files.emplace(entry->key, entry->place);
  }
  source.site.posts = index::take_posts(std::move(*index));
  source.site.base_path = config->main_language().base_path;
  return source;
}

/// What was named, or else the default below the site's folder where that is there; or "".
std::string named_or_present(const std::string& named, const Options& options,
                             const char* by_default) {
  std::error_code ignored;
  const fs::path file = (fs::path(options.site.source) / by_default).lexically_normal();
  return named.empty() && fs::exists(file, ignored) ? file.string() : named;
}

Result<void> check_counts(const std::string& file, SiteCheck& check, Extent& extent) {
  const Result<formats::LikeCounts> counts = formats::load_like_counts(file);
  if (!counts) {
    return tl::unexpected(counts.error());
  }
  check.check_counts(*counts, file);
  extent.counts = counts->likes.size();
  return {};
}

Result<void> check_folder(const std::string& folder, SiteCheck& check, Extent& extent) {
  const Result<std::size_t> pages = read_public_folder(
      folder, [&check](const std::string& path, const std::string& name, const PageFacts& facts) {
        check.see_page(path, name, facts);
      });
  if (!pages) {
    return tl::unexpected(pages.error());
  }
  check.check_pages(folder);
  extent.pages = *pages;
  return {};
}

/// "9 posts", "1 post", "no pages".
std::string counted(const std::optional<std::size_t>& count, const std::string& noun) {
  const std::string number = count ? std::to_string(*count) : "no";
  return number + " " + noun + (count && *count == 1 ? "" : "s");
}

ExitCode report(const std::vector<Finding>& findings, const Extent& extent, bool json) {
  const std::string text = json ? to_json(findings, extent) : to_text(findings);
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    return report_failure(kProgram, {ErrorCode::kUnavailable, "cannot write to standard output"});
  }
  const std::size_t errors = count_errors(findings);
  std::fprintf(stderr, "%s: %s, %s and %s looked at: %s, %s\n", kProgram,
               counted(extent.posts, "post").c_str(), counted(extent.pages, "page").c_str(),
               counted(extent.counts, "count").c_str(), counted(errors, "error").c_str(),
               counted(findings.size() - errors, "note").c_str());
  return errors == 0 ? ExitCode::kOk : ExitCode::kFailed;
}

ExitCode run(const Options& options) {
  const std::optional<hugo::Date> now = index::read_clock(options.site);
  if (!now) {
    std::fprintf(stderr, "%s: %s\nTry: %s --help\n", kProgram,
                 index::clock_complaint(options.site).c_str(), kProgram);
    return ExitCode::kUsage;
  }
  Result<Source> source = options.posts.empty()
                              ? read_hugo_site(index::make_request(options.site), *now)
                              : read_index_file(options.posts);
  if (!source) {
    return report_failure(kProgram, source.error());
  }
  Extent extent;
  extent.posts = source->site.posts.size();
  SiteCheck check(std::move(source->site));
  check.check_posts();
  const std::string folder = named_or_present(options.folder, options, kDefaultPublic);
  if (!folder.empty()) {
    if (const Result<void> done = check_folder(folder, check, extent); !done) {
      return report_failure(kProgram, done.error());
    }
  }
  const std::string counts = named_or_present(options.counts, options, kDefaultCounts);
  if (!counts.empty()) {
    if (const Result<void> done = check_counts(counts, check, extent); !done) {
      return report_failure(kProgram, done.error());
    }
  }
  std::vector<Finding> findings = std::move(source->findings);
  findings.insert(findings.end(), check.findings().begin(), check.findings().end());
  return report(findings, extent, options.json);
}

}  // namespace

void add_check_command(CommandLine& command_line) {
  const std::shared_ptr<Options> options = std::make_shared<Options>();
  Command command = command_line.add_command("check", kHelp, [options] { return run(*options); });
  command.add_option("public", options->folder);
  index::add_site_options(command, options->site);
  command.add_option("--posts", options->posts);
  command.add_option("--likes", options->counts);
  command.add_flag("--json", options->json);
}

}  // namespace likes::check
