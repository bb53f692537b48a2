#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tools/support/error.h"

namespace CLI {
class App;
}

namespace likes {

/// What every program of this project tells its caller.
enum class ExitCode : int {
  kOk = 0,
  kFailed = 1,  ///< An input or the run failed; stderr says why.
  kUsage = 2,   ///< The command line itself was wrong.
  kBusy = 75,   ///< Another run is at work; a later one will do (EX_TEMPFAIL of sysexits.h).
};

/// The options and arguments of one command. Each variable must live as long as the command line,
/// and keeps its value where the option is not given. CLI11's own header stays out of sight: it
/// takes longer to compile than all of a command's code.
class Command {
 public:
  explicit Command(CLI::App& app) : app_(app) {}

  /// `name` as in "-o,--output", or a bare word for an argument.
  void add_option(const std::string& name, std::string& value);
  void add_option(const std::string& name, std::vector<std::string>& values);
  void add_option(const std::string& name, std::optional<int>& value);
  void add_flag(const std::string& name, bool& value);

  /// `option` is refused where `needed` is not given; both are there already.
  void require(const std::string& option, const std::string& needed);

  /// As they are typed, such as "--output".
  [[nodiscard]] std::vector<std::string> option_names() const;

 private:
  CLI::App& app_;
};

/// A program's command line: CLI11 reads it, and the help is one text per command, written by hand
/// so that it reads well. Wrong words are answered with the nearest right one.
class CommandLine {
 public:
  using Run = std::function<ExitCode()>;

  CommandLine(std::string program, std::string version, std::string help);
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  /// Options of the program itself are added here.
  [[nodiscard]] Command program() { return Command(*app_); }

  /// What runs when no command is named; without it a missing command is a usage error.
  void set_default(Run run) { default_run_ = std::move(run); }

  /// Adds a command; the caller adds its options to what comes back.
  Command add_command(const std::string& name, const std::string& help, Run run);

  /// Adds a command that is a program of its own, in the same folder as this one.
  void add_program(const std::string& command, const std::string& program);

  /// A command that was added.
  [[nodiscard]] Command command(const std::string& name) const;

  /// For an argument of the program that turns out to be nothing: when a typing error could have
  /// made it of a command, says so and gives the exit code.
  [[nodiscard]] std::optional<ExitCode> misspelt_command(const std::string& argument) const;

  /// Reads the words after the program's name and runs what they ask for.
  [[nodiscard]] ExitCode run(const std::vector<std::string>& words);

 private:
  [[nodiscard]] CLI::App& chosen() const;
  [[nodiscard]] std::vector<std::string> command_names() const;
  [[nodiscard]] ExitCode usage_error(const std::string& message) const;
  [[nodiscard]] ExitCode unknown_word(const std::string& word) const;
  [[nodiscard]] ExitCode become(const std::string& program,
                                const std::vector<std::string>& words) const;

  std::string program_;
  std::string version_;
  std::unique_ptr<CLI::App> app_;
  Run default_run_;
  std::map<std::string, Run> runs_;
  std::map<std::string, std::string> programs_;  // By command.
};

/// Prints `program: message` on stderr and gives kFailed back.
[[nodiscard]] ExitCode report_failure(const std::string& program, const Error& error);

}  // namespace likes
