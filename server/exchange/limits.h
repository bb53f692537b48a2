#pragma once

#include <cstddef>
#include <cstdint>

/// What an import takes; each is tested on both sides.
namespace likes::exchange {

inline constexpr std::size_t kMaxImportBytes = std::size_t{256} << 20;
/// In one entry; a site has not as many readers.
inline constexpr std::int64_t kMaxImportedLikes = 1'000'000'000;
inline constexpr std::size_t kMaxSourceBytes = 64;

}  // namespace likes::exchange
