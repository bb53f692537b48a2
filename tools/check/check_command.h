#pragma once

#include "tools/support/command_line.h"

namespace likes::check {

/// Adds `likes check`.
void add_check_command(CommandLine& command_line);

}  // namespace likes::check
