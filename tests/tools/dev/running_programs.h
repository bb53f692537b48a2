#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace likes::testing {

/// The processes that have `variable` ("NAME=value") in their environment and run the program
/// `name`; "" for any.
[[nodiscard]] std::vector<pid_t> running_programs(const std::string& variable,
                                                  const std::string& name = "");

/// Waits for the end of a process that is not our child; false after ten seconds.
[[nodiscard]] bool wait_for_end(pid_t pid);

}  // namespace likes::testing
