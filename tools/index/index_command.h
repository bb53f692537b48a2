#pragma once

#include "tools/support/command_line.h"

namespace likes::index {

/// Adds `likes index`.
void add_index_command(CommandLine& command_line);

}  // namespace likes::index
