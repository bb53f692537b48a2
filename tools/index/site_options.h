#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/hugo/config.h"
#include "tools/hugo/date.h"
#include "tools/support/command_line.h"

namespace likes::index {

/// Which site a command reads, and how: the options that mean what Hugo's own mean.
struct SiteOptions {
  std::string source = ".";
  std::string configs;  ///< As written: names between commas.
  std::string environment;
  bool drafts = false;
  bool future = false;
  bool expired = false;
  std::string clock;         ///< As written; "" is now.
  std::string hugo_version;  ///< As written; "" is the configuration's, or the newest.
};

/// Adds them to a command; `options` must live as long as the command line.
void add_site_options(Command command, SiteOptions& options);

/// What they ask for, with this process's environment. A version that is none asks for the newest:
/// see version_complaint().
[[nodiscard]] hugo::ConfigRequest make_request(const SiteOptions& options);

/// What is wrong with --hugo-version, or "".
[[nodiscard]] std::string version_complaint(const SiteOptions& options);

/// The time that the site is judged by; nothing where --clock is no time.
[[nodiscard]] std::optional<hugo::Date> read_clock(const SiteOptions& options);

/// What a command tells whose --clock is no time.
[[nodiscard]] std::string clock_complaint(const SiteOptions& options);

/// The words between commas, without the empty ones.
[[nodiscard]] std::vector<std::string> split_commas(const std::string& text);

}  // namespace likes::index
