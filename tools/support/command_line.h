#pragma once

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tools/support/error.h"

namespace likes {

/// What every program of this project tells its caller.
enum class ExitCode : int {
  kOk = 0,
  kFailed = 1,  ///< An input or the run failed; stderr says why.
  kUsage = 2,   ///< The command line itself was wrong.
};

/// A program's command line: CLI11 reads it, and the help is one text per command, written by hand
/// so that it reads well. Wrong words are answered with the nearest right one.
class CommandLine {
 public:
  using Run = std::function<ExitCode()>;

  CommandLine(std::string program, std::string version, std::string help);

  /// Options of the program itself are added here.
  [[nodiscard]] CLI::App& program() { return app_; }

  /// What runs when no command is named; without it a missing command is a usage error.
  void set_default(Run run) { default_run_ = std::move(run); }

  /// Adds a command; the caller adds its options to what comes back.
  CLI::App& add_command(const std::string& name, const std::string& help, Run run);

  /// Reads the words after the program's name and runs what they ask for.
  [[nodiscard]] ExitCode run(const std::vector<std::string>& words);

 private:
  [[nodiscard]] const CLI::App& chosen() const;
  [[nodiscard]] ExitCode usage_error(const std::string& message) const;
  [[nodiscard]] ExitCode unknown_word(const std::string& word) const;

  std::string program_;
  std::string version_;
  CLI::App app_;
  Run default_run_;
  std::map<std::string, Run> runs_;
};

/// Prints `program: message` on stderr and gives kFailed back.
[[nodiscard]] ExitCode report_failure(const std::string& program, const Error& error);

/// The one of `words` that a typing error could have turned into `typed`, or "".
[[nodiscard]] std::string nearest_word(const std::string& typed,
                                       const std::vector<std::string>& words);

}  // namespace likes
