#pragma once

#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <cstdint>

#include "tools/support/descriptor.h"

namespace likes {

/// While it lives, signals that end us, or tell that a child has ended, wait to be
/// read, and a closed pipe is an error and not our end.
class SignalReader {
 public:
  SignalReader() {
    ::sigemptyset(&signals_);
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGCHLD}) {
      ::sigaddset(&signals_, number);
    }
    ::sigprocmask(SIG_BLOCK, &signals_, &before_);
    pipe_before_ = ::signal(SIGPIPE, SIG_IGN);
    fd_ = Descriptor(::signalfd(-1, &signals_, SFD_NONBLOCK | SFD_CLOEXEC));
  }
  ~SignalReader() {
    ::signal(SIGPIPE, pipe_before_);
    ::sigprocmask(SIG_SETMASK, &before_, nullptr);
  }
  SignalReader(const SignalReader&) = delete;
  SignalReader& operator=(const SignalReader&) = delete;

  [[nodiscard]] int descriptor() const { return fd_.get(); }

  /// Takes what has come; whether we are to end.
  [[nodiscard]] bool take_stop() {
    bool stop = false;
    signalfd_siginfo info = {};
    while (::read(fd_.get(), &info, sizeof info) == sizeof info) {
      stop = stop || info.ssi_signo != static_cast<std::uint32_t>(SIGCHLD);
    }
    return stop;
  }

 private:
  sigset_t signals_ = {};
  sigset_t before_ = {};
  sighandler_t pipe_before_ = SIG_DFL;
  Descriptor fd_;
};

}  // namespace likes
