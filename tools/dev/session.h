#pragma once

#include <filesystem>
#include <string>

#include "tools/dev/ports.h"
#include "tools/index/site_options.h"
#include "tools/support/child.h"
#include "tools/support/command_line.h"

namespace likes::dev {

/// What `likes dev` is to run, worked out beforehand.
struct Plan {
  index::SiteOptions site;
  std::filesystem::path posts_file;  ///< Where the index goes.
  Program hugo;
  Port hugo_port;
  Program server;
  Port server_port;
  bool coloured = false;
};

/// Runs both programs and keeps the index new until SIGINT, SIGTERM or SIGHUP, or until one of them
/// cannot be kept alive.
[[nodiscard]] ExitCode run_session(const Plan& plan);

}  // namespace likes::dev
