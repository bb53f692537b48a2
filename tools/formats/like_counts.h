#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tools/support/result.h"

namespace likes::formats {

inline constexpr std::size_t kMaxCountsBytes = std::size_t{256} << 20;

struct DayCount {
  std::string day;  ///< UTC, `2026-11-20`.
  std::int64_t likes = 0;

  bool operator==(const DayCount&) const = default;
};

struct PostLikes {
  std::int64_t total = 0;
  std::vector<DayCount> days;  ///< Oldest first; days without a like are not there.

  bool operator==(const PostLikes&) const = default;
};

/// likes.json: every count at one moment. A post that is here with 0 has no likes; a post that is
/// not here is unknown, which is not 0.
struct LikeCounts {
  std::int64_t newest = 0;  ///< When the newest like came, Unix seconds; 0 when there is none.
  std::map<std::string, PostLikes> likes;  ///< By post key.

  [[nodiscard]] std::int64_t total() const;
  bool operator==(const LikeCounts&) const = default;
};

/// `name` is the file's name in messages. Members that it does not know are ignored.
[[nodiscard]] Result<LikeCounts> read_like_counts(std::string_view json, const std::string& name);

/// The same from a file; "-" is standard input.
[[nodiscard]] Result<LikeCounts> load_like_counts(const std::filesystem::path& file);

/// Writes likes.json post by post, for who keeps the counts in another form and not twice.
class LikeCountsWriter {
 public:
  LikeCountsWriter(std::int64_t newest, std::int64_t total);

  /// In the order of the keys.
  void add(const std::string& key, const PostLikes& likes);

  [[nodiscard]] std::string finish();

 private:
  std::string text_;
  bool is_empty_ = true;
};

/// The same counts give the same bytes: keys sorted, one post a line.
[[nodiscard]] std::string write_like_counts(const LikeCounts& counts);

/// The strong HTTP entity tag, quotes included, of a likes.json with these bytes. Whoever holds the
/// file can ask the server for a newer one without having kept the tag.
[[nodiscard]] std::string entity_tag(std::string_view bytes);

}  // namespace likes::formats
