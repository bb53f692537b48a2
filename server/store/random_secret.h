#pragma once

#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "server/likes/visitor.h"

namespace likes::store {

/// A new visitor key from the system's random numbers. Throws std::system_error without any; it is
/// called where the exceptions of the database libraries are caught.
[[nodiscard]] inline domain::VisitorKey random_secret() {
  domain::VisitorKey secret{};
  if (::getentropy(secret.data(), secret.size()) != 0) {
    throw std::system_error(errno, std::generic_category(), "cannot get random bytes");
  }
  return secret;
}

}  // namespace likes::store
