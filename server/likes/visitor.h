#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace likes::domain {

/// Who likes, as far as we want to know: a keyed hash of the client's address (server/http makes it
/// with libsodium). The same address gives another hash once the key has been changed, and the hash
/// is deleted from the store when its window is over, so it says nothing about anyone afterwards.
struct Visitor {
  std::array<unsigned char, 16> hash{};

  bool operator==(const Visitor&) const = default;
  bool operator<(const Visitor& other) const { return hash < other.hash; }
};

/// The secret that visitor hashes are made with, 32 random bytes.
using VisitorKey = std::array<unsigned char, 32>;

}  // namespace likes::domain
