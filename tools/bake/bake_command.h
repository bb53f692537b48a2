#pragma once

#include "tools/support/command_line.h"

namespace likes::bake {

/// Adds `likes bake`.
void add_bake_command(CommandLine& command_line);

}  // namespace likes::bake
