#include "tools/check/site_check.h"

#include <algorithm>
#include <string_view>

namespace likes::check {
namespace {

constexpr std::size_t kMaxListed = 5;

std::string in_quotes(const std::string& text) {
  return "'" + text + "'";
}

/// "1 like", "12 likes".
std::string counted(std::int64_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

/// " (here and on 3 more pages)", or nothing.
std::string more_pages(std::size_t pages) {
  if (pages < 2) {
    return "";
  }
  return " (here and on " + counted(static_cast<std::int64_t>(pages - 1), "more page") + ")";
}

/// The decoded path of an address; "" where it is none.
std::string path_of(const std::string& url) {
  const Result<Url> parsed = parse_url(url);
  const Result<std::string> path = percent_decode(parsed ? parsed->path : "");
  return path ? *path : "";
}

/// The key that the page of a file has by its address: `posts/a` for `posts/a/index.html`.
std::string key_of_page(const std::string& path) {
  constexpr std::string_view kIndex = "/index.html";
  return path.ends_with(kIndex) ? path.substr(0, path.size() - kIndex.size()) : path;
}

/// An address in a page of the site `self`; nothing where it is none.
std::optional<Url> resolve(const std::string& address, const Url& self) {
  if (address.starts_with("//")) {
    const Result<Url> url = parse_url(self.scheme + ":" + address);
    return url ? std::optional(*url) : std::nullopt;
  }
  if (address.find("://") != std::string::npos) {
    const Result<Url> url = parse_url(address);
    return url ? std::optional(*url) : std::nullopt;
  }
  Url url = self;
  url.path = address.starts_with('/') ? address : "/" + address;
  return url;
}

}  // namespace

SiteCheck::SiteCheck(CheckedSite site) : site_(std::move(site)), suggester_(site_.posts) {
  for (const formats::Post& post : site_.posts) {
    keys_.insert(post.key);
    for (const std::string& alias : post.aliases) {
      key_of_alias_.emplace(alias, post.key);
    }
    if (Result<Url> url = parse_url(post.url); url && !self_) {
      self_ = *std::move(url);
    }
  }
}

Location SiteCheck::place_of(const std::string& key) const {
  const auto file = site_.files.find(key);
  return file == site_.files.end() ? Location{} : Location{file->second};
}

/// A post's key with its file.
std::string SiteCheck::named(const std::string& key) const {
  const std::string file = place_of(key).file;
  return in_quotes(key) + (file.empty() ? "" : " (" + file + ")");
}

std::string SiteCheck::wanted_key(const std::string& key) {
  if (const auto post = key_of_alias_.find(key); post != key_of_alias_.end()) {
    return "wanted " + in_quotes(post->second) + ", which has it among its former keys";
  }
  const std::string near = suggester_.suggest(key);
  return "wanted the key of a post" + (near.empty() ? "" : "; is it " + in_quotes(near) + "?");
}

void SiteCheck::check_posts() {
  std::map<std::string, std::vector<std::string>> keys_of_slug;
  for (const formats::Post& post : site_.posts) {
    keys_of_slug[slug_of(post.key)].push_back(post.key);
    check_aliases(post);
  }
  for (auto& [slug, keys] : keys_of_slug) {
    if (keys.size() < 2) {
      continue;
    }
    std::sort(keys.begin(), keys.end());
    std::string list;
    for (std::size_t i = 0; i < std::min(keys.size(), kMaxListed); ++i) {
      list += (i == 0 ? "" : ", ") + named(keys[i]);
    }
    if (keys.size() > kMaxListed) {
      list += " and " + std::to_string(keys.size() - kMaxListed) + " more";
    }
    findings_.push_back({Severity::kNote, Rule::kSharedSlug, keys.front(),
                         "found the slug " + in_quotes(slug) + " in " + list +
                             ": the server takes their whole keys only",
                         place_of(keys.front())});
  }
}

void SiteCheck::check_aliases(const formats::Post& post) {
  for (const std::string& alias : post.aliases) {
    const std::string& owner = keys_.contains(alias) ? alias : key_of_alias_.at(alias);
    if (owner != post.key) {
      findings_.push_back({Severity::kNote, Rule::kSharedAlias, post.key,
                           "found the former key " + in_quotes(alias) + " of " +
                               in_quotes(post.key) + ", which is that of " + named(owner) +
                               " as well: its likes go there",
                           place_of(post.key)});
    }
  }
}

void SiteCheck::see_page(const std::string& path, const std::string& name, const PageFacts& facts) {
  pages_.insert(path);
  for (const Error& problem : facts.problems) {
    findings_.push_back({Severity::kError, Rule::kMarker, "", problem.message, problem.where});
  }
  for (const Mention& mention : facts.mentions) {
    shown_.insert(mention.key);
    if (!keys_.contains(mention.key)) {
      see_unknown_key(path, name, mention);
    }
  }
  for (const OverlayVersion& overlay : facts.overlays) {
    see_overlay(name, overlay);
  }
  for (const Policy& policy : facts.policies) {
    for (const LikeForm& form : facts.forms) {
      see_policy(name, policy, form);
    }
  }
}

void SiteCheck::see_unknown_key(const std::string& path, const std::string& name,
                                const Mention& mention) {
  Repeated& repeated = unknown_[mention.key];
  const bool is_own = !mention.key.empty() && key_of_page(path) == mention.key;
  if (repeated.pages == 0 || (is_own && repeated.finding.rule != Rule::kPageWithoutPost)) {
    repeated.finding = {Severity::kError,
                        is_own ? Rule::kPageWithoutPost : Rule::kUnknownKey,
                        mention.key,
                        "found " + std::string(mention.attribute) + "=\"" + mention.key + "\"",
                        {name, mention.line}};
  }
  if (repeated.last_page != path) {
    repeated.last_page = path;
    ++repeated.pages;
  }
}

void SiteCheck::see_overlay(const std::string& name, const OverlayVersion& overlay) {
  constexpr const char* kOurs = LIKES_VERSION;
  if (overlay.version == kOurs) {
    return;
  }
  Repeated& repeated = overlays_[overlay.version];
  if (repeated.pages == 0) {
    repeated.finding = {Severity::kError,
                        Rule::kOverlay,
                        "",
                        "found " + std::string(kOverlayAttribute) + "=\"" + overlay.version + "\"",
                        {name, overlay.line}};
    repeated.complaint = std::string("wanted \"") + kOurs +
                         "\", this program's version: take both from one release, then run hugo";
  }
  if (repeated.last_page != name) {
    repeated.last_page = name;
    ++repeated.pages;
  }
}

void SiteCheck::see_policy(const std::string& name, const Policy& policy, const LikeForm& form) {
  if (!self_) {
    return;
  }
  const std::optional<Url> action = resolve(form.action, *self_);
  const std::optional<Url> counts = resolve(form.api + "/likes", *self_);
  for (const std::optional<Url>& target : {action, counts}) {
    if (target) {
      see_blocked(name, policy, Use::kFetch, *target, "keeps the script from " + target->origin());
    }
  }
  if (!action) {
    return;
  }
  see_blocked(name, policy, Use::kForm, *action, "keeps the form from " + action->origin());
  if (action->origin() != self_->origin()) {
    // Browsers ask form-action again when the server sends the reader back.
    see_blocked(name, policy, Use::kForm, *self_,
                "keeps a reader without JavaScript from coming back to " + self_->origin());
  }
}

void SiteCheck::see_blocked(const std::string& name, const Policy& policy, Use use,
                            const Url& target, const std::string& harm) {
  const std::optional<std::string> directive = blocking_directive(policy.text, use, target, *self_);
  if (!directive) {
    return;
  }
  Repeated& repeated = blocked_[{*directive, harm}];
  if (repeated.pages == 0) {
    const std::string source = target.origin() == self_->origin() ? "'self'" : target.origin();
    repeated.finding = {
        Severity::kError, Rule::kPolicy, "", "found \"" + *directive + "\"", {name, policy.line}};
    repeated.complaint = "which " + harm + ", wanted " + source + " in " +
                         (use == Use::kForm ? "form-action" : "connect-src");
  }
  if (repeated.last_page != name) {
    repeated.last_page = name;
    ++repeated.pages;
  }
}

void SiteCheck::add(const Repeated& repeated) {
  findings_.push_back(repeated.finding);
  findings_.back().message += more_pages(repeated.pages) + ", " + repeated.complaint;
}

void SiteCheck::check_pages(const std::string& folder) {
  if (pages_.empty()) {
    findings_.push_back({Severity::kError,
                         Rule::kPostWithoutPage,
                         "",
                         "found no page, wanted the folder that hugo has built",
                         {folder}});
    return;
  }
  for (auto& [key, repeated] : unknown_) {
    repeated.complaint =
        repeated.finding.rule == Rule::kPageWithoutPost
            ? "on the page of that key, which is no post: is it left from an earlier build, or one "
              "for -D, -E or -F?"
            : wanted_key(key);
    add(repeated);
  }
  for (const auto& [version, repeated] : overlays_) {
    add(repeated);
  }
  for (const auto& [what, repeated] : blocked_) {
    add(repeated);
  }
  if (shown_.empty() && !site_.posts.empty()) {
    findings_.push_back({Severity::kError,
                         Rule::kNoMarkup,
                         "",
                         "found neither like buttons nor counts, wanted the partials of the theme "
                         "component in the templates",
                         {folder}});
  }
  for (const formats::Post& post : site_.posts) {
    check_post_page(post, folder);
    if (!shown_.empty() && !shown_.contains(post.key)) {
      findings_.push_back(
          {Severity::kNote, Rule::kPostWithoutMarker, post.key,
           "found no like button and no count of " + in_quotes(post.key) + " on any page",
           place_of(post.key)});
    }
  }
}

void SiteCheck::check_post_page(const formats::Post& post, const std::string& folder) {
  std::string path = path_of(post.url);
  if (path.starts_with(site_.base_path)) {
    path.erase(0, site_.base_path.size());
  }
  const bool is_folder = path.empty() || path.ends_with('/');
  if (!is_folder && pages_.contains(path)) {
    return;
  }
  const std::string file = path + (is_folder ? "index.html" : "/index.html");
  if (!pages_.contains(file)) {
    findings_.push_back({Severity::kError, Rule::kPostWithoutPage, post.key,
                         "found no page of " + post.url + ", wanted " + folder + "/" + file +
                             ": build the site, with the options given here",
                         place_of(post.key)});
  }
}

void SiteCheck::check_counts(const formats::LikeCounts& counts, const std::string& name) {
  for (const auto& [key, likes] : counts.likes) {
    // Without likes nothing is lost.
    if (likes.total > 0 && !keys_.contains(key)) {
      check_count(key, likes, name);
    }
  }
}

void SiteCheck::check_count(const std::string& key, const formats::PostLikes& likes,
                            const std::string& name) {
  const std::string found = "found " + counted(likes.total, "like") + " of " + in_quotes(key);
  if (const auto post = key_of_alias_.find(key); post != key_of_alias_.end()) {
    findings_.push_back({Severity::kNote,
                         Rule::kRenamed,
                         key,
                         found + ", a former key of " + named(post->second) +
                             ": they follow when the server has read the new posts.json",
                         {name}});
    return;
  }
  const std::string near = suggester_.suggest(key);
  const std::string hint =
      near.empty() ? ""
                   : "; if it is " + named(near) + " now, give that page the alias /" + key + "/";
  findings_.push_back(
      {Severity::kError, Rule::kGone, key, found + ", wanted the key of a post" + hint, {name}});
}

std::string guess_base_path(const std::vector<formats::Post>& posts) {
  std::map<std::string, std::size_t> times;
  for (const formats::Post& post : posts) {
    std::string path = path_of(post.url);
    while (path.ends_with('/')) {
      path.pop_back();
    }
    if (path.ends_with("/" + post.key)) {
      ++times[path.substr(0, path.size() - post.key.size())];
    }
  }
  std::string base = "/";
  std::size_t most = 0;
  for (const auto& [path, count] : times) {
    // A shorter one comes first, and stays where as many have it.
    if (count > most) {
      base = path;
      most = count;
    }
  }
  return base;
}

}  // namespace likes::check
