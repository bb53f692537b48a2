#pragma once

#include "tools/support/command_line.h"

namespace likes::inject {

/// Adds `likes inject`.
void add_inject_command(CommandLine& command_line);

}  // namespace likes::inject
