#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/support/result.h"

namespace likes::formats {

/// Limits of posts.json, far above any blog and far below what would hurt.
inline constexpr std::size_t kMaxIndexBytes = std::size_t{256} << 20;
inline constexpr std::size_t kMaxPosts = 1'000'000;
inline constexpr std::size_t kMaxKeyBytes = 512;

/// What is known of a post once its text is rendered.
struct RenderedPost {
  std::string summary;
  std::int64_t word_count = 0;
  std::int64_t reading_time = 0;  ///< In minutes.
};

/// One entry of posts.json: what can be liked. The first seven members are what readers of the
/// original blog's index know; the others came with this project.
struct Post {
  std::string title;
  std::string slug;
  std::string description;
  std::string date;  ///< RFC 3339 with the author's own offset, or "" for a post without one.
  std::optional<std::string> featured_image;
  std::vector<std::string> tags;
  std::string url;  ///< Absolute.
  std::string key;  ///< The post's identity: its path on the site, `posts/hello-world`.
  std::vector<std::string> aliases;  ///< Former keys, from Hugo's aliases.
  std::string lang;
  std::string section;
  std::optional<RenderedPost> rendered;  ///< Where it was asked for; not read again.
};

/// Reads posts.json and refuses it whole when one entry is wrong: no key, a key twice, a key too
/// long, no absolute url. `name` is the file's name in messages. Members that it does not know are
/// ignored; an entry without `key` (the original blog's index) gets its url's path.
[[nodiscard]] Result<std::vector<Post>> read_posts_index(std::string_view json,
                                                         const std::string& name);

/// The same from a file; "-" is standard input.
[[nodiscard]] Result<std::vector<Post>> load_posts_index(const std::filesystem::path& file);

/// One entry, on one line without an end. The same posts give the same bytes: the members in the
/// order above.
[[nodiscard]] std::string write_post(const Post& post);

/// Writes so many lines part by part, as a JSON array or as they are. `append` adds one to a text,
/// without an end; it is asked for each once, on any thread.
[[nodiscard]] Result<void> write_lines(std::size_t count, bool is_array,
                                       const std::function<void(std::string&, std::size_t)>& append,
                                       const std::function<Result<void>(std::string_view)>& write);

}  // namespace likes::formats
