#include "tools/check/suggestion.h"

#include "tools/support/nearest_word.h"

namespace likes::check {
namespace {

/// With its slash, or "".
std::string folder_of(const std::string& key) {
  return key.substr(0, key.size() - slug_of(key).size());
}

}  // namespace

std::string slug_of(const std::string& key) {
  return key.substr(key.rfind('/') + 1);
}

Suggester::Suggester(const std::vector<formats::Post>& posts) {
  for (const formats::Post& post : posts) {
    keys_of_slug_[slug_of(post.key)].push_back(post.key);
    slugs_of_folder_[folder_of(post.key)].push_back(slug_of(post.key));
  }
}

std::string Suggester::suggest(const std::string& key) {
  if (const auto same = keys_of_slug_.find(slug_of(key)); same != keys_of_slug_.end()) {
    return same->second.front();
  }
  const auto folder = slugs_of_folder_.find(folder_of(key));
  if (folder == slugs_of_folder_.end() || comparisons_ + folder->second.size() > kMaxComparisons) {
    return "";
  }
  comparisons_ += folder->second.size();
  const std::string slug = nearest_word(slug_of(key), folder->second);
  return slug.empty() ? "" : folder->first + slug;
}

}  // namespace likes::check
