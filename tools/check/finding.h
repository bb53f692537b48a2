#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "tools/support/error.h"

namespace likes::check {

enum class Severity {
  kError,  ///< Likes get lost, or a reader meets a failure.
  kNote,   ///< Worth knowing; it may well be meant so.
};

/// What `likes check` looks for, in the order of its report.
enum class Rule {
  kSite,             ///< What `likes index` complains about: two posts with one key, …
  kSharedSlug,       ///< Several posts have one slug.
  kSharedAlias,      ///< A former key belongs to another post as well.
  kNoMarkup,         ///< No page has a like button or a count.
  kUnknownKey,       ///< A page names a key that no post has.
  kPageWithoutPost,  ///< A page names its own key and is no post.
  kMarker,           ///< A marker that `likes bake` leaves alone.
  kOverlay,          ///< The theme component is of another version than this program.
  kPostWithoutPage,
  kPostWithoutMarker,
  kPolicy,   ///< A Content-Security-Policy is in the way.
  kGone,     ///< Likes of a post that is no more.
  kRenamed,  ///< Likes of a post that has another key now, and says so.
};

struct Finding {
  Severity severity;
  Rule rule;
  std::string key;  ///< The post's, or "".
  std::string message;
  Location where;  ///< May be nowhere: then the key says what this is about.
};

/// The rule's name for machines: "unknown-key".
[[nodiscard]] std::string name_of(Rule rule);

/// How much was looked at; nothing where there was nothing to look at.
struct Extent {
  std::size_t posts = 0;
  std::optional<std::size_t> pages = {};
  std::optional<std::size_t> counts = {};  ///< Posts in the snapshot.
};

[[nodiscard]] std::size_t count_errors(const std::vector<Finding>& findings);

/// For people: a heading for each rule that has findings, and one finding a line.
[[nodiscard]] std::string to_text(const std::vector<Finding>& findings);

/// For machines: one JSON object on one line; its members are in the command's help.
[[nodiscard]] std::string to_json(const std::vector<Finding>& findings, const Extent& extent);

}  // namespace likes::check
