#include "tools/inject/inject_command.h"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "tools/html/page_file.h"
#include "tools/hugo/site.h"
#include "tools/index/build_index.h"
#include "tools/index/site_options.h"
#include "tools/inject/asset.h"
#include "tools/inject/button.h"
#include "tools/inject/placement.h"
#include "tools/support/file_io.h"
#include "tools/support/progress.h"
#include "tools/support/url.h"

namespace likes::inject {
namespace {

namespace fs = std::filesystem;

constexpr const char* kProgram = "likes inject";

constexpr const char* kHelp =
    R"(Usage: likes inject PUBLIC [options]

For a theme with no place for a like button, and no templates of your own: puts
one into the page of every post below PUBLIC, the folder that hugo has built,
with a script and a style sheet in PUBLIC/hugo-likes. `likes bake` then writes
the numbers. Pages that have a button are left as they are, so that it can be
run again. It does so only where the site's configuration says so:

  [params.likes]
    inject = true

A button goes behind the first element that is found of
  .e-content, [itemprop=articleBody], .post-content, .entry-content,
  .article-content, article, main
and in an article or main to its end. `injectAfter = ".my-text"` in the
configuration, or --after, names elements of yours instead.

Options that mean what Hugo's own mean:
  -s, --source DIR       the site (default: .)
  -c, --config FILE,...  its configuration (default: as `likes index`)
  -e, --environment ENV  the environment (default: production)
  -D, --buildDrafts      drafts too
  -F, --buildFuture      posts of the future too
  -E, --buildExpired     expired posts too
      --clock TIME       the time that this is judged by (default: now)

More options:
      --after SELECTOR   the element before the button: tag, .class, #id, [name]
                         or [name=value]; several between commas
  -h, --help             this text

Exit codes: 0 done, 1 a page has no place for a button, or the run failed,
2 the command line was wrong.

Example:
  hugo && likes inject public && likes bake public
)";

struct Options {
  std::string folder;
  index::SiteOptions site;
  std::string after;
};

struct Tally {
  std::size_t placed = 0;
  std::size_t had_one = 0;
  std::vector<Error> problems;
};

/// The file that hugo writes for an address below the site's base.
std::string file_of(const std::string& path) {
  const std::string decoded = percent_decode(path).value_or(path);
  return decoded.empty() || decoded.ends_with('/') ? decoded + "index.html" : decoded;
}

Result<void> place_button(const fs::path& file, const Button& button,
                          const std::vector<Selector>& selectors, const std::string& assets,
                          Tally& tally) {
  const Result<std::string> page = read_file(file, html::kMaxPageBytes);
  if (!page) {
    tally.problems.push_back(page.error());
    return {};
  }
  const Places places = find_places(*page, selectors);
  if (places.has_form) {
    ++tally.had_one;
    return {};
  }
  if (!places.button || !places.head || *places.head > *places.button) {
    tally.problems.push_back({ErrorCode::kInvalid,
                              "found no element to put the button behind; --after names one",
                              {file.string()}});
    return {};
  }
  Result<std::string> form = button_html(button);
  if (!form) {
    return tl::unexpected(form.error());
  }
  std::string changed = *page;
  changed.insert(*places.button, *form);
  changed.insert(*places.head, assets);
  ++tally.placed;
  return write_file(file, changed);
}

Result<Tally> inject(const Options& options, const hugo::Config& config,
                     const std::vector<formats::Post>& posts) {
  std::string after = options.after.empty() ? config.likes.inject_after : options.after;
  const Result<std::vector<Selector>> selectors =
      Selector::read_list(after.empty() ? std::string(kDefaultPlaces) : after);
  if (!selectors) {
    return tl::unexpected(selectors.error());
  }
  const fs::path folder = options.folder;
  const Asset style = make_asset("css", kLikeCSS);
  const Asset script = make_asset("js", kLikeJS);
  for (const Asset& asset : {style, script}) {
    if (Result<void> written = write_file(folder / "hugo-likes" / asset.name, asset.bytes);
        !written) {
      return tl::unexpected(written.error());
    }
  }
  const std::string base = config.main_language().base_path + "hugo-likes/";
  const std::string assets = "<link rel=\"stylesheet\" href=\"" + base + style.name +
                             "\" integrity=\"" + style.integrity +
                             "\"><script type=\"module\" src=\"" + base + script.name +
                             "\" integrity=\"" + script.integrity + "\"></script>";
  Tally tally;
  Progress progress(kProgram, "pages", posts.size());
  for (const formats::Post& post : posts) {
    std::string api = config.likes.api;
    api.erase(api.find_last_not_of('/') + 1);
    const std::string& base_url = config.main_language().base_url;
    const std::string path =
        post.url.starts_with(base_url) ? post.url.substr(base_url.size()) : post.key;
    const Result<void> placed =
        place_button(folder / file_of(path), {post.key, api, post.lang}, *selectors, assets, tally);
    if (!placed) {
      return tl::unexpected(placed.error());
    }
    progress.step();
  }
  return tally;
}

ExitCode run(const Options& options) {
  const std::optional<hugo::Date> now = index::read_clock(options.site);
  if (!now || options.folder.empty()) {
    std::fprintf(
        stderr, "%s: %s\nTry: %s --help\n", kProgram,
        now ? "wanted the built site's folder" : index::clock_complaint(options.site).c_str(),
        kProgram);
    return ExitCode::kUsage;
  }
  const Result<hugo::Config> config = hugo::load_config(index::make_request(options.site));
  if (!config) {
    return report_failure(kProgram, config.error());
  }
  if (!config->likes.inject) {
    std::fprintf(stderr, "%s: nothing done: [params.likes] does not say inject = true\n", kProgram);
    return ExitCode::kOk;
  }
  Result<index::Index> index = index::read_index(*config, *now);
  if (!index) {
    return report_failure(kProgram, index.error());
  }
  const Result<Tally> tally = inject(options, *config, index::take_posts(std::move(*index)));
  if (!tally) {
    return report_failure(kProgram, tally.error());
  }
  for (const Error& problem : tally->problems) {
    std::fprintf(stderr, "%s: %s\n", kProgram, problem.to_string().c_str());
  }
  std::fprintf(stderr, "%s: %zu buttons placed, %zu pages have one already\n", kProgram,
               tally->placed, tally->had_one);
  return tally->problems.empty() ? ExitCode::kOk : ExitCode::kFailed;
}

}  // namespace

void add_inject_command(CommandLine& command_line) {
  const std::shared_ptr<Options> options = std::make_shared<Options>();
  Command command = command_line.add_command("inject", kHelp, [options] { return run(*options); });
  command.add_option("public", options->folder);
  index::add_site_options(command, options->site);
  command.add_option("--after", options->after);
}

}  // namespace likes::inject
