#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "tools/html/tag.h"
#include "tools/support/result.h"

namespace likes::html {

/// The attribute that says what a drawing shows; one of the next two says what it is.
inline constexpr std::string_view kDrawnAttribute = "data-likes-drawn";
inline constexpr std::string_view kListAttribute = "data-likes-list";
inline constexpr std::string_view kTrendAttribute = "data-likes-trend";

inline constexpr std::size_t kMaxListEntries = 10'000;
inline constexpr std::size_t kMaxDrawnDays = 36'600;

/// What a page shows of counts besides numbers. Only Hugo can draw it; what it needs to be drawn
/// anew can be told from its element:
///
///     <ol data-likes-list="5" data-likes-days="30" data-likes-drawn="posts/b posts/a">
///     <svg data-likes-trend="posts/a" data-likes-days="3" data-likes-drawn="0 2 1">
///
/// Minifiers drop attributes without a value: a list that does not say what it shows is empty, and
/// days that say neither list nor trend are the whole site's trend.
struct Drawing {
  enum class Kind : unsigned char {
    kList,   ///< The most liked posts, best first.
    kTrend,  ///< Likes a day, oldest first.
  };
  Kind kind = Kind::kList;
  std::string key;        ///< Of a trend: the post's, or "" for the whole site.
  std::size_t limit = 0;  ///< Of a list: how many posts it has at most.
  std::size_t days = 0;   ///< How many days count, the last of them the snapshot's; 0: all.
  std::string section;    ///< Of a list: posts of this section only, where it is not "".
  std::string lang;       ///< Of a list: posts of this language only, where it is not "".
  std::string drawn;      ///< Keys, each percent-encoded or not, or numbers; parted by blanks.

  bool operator==(const Drawing&) const = default;
  bool operator<(const Drawing& other) const;
};

/// What the tag draws; nothing for one that draws nothing, an error for one whose attributes make
/// no sense.
[[nodiscard]] Result<std::optional<Drawing>> read_drawing(const Tag& tag, std::string_view page);

}  // namespace likes::html
