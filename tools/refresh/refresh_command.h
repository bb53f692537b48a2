#pragma once

#include "tools/support/command_line.h"

namespace likes::refresh {

/// Adds `likes refresh`.
void add_refresh_command(CommandLine& command_line);

}  // namespace likes::refresh
