#pragma once

#include "tools/support/command_line.h"

namespace likes::report {

/// Adds `likes report`.
void add_report_command(CommandLine& command_line);

}  // namespace likes::report
