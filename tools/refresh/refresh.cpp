#include "tools/refresh/refresh.h"

#include <future>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

#include "tools/bake/bake_site.h"
#include "tools/bake/outlook.h"
#include "tools/bake/site_cache.h"
#include "tools/formats/like_counts.h"
#include "tools/formats/posts_index.h"
#include "tools/refresh/generations.h"
#include "tools/refresh/shell.h"
#include "tools/refresh/site_stamps.h"
#include "tools/snapshot/snapshot.h"
#include "tools/support/file_io.h"

namespace likes::refresh {
namespace {

namespace fs = std::filesystem;

std::string pages_in_words(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " page" : " pages");
}

std::string lines_of(const std::vector<std::string>& pages) {
  std::string lines;
  for (const std::string& page : pages) {
    lines.append(page).append("\n");
  }
  return lines;
}

std::vector<std::string> all_pages(const bake::SiteRecord& record) {
  std::vector<std::string> pages;
  for (const bake::FolderRecord& folder : record.folders) {
    for (const bake::PageRecord& page : folder.pages) {
      pages.push_back(folder.path + page.name);
    }
  }
  return pages;
}

/// A generation that is complete and waits to be published.
struct Candidate {
  Generation generation;
  std::vector<std::string> pages;  ///< They differ from what readers have.
  std::string what;                ///< For the summary.
};

class Round {
 public:
  Round(const RefreshOptions& options, Generations generations, std::int64_t now)
      : options_(options),
        generations_(std::move(generations)),
        now_(now),
        counts_file_(options.counts.empty() ? generations_.folder() / "likes.json"
                                            : options.counts) {}

  Result<Refreshed> run() {
    // A run that was killed may have left one too many.
    if (Result<void> pruned = generations_.prune(options_.keep); !pruned) {
      return tl::unexpected(pruned.error());
    }
    // A stat of each file takes about as long as the server's answer.
    std::future<bool> is_new = std::async(std::launch::async, [this] { return is_built_anew(); });
    if (Result<void> taken = take_counts(); !taken) {
      return tl::unexpected(taken.error());
    }
    if (Result<void> published = publish_news(is_new.get()); !published) {
      return tl::unexpected(published.error());
    }
    if (is_rebuild_due()) {
      if (Result<bool> rebuilt = rebuild(); !rebuilt) {
        return tl::unexpected(rebuilt.error());
      } else if (*rebuilt) {
        if (Result<void> published = publish_news(is_built_anew()); !published) {
          return tl::unexpected(published.error());
        }
      }
    }
    summarize();
    return std::move(done_);
  }

 private:
  [[nodiscard]] fs::path stamps_file() const { return generations_.folder() / "site-stamps"; }
  [[nodiscard]] fs::path cache() const { return generations_.folder() / "cache"; }

  Result<void> take_counts() {
    Result<snapshot::Snapshot> taken = snapshot::take_snapshot(options_.server, counts_file_);
    if (taken) {
      counts_ = std::move(taken->counts);
    } else {
      // The site may have been built anew meanwhile, which must not wait for the server.
      Result<formats::LikeCounts> old = formats::load_like_counts(counts_file_);
      if (!old) {
        return tl::unexpected(taken.error());
      }
      counts_ = *std::move(old);
      std::vector<std::string>& lines = options_.stale_ok ? done_.warnings : done_.failures;
      lines.push_back(taken.error().to_string() + "; going on with the counts of before");
    }
    if (!options_.posts.empty()) {
      Result<std::vector<formats::Post>> posts = formats::load_posts_index(options_.posts);
      if (!posts) {
        return tl::unexpected(posts.error());
      }
      posts_ = *std::move(posts);
    }
    return {};
  }

  [[nodiscard]] const std::vector<formats::Post>* posts() const {
    return posts_ ? &*posts_ : nullptr;
  }

  /// Whether the site is another one than readers have.
  [[nodiscard]] bool is_built_anew() const {
    const std::optional<Generation> live = generations_.live();
    const std::optional<SiteStamps> stamps = SiteStamps::load(stamps_file());
    return !live || !stamps || stamps->name() != live->build || !stamps->still_hold(options_.site);
  }

  Result<void> publish_news(bool is_built_anew) {
    const std::optional<Generation> live = generations_.live();
    Result<std::optional<Candidate>> candidate =
        is_built_anew || !live ? from_new_build() : from_live(*live);
    if (!candidate || !*candidate) {
      return candidate ? Result<void>() : tl::unexpected(candidate.error());
    }
    return publish(**candidate);
  }

  /// A copy, and no hard links: hugo writes into its files again, and would into the readers'.
  Result<std::optional<Candidate>> from_new_build() {
    const Result<SiteStamps> stamps = SiteStamps::take(options_.site);
    if (!stamps) {
      return tl::unexpected(stamps.error());
    }
    const Generation generation = {generations_.new_name(), stamps->name()};
    const fs::path path = generations_.path_of(generation.name);
    const Result<bake::BakedSite> baked =
        bake::bake_site(options_.site, counts_, {path, false, cache(), posts()});
    if (!baked) {
      return tl::unexpected(baked.error());
    }
    note(*baked);
    const auto refuse = [&](const std::string& reason) {
      std::error_code ignored;
      fs::remove_all(path, ignored);
      return fail(ErrorCode::kUnavailable, reason, {options_.site.string()});
    };
    if (baked->pages == 0) {
      return refuse("has no page, wanted a site that hugo has built");
    }
    if (!stamps->still_hold(options_.site)) {
      return refuse(
          "was changed while it was copied; is hugo at work on it? The next run takes it");
    }
    if (Result<void> saved = stamps->save(stamps_file()); !saved) {
      return tl::unexpected(saved.error());
    }
    const bake::SiteRecord record = bake::read_cache(bake::site_cache_file(cache(), path), path);
    return std::optional<Candidate>(
        {generation, all_pages(record),
         "the new build of " + options_.site.string() + " with " + pages_in_words(baked->pages)});
  }

  /// Only numbers differ, if anything does.
  Result<std::optional<Candidate>> from_live(const Generation& live) {
    const fs::path live_path = generations_.path_of(live.name);
    const bake::SiteRecord record =
        bake::read_cache(bake::site_cache_file(cache(), live_path), live_path);
    bake::Redraws redraws(counts_, posts());
    bake::Outlook outlook = bake::look_ahead(record, counts_, redraws);
    done_.redraws = std::move(outlook.redraws);
    // Without its cache, what the live one shows is not known.
    if (outlook.pages.empty() && !record.folders.empty()) {
      return std::optional<Candidate>();
    }
    // One that readers have left needs only its numbers changed, each page by a rename; a new one
    // needs a link for each file first.
    const std::optional<std::string> spare = generations_.spare(live.build, options_.keep);
    const Generation generation = {spare.value_or(generations_.new_name()), live.build};
    const fs::path path = generations_.path_of(generation.name);
    const Result<bake::BakedSite> baked =
        spare ? bake::bake_site(path, counts_, {{}, true, cache(), posts()})
              : bake::bake_site(live_path, counts_, {path, true, cache(), posts()});
    if (!baked) {
      return tl::unexpected(baked.error());
    }
    note(*baked);
    if (outlook.pages.empty()) {
      outlook.pages = all_pages(bake::read_cache(bake::site_cache_file(cache(), path), path));
    }
    std::string what = "new numbers on " + pages_in_words(outlook.pages.size());
    return std::optional<Candidate>({generation, std::move(outlook.pages), std::move(what)});
  }

  void note(const bake::BakedSite& baked) {
    done_.redraws = baked.redraws;
    for (const Error& problem : baked.problems) {
      done_.warnings.push_back(problem.to_string());
    }
    if (baked.judged_by_halves > 0) {
      done_.warnings.emplace_back(
          "lists of one section or language are judged by the posts that they show; --posts FILE "
          "says which others there are");
    }
  }

  Result<void> publish(const Candidate& candidate) {
    if (Result<void> added = generations_.add(candidate.generation); !added) {
      return added;
    }
    const fs::path path = generations_.path_of(candidate.generation.name);
    const std::map<std::string, std::string> variables = {{"LIKES_SITE", path.string()}};
    if (!run_command("--before", options_.before, variables, candidate.pages)) {
      return {};
    }
    if (Result<void> published = generations_.publish(candidate.generation.name); !published) {
      return published;
    }
    done_.outcome = done_.outcome == Outcome::kStopped ? done_.outcome : Outcome::kPublished;
    what_ += (what_.empty() ? "published " : ", then ") + candidate.what;
    if (Result<void> pruned = generations_.prune(options_.keep); !pruned) {
      return pruned;
    }
    static_cast<void>(run_command("--after", options_.after, variables, candidate.pages));
    return {};
  }

  /// Runs the command of an option, if it has one; whether it is to go on.
  bool run_command(const char* option, const std::string& command,
                   std::map<std::string, std::string> variables,
                   const std::vector<std::string>& pages) {
    if (command.empty()) {
      return true;
    }
    const fs::path list = generations_.folder() / "pages";
    if (const Result<void> written = write_file(list, lines_of(pages)); !written) {
      done_.failures.push_back(written.error().to_string());
      return false;
    }
    std::error_code ignored;
    variables["LIKES_PAGES"] = list.string();
    variables["LIKES_COUNTS"] = fs::absolute(counts_file_, ignored).string();
    const Result<ShellEnd> end = run_shell(command, variables);
    const std::string failure = end ? end->failure : end.error().to_string();
    if (end && end->stopped) {
      done_.outcome = Outcome::kStopped;
    }
    if (!failure.empty()) {
      done_.failures.push_back(std::string(option) + " '" + command + "' ended with " + failure);
    }
    return failure.empty() && done_.outcome != Outcome::kStopped;
  }

  [[nodiscard]] bool is_rebuild_due() const {
    return done_.outcome != Outcome::kStopped && !options_.rebuild.empty() &&
           !done_.redraws.empty() && generations_.rebuilt() + options_.rebuild_every <= now_;
  }

  /// Whether the site was built anew.
  Result<bool> rebuild() {
    // Noted before: a build that fails must not be tried at each run.
    if (Result<void> noted = generations_.set_rebuilt(now_); !noted) {
      return tl::unexpected(noted.error());
    }
    return run_command("--rebuild", options_.rebuild, {}, std::vector(done_.redraws));
  }

  void summarize() {
    done_.summary = what_.empty() ? "nothing new" : what_;
    if (!done_.redraws.empty()) {
      done_.summary += "; hugo has to draw " + pages_in_words(done_.redraws.size()) + " anew";
    }
    if (done_.outcome == Outcome::kStopped) {
      done_.summary += "; stopped";
    }
  }

  const RefreshOptions& options_;
  Generations generations_;
  std::int64_t now_;
  fs::path counts_file_;
  formats::LikeCounts counts_;
  std::optional<std::vector<formats::Post>> posts_;
  std::string what_;
  Refreshed done_;
};

}  // namespace

Result<Refreshed> refresh(const RefreshOptions& options, std::int64_t now) {
  Result<std::optional<Generations>> generations = Generations::open(options.link);
  if (!generations) {
    return tl::unexpected(generations.error());
  }
  if (!*generations) {
    Refreshed busy;
    busy.outcome = Outcome::kBusy;
    busy.summary = "another run is at work on " + options.link.string();
    return busy;
  }
  return Round(options, **std::move(generations), now).run();
}

}  // namespace likes::refresh
