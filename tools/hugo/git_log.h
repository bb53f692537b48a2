#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "tools/hugo/date.h"
#include "tools/support/result.h"

namespace likes::hugo {

inline constexpr std::size_t kMaxFilesInGit = 5'000'000;

/// What `:git` stands for in the chains of dates: the author's date of the newest commit, merges
/// aside, that touched a file. As in Hugo a file whose name Git quotes is not known.
class GitLog {
 public:
  /// Asks Git once for all of the repository that `folder` lies in. Where there is none Hugo stops,
  /// and so does this; `place` is where Git was asked for.
  [[nodiscard]] static Result<GitLog> read(const std::filesystem::path& folder,
                                           const Location& place);

  /// By the file's place, as it was found by way of `folder`.
  [[nodiscard]] std::optional<Date> find(const std::string& place) const;

  [[nodiscard]] std::size_t size() const { return dates_.size(); }

  /// Takes a piece of what `git log` prints, whole lines or not.
  [[nodiscard]] Result<void> take(std::string_view printed);

 private:
  [[nodiscard]] Result<void> take_line(std::string_view line);

  std::string top_;           ///< Of the repository, absolute, with a slash at its end.
  std::string rest_;          ///< A line whose end has not come yet.
  std::optional<Date> date_;  ///< Of the commit whose files are being read.
  std::unordered_map<std::string, Date> dates_;
};

}  // namespace likes::hugo
