#include "tools/support/command_line.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include "tools/support/child.h"
#include "tools/support/nearest_word.h"

namespace likes {
namespace {

/// Gives CLI11 our own text in place of the one it would generate.
class HelpText : public CLI::FormatterBase {
 public:
  explicit HelpText(std::string text) : text_(std::move(text)) {}
  std::string make_help(const CLI::App* /*app*/, std::string /*name*/,
                        CLI::AppFormatMode /*mode*/) const override {
    return text_;
  }

 private:
  std::string text_;
};

void use_help(CLI::App& app, std::string text) {
  app.set_help_flag("-h,--help");
  app.formatter(std::make_shared<HelpText>(std::move(text)));
  // CLI11's own complaint about an unknown word comes after its complaint about a missing one;
  // taking all words lets us answer the unknown one first, with a suggestion.
  app.allow_extras();
}

}  // namespace

void Command::add_option(const std::string& name, std::string& value) {
  app_.add_option(name, value);
}

void Command::add_option(const std::string& name, std::vector<std::string>& values) {
  app_.add_option(name, values);
}

void Command::add_option(const std::string& name, std::optional<int>& value) {
  app_.add_option(name, value);
}

void Command::add_flag(const std::string& name, bool& value) {
  app_.add_flag(name, value);
}

void Command::require(const std::string& option, const std::string& needed) {
  app_.get_option(option)->needs(app_.get_option(needed));
}

std::vector<std::string> Command::option_names() const {
  std::vector<std::string> names;
  for (const CLI::Option* option : app_.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      names.push_back("--" + name);
    }
  }
  return names;
}

CommandLine::CommandLine(std::string program, std::string version, std::string help)
    : program_(std::move(program)),
      version_(std::move(version)),
      app_(std::make_unique<CLI::App>()) {
  app_->name(program_);
  use_help(*app_, std::move(help));
  app_->set_version_flag("--version", program_ + " " + version_);
}

CommandLine::~CommandLine() = default;

Command CommandLine::add_command(const std::string& name, const std::string& help, Run run) {
  CLI::App* command = app_->add_subcommand(name);
  use_help(*command, help);
  runs_.emplace(name, std::move(run));
  return Command(*command);
}

void CommandLine::add_program(const std::string& command, const std::string& program) {
  programs_.emplace(command, program);
}

Command CommandLine::command(const std::string& name) const {
  return Command(*app_->get_subcommand(name));
}

CLI::App& CommandLine::chosen() const {
  const std::vector<CLI::App*> named = app_->get_subcommands();
  return named.empty() ? *app_ : *named.front();
}

ExitCode CommandLine::usage_error(const std::string& message) const {
  const std::string command =
      &chosen() == app_.get() ? program_ : program_ + " " + chosen().get_name();
  std::fprintf(stderr, "%s: %s\nTry: %s --help\n", command.c_str(), message.c_str(),
               command.c_str());
  return ExitCode::kUsage;
}

std::vector<std::string> CommandLine::command_names() const {
  std::vector<std::string> names;
  for (const auto& [name, run] : runs_) {
    names.push_back(name);
  }
  for (const auto& [name, program] : programs_) {
    names.push_back(name);
  }
  return names;
}

std::optional<ExitCode> CommandLine::misspelt_command(const std::string& argument) const {
  return nearest_word(argument, command_names()).empty() ? std::nullopt
                                                         : std::optional(unknown_word(argument));
}

ExitCode CommandLine::unknown_word(const std::string& word) const {
  const bool is_option = word.size() > 1 && word.front() == '-';
  const bool wants_command = !is_option && &chosen() == app_.get() && !runs_.empty();
  std::vector<std::string> known;
  if (is_option) {
    known = Command(chosen()).option_names();
  } else if (wants_command) {
    known = command_names();
  }
  const std::string typed = is_option ? word.substr(0, word.find('=')) : word;
  const std::string kind =
      is_option ? "unknown option" : (wants_command ? "unknown command" : "unexpected argument");
  std::string message = kind + " '" + typed + "'";
  if (const std::string nearest = nearest_word(typed, known); !nearest.empty()) {
    message += ", did you mean '" + nearest + "'?";
  }
  return usage_error(message);
}

ExitCode CommandLine::become(const std::string& program,
                             const std::vector<std::string>& words) const {
  const std::filesystem::path file = own_folder() / program;
  const int reason = likes::become({program, file, words, {}});
  return report_failure(program_ + " " + words.front(),
                        {ErrorCode::kUnavailable,
                         std::string("cannot run what it needs: ") + std::strerror(reason),
                         {file.string()}});
}

ExitCode CommandLine::run(const std::vector<std::string>& words) {
  if (const auto found = programs_.find(words.empty() ? "" : words.front());
      found != programs_.end()) {
    return become(found->second, words);
  }
  // CLI11 takes the words from the back.
  std::vector<std::string> reversed(words.rbegin(), words.rend());
  try {
    app_->parse(reversed);
  } catch (const CLI::Success& asked) {
    // Help and version are what was asked for; they belong on stdout.
    return static_cast<ExitCode>(app_->exit(asked));
  } catch (const CLI::Error& error) {
    return usage_error(error.what());
  }
  std::vector<std::string> unknown = app_->remaining(true);
  // Not a word to know: it says that no options follow.
  std::erase(unknown, "--");
  if (!unknown.empty()) {
    return unknown_word(unknown.front());
  }
  if (&chosen() != app_.get()) {
    return runs_.at(chosen().get_name())();
  }
  if (default_run_) {
    return default_run_();
  }
  return usage_error("wanted a command");
}

ExitCode report_failure(const std::string& program, const Error& error) {
  std::fprintf(stderr, "%s: %s\n", program.c_str(), error.to_string().c_str());
  return ExitCode::kFailed;
}

}  // namespace likes
