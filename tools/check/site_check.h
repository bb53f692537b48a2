#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tools/check/content_policy.h"
#include "tools/check/finding.h"
#include "tools/check/page_facts.h"
#include "tools/check/suggestion.h"
#include "tools/formats/like_counts.h"
#include "tools/formats/posts_index.h"
#include "tools/support/url.h"

namespace likes::check {

/// What can be liked, and where it comes from.
struct CheckedSite {
  std::vector<formats::Post> posts;
  std::map<std::string, std::string> files;  ///< By key: the content file, where it is known.
  std::string base_path = "/";               ///< Of the site's addresses: `/` or `/blog/`.
};

/// Holds the posts, the pages and the counts of a site against each other. The functions that check
/// are called once each, at most; what they find comes back from findings().
class SiteCheck {
 public:
  explicit SiteCheck(CheckedSite site);

  /// The posts among themselves.
  void check_posts();

  /// A page or feed of the built site; `path` is below its folder, `name` for messages.
  void see_page(const std::string& path, const std::string& name, const PageFacts& facts);

  /// What can be said when all pages have been seen; `folder` is the built site's, for messages.
  void check_pages(const std::string& folder);

  /// `name` is the snapshot's, for messages.
  void check_counts(const formats::LikeCounts& counts, const std::string& name);

  [[nodiscard]] const std::vector<Finding>& findings() const { return findings_; }

 private:
  /// The same thing on many pages is one finding, at its first place.
  struct Repeated {
    Finding finding;        ///< Its message says what was found.
    std::string complaint;  ///< What is to follow the number of pages.
    std::string last_page;
    std::size_t pages = 0;
  };

  void see_unknown_key(const std::string& path, const std::string& name, const Mention& mention);
  void see_overlay(const std::string& name, const OverlayVersion& overlay);
  void see_policy(const std::string& name, const Policy& policy, const LikeForm& form);
  void see_blocked(const std::string& name, const Policy& policy, Use use, const Url& target,
                   const std::string& harm);
  void add(const Repeated& repeated);
  void check_post_page(const formats::Post& post, const std::string& folder);
  void check_count(const std::string& key, const formats::PostLikes& likes,
                   const std::string& name);
  void check_aliases(const formats::Post& post);
  [[nodiscard]] Location place_of(const std::string& key) const;
  [[nodiscard]] std::string named(const std::string& key) const;
  [[nodiscard]] std::string wanted_key(const std::string& key);

  CheckedSite site_;
  std::optional<Url> self_;                          ///< The site's own origin.
  std::set<std::string> keys_;                       ///< Of all posts.
  std::map<std::string, std::string> key_of_alias_;  ///< By former key: the post's, now.
  Suggester suggester_;
  std::set<std::string> pages_;              ///< Paths of all that were seen.
  std::set<std::string> shown_;              ///< Keys that a page mentions.
  std::map<std::string, Repeated> unknown_;  ///< By key.
  std::map<std::pair<std::string, std::string>, Repeated> blocked_;  ///< By directive and harm.
  std::map<std::string, Repeated> overlays_;  ///< By version, those that are not ours.
  std::vector<Finding> findings_;
};

/// The path of the site's base, told from posts alone: what the addresses of most of them have
/// before their keys.
[[nodiscard]] std::string guess_base_path(const std::vector<formats::Post>& posts);

}  // namespace likes::check
