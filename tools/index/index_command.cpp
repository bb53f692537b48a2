#include "tools/index/index_command.h"

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tools/formats/posts_index.h"
#include "tools/hugo/config.h"
#include "tools/hugo/site.h"
#include "tools/index/build_index.h"
#include "tools/index/site_options.h"
#include "tools/support/file_io.h"

namespace likes::index {
namespace {

constexpr const char* kProgram = "likes index";

constexpr const char* kHelp =
    R"(Usage: likes index [options]

Writes posts.json: what can be liked, read from a Hugo site's configuration and
content as Hugo itself reads them. Hugo is not needed for it.

Options that mean what Hugo's own mean:
  -s, --source DIR       the site (default: .)
  -c, --config FILE,...  its configuration, later files win (default: the first
                         of hugo.toml .yaml .yml .json, then config.toml ...)
  -e, --environment ENV  the environment (default: production)
  -D, --buildDrafts      drafts too
  -F, --buildFuture      posts of the future too
  -E, --buildExpired     expired posts too
      --clock TIME       the time that this is judged by (default: now)

More options:
      --select section=NAME,...
                         only posts of these sections (default: those of
                         [params.likes] sections, or else all)
      --keep-going       leave out what is wrong and write the rest; exit 1
      --format FORMAT    json, which is the only one (default: json)
  -o, --output FILE      where to write (default: standard output)
  -h, --help             this text

Environment: HUGO_BASEURL and the other HUGO_... variables, as in Hugo.

Front matter: with `likes: false` a page takes no likes; `likes: {key: a/b}`
names the key that its likes are kept under (default: the page's path).

Example:
  likes index --source . -o posts.json
)";

struct Options {
  SiteOptions site;
  bool keep_going = false;
  std::vector<std::string> select;
  std::string format = "json";
  std::string output;
};

void say(const std::string& text) {
  std::fprintf(stderr, "%s: %s\n", kProgram, text.c_str());
}

ExitCode usage_error(const std::string& message) {
  say(message);
  std::fprintf(stderr, "Try: %s --help\n", kProgram);
  return ExitCode::kUsage;
}

/// "1 post", "9 posts".
std::string counted(std::size_t count, const char* noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

/// The sections of `--select section=posts,notes`, or nothing where the words are wrong.
std::optional<std::vector<std::string>> read_select(const std::vector<std::string>& words) {
  constexpr std::string_view kKey = "section=";
  std::vector<std::string> sections;
  for (const std::string& word : words) {
    if (!word.starts_with(kKey) || word.size() == kKey.size()) {
      return std::nullopt;
    }
    for (const std::string& name : split_commas(word.substr(kKey.size()))) {
      sections.push_back(hugo::normalize_path(name));
    }
  }
  return sections;
}

void report(const std::vector<Error>& errors, const std::vector<Error>& warnings) {
  for (const Error& warning : warnings) {
    say("warning: " + warning.to_string());
  }
  for (const Error& error : errors) {
    static_cast<void>(report_failure(kProgram, error));
  }
}

Result<void> write_index(const Index& index, const std::string& output) {
  const std::string json = formats::write_posts_index(index.posts);
  if (!output.empty()) {
    if (Result<void> written = write_file(output, json); !written) {
      return written;
    }
    say(counted(index.posts.size(), "post") + " -> " + output);
    return {};
  }
  if (std::fwrite(json.data(), 1, json.size(), stdout) != json.size() || std::fflush(stdout) != 0) {
    return fail(ErrorCode::kUnavailable, "cannot write to standard output");
  }
  return {};
}

ExitCode run_index(const Options& options) {
  if (options.format != "json") {
    return usage_error("found --format '" + options.format + "', wanted json");
  }
  const std::optional<hugo::Date> now = read_clock(options.site);
  if (!now) {
    return usage_error(clock_complaint(options.site));
  }
  const std::optional<std::vector<std::string>> selected = read_select(options.select);
  if (!selected) {
    return usage_error("found --select '" + options.select.front() + "', wanted section=NAME");
  }
  const Result<hugo::Config> config = hugo::load_config(make_request(options.site));
  if (!config) {
    return report_failure(kProgram, config.error());
  }
  const Result<hugo::Site> site = hugo::load_site(*config, *now);
  if (!site) {
    return report_failure(kProgram, site.error());
  }
  const Result<Index> index =
      build_index(*config, *site, options.select.empty() ? std::nullopt : selected);
  report({}, config->warnings);
  report(site->errors, site->warnings);
  if (!index) {
    return report_failure(kProgram, index.error());
  }
  report(index->errors, index->warnings);
  const std::size_t wrong = site->errors.size() + index->errors.size();
  if (wrong > 0 && !options.keep_going) {
    say("found " + counted(wrong, "error") + ", wrote nothing");
    return ExitCode::kFailed;
  }
  if (const Result<void> written = write_index(*index, options.output); !written) {
    return report_failure(kProgram, written.error());
  }
  return wrong > 0 ? ExitCode::kFailed : ExitCode::kOk;
}

}  // namespace

void add_index_command(CommandLine& command_line) {
  const std::shared_ptr<Options> options = std::make_shared<Options>();
  Command command =
      command_line.add_command("index", kHelp, [options] { return run_index(*options); });
  add_site_options(command, options->site);
  command.add_option("--select", options->select);
  command.add_flag("--keep-going", options->keep_going);
  command.add_option("--format", options->format);
  command.add_option("-o,--output", options->output);
}

}  // namespace likes::index
