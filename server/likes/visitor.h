#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
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

/// For tables. It is a hash already, and nobody can choose it.
struct VisitorHasher {
  std::size_t operator()(const Visitor& visitor) const noexcept {
    std::size_t first = 0;
    std::memcpy(&first, visitor.hash.data(), sizeof first);
    return first;
  }
};

/// The secret that visitor hashes are made with, 32 random bytes.
using VisitorKey = std::array<unsigned char, 32>;

}  // namespace likes::domain
