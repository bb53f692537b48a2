#pragma once

#include <chrono>
#include <cstddef>

/// Every limit of the server in one place; each is tested on both sides.
namespace likes::domain {

inline constexpr std::size_t kMaxKeyBytes = 512;
inline constexpr std::size_t kMaxBodyBytes = 4096;
/// Keys in one `GET /likes?key=…&key=…`.
inline constexpr std::size_t kMaxKeysPerRequest = 100;
/// Likes that may go into one transaction, and that may wait for one before new ones are shed.
inline constexpr std::size_t kMaxBatch = 512;
inline constexpr std::size_t kMaxWaiting = 8192;
/// Likes of the windows that are not over which a server keeps in memory, to know what a visitor
/// has liked; beyond it the store is asked.
inline constexpr std::size_t kMaxRemembered = 200'000;
inline constexpr std::chrono::seconds kMinWindow{1};
inline constexpr std::chrono::seconds kMaxWindow{std::chrono::hours{24 * 366}};
/// Posts that a message about an ambiguous name lists.
inline constexpr std::size_t kMaxCandidates = 10;
/// Posts that are taken on without being in the index, see LikeService::adopt_post().
inline constexpr std::size_t kMaxAdopted = 1000;
/// How long a visitor's own likes are known where there is no limit to liking.
inline constexpr std::chrono::seconds kUnlimitedWindow{std::chrono::hours{1}};
/// How long one visitor key serves; see visitor.h.
inline constexpr std::chrono::seconds kVisitorKeyLifetime{std::chrono::hours{24}};

}  // namespace likes::domain
