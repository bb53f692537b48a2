#pragma once

#include <string>

#include "tools/support/command_line.h"

namespace likes::app {

/// What the command line said to purge.
struct PurgeWords {
  std::string post;
  std::string from;
  std::string to;
  std::string burst;
  bool yes = false;
};
void add_purge_options(Command command, PurgeWords& words);
[[nodiscard]] ExitCode purge(const std::string& database_url, const PurgeWords& words);

struct ImportWords {
  std::string format;
  std::string file;
  std::string source;
  std::string unknown = "refuse";
  bool dry_run = false;
};
void add_import_options(Command command, ImportWords& words);
/// `posts_file` may be "": then the posts are those that the database lists.
[[nodiscard]] ExitCode import_likes(const std::string& database_url, const std::string& posts_file,
                                    const ImportWords& words);

struct ExportWords {
  std::string format = "jsonl";
  std::string output = "-";
};
void add_export_options(Command command, ExportWords& words);
[[nodiscard]] ExitCode export_likes(const std::string& database_url, const ExportWords& words);

}  // namespace likes::app
