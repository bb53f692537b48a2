#pragma once

#include "tools/support/command_line.h"

namespace likes::dev {

/// Adds `likes dev`.
void add_dev_command(CommandLine& command_line);

}  // namespace likes::dev
