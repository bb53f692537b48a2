#include "server/app/commands.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

#include "server/app/app.h"
#include "server/app/help.h"
#include "server/app/ledger_commands.h"
#include "server/app/settings.h"
#include "server/likes/clock.h"
#include "server/store/open_store.h"
#include "server/telemetry/log.h"
#include "server/telemetry/traces.h"

namespace likes::app {
namespace {

constexpr const char* kProgram = "likes-server";

/// What the command line said; the environment is asked where it said nothing.
struct Words {
  std::map<std::string, std::string> flags;  ///< By variable.
  std::string posts_file;
  bool dev = false;

  [[nodiscard]] SettingText texts() const {
    return [this](const std::string& variable) -> std::optional<std::string> {
      if (variable == "POSTS_FILE" && !posts_file.empty()) {
        return posts_file;
      }
      if (const auto flag = flags.find(variable); flag != flags.end() && !flag->second.empty()) {
        return flag->second;
      }
      const char* value = std::getenv(variable.c_str());
      return value == nullptr ? std::nullopt : std::optional<std::string>(value);
    };
  }
};

void add_serve_options(Command command, Words& words) {
  command.add_option("posts", words.posts_file);
  command.add_flag("--dev", words.dev);
  for (const SettingName& name : setting_names()) {
    command.add_option(name.flag, words.flags[name.variable]);
  }
}

void add_database_options(Command command, Words& words) {
  command.add_flag("--dev", words.dev);
  command.add_option("--database-url", words.flags["DATABASE_URL"]);
}

void warn_of_what_is_not_done(const SettingText& text) {
  const auto endpoint = text("OTEL_EXPORTER_OTLP_ENDPOINT");
  if (!telemetry::can_trace() && endpoint && !endpoint->empty()) {
    telemetry::log_warning(
        "OTEL_EXPORTER_OTLP_ENDPOINT is set, but this version sends no traces; metrics are on "
        "ADMIN_ADDRESS");
  }
}

ExitCode serve(const Words& words, const std::function<Request()>& next_request) {
  const Result<Settings> settings = read_settings(words.texts(), words.dev);
  if (!settings) {
    return report_failure(kProgram, settings.error());
  }
  telemetry::set_up_log(settings->log_level, settings->log_format);
  for (const auto& [name, value] : settings->printable) {
    std::string line = name;
    telemetry::log_info(line.append("=").append(value));
  }
  warn_of_what_is_not_done(words.texts());
  const domain::SystemClock clock;
  const Result<std::unique_ptr<App>> app = App::start(*settings, clock);
  if (!app) {
    return report_failure(kProgram, app.error());
  }
  while (next_request() == Request::kReloadPosts) {
    (*app)->reload_posts();
  }
  telemetry::log_info("stopping");
  (*app)->stop();
  return ExitCode::kOk;
}

ExitCode migrate(const Words& words) {
  const Result<std::string> database_url = read_database_url(words.texts(), words.dev);
  if (!database_url) {
    return report_failure(kProgram, database_url.error());
  }
  const Result<std::vector<std::string>> applied = store::migrate(*database_url);
  if (!applied) {
    return report_failure(kProgram, applied.error());
  }
  for (const std::string& name : *applied) {
    std::printf("applied %s\n", name.c_str());
  }
  if (applied->empty()) {
    std::printf("nothing to do, the schema is the newest\n");
  }
  return ExitCode::kOk;
}

ExitCode verify(const Words& words) {
  const Result<std::string> database_url = read_database_url(words.texts(), words.dev);
  if (!database_url) {
    return report_failure(kProgram, database_url.error());
  }
  const Result<std::unique_ptr<domain::Store>> opened = store::open_store(*database_url);
  if (!opened) {
    return report_failure(kProgram, opened.error());
  }
  const Result<domain::Contradictions> found = (*opened)->verify();
  if (!found) {
    return report_failure(kProgram, found.error());
  }
  for (const std::string& contradiction : *found) {
    std::printf("%s\n", contradiction.c_str());
  }
  if (found->empty()) {
    std::printf("totals, days and likes agree\n");
  }
  return found->empty() ? ExitCode::kOk : ExitCode::kFailed;
}

/// Runs a command that needs no more of the settings than where the database is.
ExitCode with_database(const Words& words,
                       const std::function<ExitCode(const std::string& database_url)>& run) {
  const Result<std::string> database_url = read_database_url(words.texts(), words.dev);
  return database_url ? run(*database_url) : report_failure(kProgram, database_url.error());
}

/// What the commands that deal with the ledger were told.
struct LedgerWords {
  PurgeWords purge;
  ImportWords import;
  ExportWords export_;
};

void add_ledger_commands(CommandLine& line, Words& said, LedgerWords& ledger) {
  const auto add = [&](const char* name, const char* help, auto run) {
    const Command command =
        line.add_command(name, help, [&said, run] { return with_database(said, run); });
    add_database_options(command, said);
    return command;
  };
  add_purge_options(
      add("purge", kPurgeHelp, [&](const std::string& url) { return purge(url, ledger.purge); }),
      ledger.purge);
  Command import = add("import", kImportHelp, [&](const std::string& url) {
    return import_likes(url, said.texts()("POSTS_FILE").value_or(""), ledger.import);
  });
  import.add_option("--posts-file", said.flags["POSTS_FILE"]);
  add_import_options(import, ledger.import);
  add_export_options(add("export", kExportHelp,
                         [&](const std::string& url) { return export_likes(url, ledger.export_); }),
                     ledger.export_);
}

}  // namespace

ExitCode run_program(const std::vector<std::string>& words,
                     const std::function<Request()>& next_request) {
  Words said;
  CommandLine line(kProgram, LIKES_VERSION, kServeHelp);
  const auto run_serve = [&] { return serve(said, next_request); };
  add_serve_options(line.program(), said);
  line.set_default([&] {
    // 'likes-server migrat' names a posts file as far as the words go.
    std::error_code failed;
    if (!said.posts_file.empty() && !std::filesystem::exists(said.posts_file, failed)) {
      if (const std::optional<ExitCode> refused = line.misspelt_command(said.posts_file)) {
        return *refused;
      }
    }
    return run_serve();
  });
  add_serve_options(line.add_command("serve", kServeHelp, run_serve), said);
  add_database_options(line.add_command("migrate", kMigrateHelp, [&] { return migrate(said); }),
                       said);
  add_database_options(line.add_command("verify", kVerifyHelp, [&] { return verify(said); }), said);
  LedgerWords ledger;
  add_ledger_commands(line, said, ledger);
  return line.run(words);
}

}  // namespace likes::app
