#pragma once

#include "tools/support/command_line.h"

namespace likes::snapshot {

/// Adds `likes snapshot`.
void add_snapshot_command(CommandLine& command_line);

}  // namespace likes::snapshot
