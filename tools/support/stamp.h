#pragma once

#include <cstdint>

struct stat;

namespace likes {

/// Tells one state of a file, or of a folder's list of names, from the next without reading it.
struct Stamp {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::int64_t bytes = 0;
  std::int64_t modified_ns = 0;
  std::int64_t changed_ns = 0;  ///< Unlike the time of modification, nobody can set it back.

  bool operator==(const Stamp&) const = default;

  /// The same but for the time of change, which a new name (a link) moves as well.
  [[nodiscard]] bool has_content_of(const Stamp& other) const;

  /// Whether a change from now on is sure to show in the stamp: clocks of file systems stand still
  /// for some milliseconds.
  [[nodiscard]] bool is_settled() const;
};

[[nodiscard]] Stamp stamp_of(const struct stat& status);

}  // namespace likes
