#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "tools/support/descriptor.h"
#include "tools/support/result.h"

/// What systemd, or another service manager with its protocols, and the server tell each other. All
/// of it is environment variables and one datagram, so no library is needed.
namespace likes::app {

/// Listening sockets that were opened for us before the start (LISTEN_FDS of sd_listen_fds(3)), by
/// name. The first one that has no name of its own, or the name of its unit, is "public", the next
/// one "admin". The variables are taken away, so that no child process believes them.
[[nodiscard]] Result<std::map<std::string, Descriptor>> take_passed_sockets();

/// Sends `READY=1` or the like to NOTIFY_SOCKET (sd_notify(3)); does nothing where there is none.
void notify_manager(const std::string& state);

/// The state of a reload that begins, with the time that the manager wants to know.
[[nodiscard]] std::string reloading_state();

/// How often WATCHDOG=1 is to be sent: half the time that WATCHDOG_USEC allows; nothing when nobody
/// waits for it.
[[nodiscard]] std::optional<std::chrono::microseconds> watchdog_interval();

}  // namespace likes::app
