#include "tools/hugo/git_log.h"

#include <functional>
#include <system_error>
#include <utility>
#include <vector>

#include "tools/support/child.h"

namespace likes::hugo {
namespace {

namespace fs = std::filesystem;

/// Begins a line with a date; Git quotes a file's name that begins so.
constexpr char kCommit = '\x1e';

fs::path absolute_path(const fs::path& path) {
  std::error_code code;
  return fs::absolute(path, code).lexically_normal();
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

/// Runs Git; an end that is not well is an error with what Git said of it.
Result<void> run_git(std::vector<std::string> words, const Location& place,
                     const std::function<void(std::string_view)>& take) {
  const fs::path git = find_in_path("git");
  if (git.empty()) {
    return fail(ErrorCode::kNotFound,
                "found enableGitInfo and no 'git' in PATH; install the package git", place);
  }
  std::string said;
  const Result<std::string> end =
      run_to_end({"git", git, std::move(words), {{"LC_ALL", "C"}}}, [&](std::string_view text) {
        said = std::string(text.substr(0, 1000));
        take(text);
      });
  if (!end) {
    return tl::unexpected(end.error());
  }
  if (*end != "exit code 0") {
    return fail(ErrorCode::kInvalid,
                "found enableGitInfo, and git fails as it would for Hugo: " + first_line(said),
                place);
  }
  return {};
}

}  // namespace

Result<GitLog> GitLog::read(const fs::path& folder, const Location& place) {
  std::string up;
  Result<void> done = run_git({"-C", folder.string(), "rev-parse", "--show-cdup"}, place,
                              [&up](std::string_view text) { up += text; });
  if (!done) {
    return tl::unexpected(done.error());
  }
  GitLog log;
  log.top_ = (absolute_path(folder) / first_line(up)).lexically_normal().string();
  log.top_ += log.top_.ends_with('/') ? "" : "/";
  Result<void> taken;
  done = run_git({"-c", "diff.renames=0", "-c", "log.showSignature=0", "-C", folder.string(), "log",
                  "--name-only", "--no-merges", "--format=format:%x1e%ai"},
                 place, [&](std::string_view text) {
                   if (taken) {
                     taken = log.take(text);
                   }
                 });
  if (done && taken) {
    done = log.take("\n");
  }
  if (!done || !taken) {
    return tl::unexpected(done ? taken.error() : done.error());
  }
  return log;
}

std::optional<Date> GitLog::find(const std::string& place) const {
  const std::string file = absolute_path(place).string();
  if (!file.starts_with(top_)) {
    return std::nullopt;
  }
  const auto found = dates_.find(file.substr(top_.size()));
  return found == dates_.end() ? std::nullopt : std::optional<Date>(found->second);
}

Result<void> GitLog::take(std::string_view printed) {
  rest_ += printed;
  std::size_t at = 0;
  for (std::size_t end = rest_.find('\n'); end != std::string::npos; end = rest_.find('\n', at)) {
    if (Result<void> taken = take_line(std::string_view(rest_).substr(at, end - at)); !taken) {
      return taken;
    }
    at = end + 1;
  }
  rest_.erase(0, at);
  return {};
}

Result<void> GitLog::take_line(std::string_view line) {
  if (line.starts_with(kCommit)) {
    date_ = parse_date(line.substr(1), TimeZone());
  } else if (!line.empty() && date_) {
    dates_.emplace(line, *date_);  // Newer commits come first.
  }
  if (dates_.size() > kMaxFilesInGit) {
    return fail(ErrorCode::kInvalid, "found more than the limit of " +
                                         std::to_string(kMaxFilesInGit) + " files in Git's log");
  }
  return {};
}

}  // namespace likes::hugo
