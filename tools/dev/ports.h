#pragma once

#include <optional>
#include <string>
#include <utility>

#include "tools/support/descriptor.h"
#include "tools/support/result.h"

namespace likes::dev {

/// A port of localhost that nobody listens on, and that no other `likes dev` takes while this
/// lives: between choosing a port and listening on it another one could choose the same.
class Port {
 public:
  Port() = default;

  /// Nothing where it is taken.
  [[nodiscard]] static std::optional<Port> claim(int number);

  [[nodiscard]] int number() const { return number_; }

 private:
  Port(int number, Descriptor claim) : number_(number), claim_(std::move(claim)) {}

  int number_ = 0;
  Descriptor claim_;
};

/// `preferred` where it is free, else any that is.
[[nodiscard]] Result<Port> choose_port(int preferred);

/// Asks a web server, without waiting for it, until it has answered once.
class Probe {
 public:
  Probe(int port, std::string path);

  /// Does the next step; whether there was an answer.
  [[nodiscard]] bool has_answered();

 private:
  int port_;
  std::string request_;
  Descriptor socket_;
  bool asked_ = false;
};

}  // namespace likes::dev
