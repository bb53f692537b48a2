#include "tools/markup/link_targets.h"

#include <algorithm>
#include <filesystem>

#include "tools/hugo/link.h"
#include "tools/hugo/page_path.h"
#include "tools/markup/go_address.h"

namespace likes::markup {
namespace {

using hugo::Page;
using hugo::PagePath;

/// The folder whose files are those of a leaf bundle.
std::string_view bundle_of(const Page& page) {
  return page.source.path.raw;
}

std::string beside(std::string_view address, std::string_view file) {
  return std::string(address.substr(0, address.rfind('/') + 1)) +
         hugo::escape_link(std::string(file));
}

/// The path below a mount's target; nothing where it is elsewhere.
std::optional<std::string_view> below(std::string_view path, std::string_view target) {
  if (!path.starts_with(target) ||
      (!target.empty() && path.size() > target.size() && path[target.size()] != '/')) {
    return std::nullopt;
  }
  path.remove_prefix(target.size());
  path.remove_prefix(path.starts_with('/') ? 1 : 0);
  return path;
}

std::string with_rest(std::string target, const GoAddress& address) {
  if (address.query && !address.query->empty()) {
    target += "?" + *address.query;
  }
  if (!address.fragment.empty()) {
    target += "#" + address.fragment;
  }
  return target;
}

std::string_view without_dot(std::string_view path) {
  return path.starts_with("./") ? path.substr(2) : path;
}

}  // namespace

LinkTargets::LinkTargets(const hugo::Config& config, const hugo::Site& site)
    : config_(config), languages_(config.languages.size()) {
  for (const hugo::Branch& branch : site.branches) {
    languages_[branch.language].emplace(branch.path, branch.rel_permalink);
  }
  for (const std::unique_ptr<Page>& page : site.pages) {
    languages_[page->source.language].emplace(page->source.path.logical, page->rel_permalink);
  }
}

std::optional<std::string> LinkTargets::find(std::size_t language, std::string_view path) const {
  std::string logical = hugo::normalize_path(std::string(path));
  const bool is_folder = path.empty() || path.ends_with('/');
  if (const std::optional<PagePath> parsed =
          is_folder ? std::nullopt
                    : hugo::parse_page_path(path.substr(path.starts_with('/')), config_.syntax)) {
    logical = parsed->logical;
  }
  logical.erase(std::max<std::size_t>(logical.find_last_not_of('/') + 1, 1));
  const auto found = languages_[language].find(logical);
  return found == languages_[language].end() ? std::nullopt
                                             : std::optional(std::string(found->second));
}

std::optional<std::string> LinkTargets::find_page(const Page& page, std::string_view path) const {
  const bool is_root = path.empty() || path.find_first_not_of('/') == std::string_view::npos;
  path = path.substr(0, path.find_last_not_of('/') + 1);
  const bool has_extension = path.find('.', path.rfind('/') + 1) != std::string_view::npos;
  std::string wanted(path);
  if (is_root) {
    return find(page.source.language, "/");
  }
  wanted += has_extension ? "" : ".md";
  if (!path.starts_with('/')) {
    const PagePath& own = page.source.path;
    const bool is_from_inside =
        has_extension && path.starts_with("../") && own.kind == PagePath::Kind::kLeaf;
    const std::string folder(is_from_inside ? std::string_view(own.logical) : own.folder());
    if (std::optional<std::string> found =
            find(page.source.language, hugo::clean_path(folder + "/" + wanted))) {
      return found;
    }
    if (path.starts_with('.')) {
      return std::nullopt;
    }
    wanted = "/" + wanted;
  }
  return find(page.source.language, hugo::clean_path(wanted));
}

std::optional<std::string> LinkTargets::find_file(const Page& page, std::string_view path) const {
  path = path.substr(0, path.find_last_not_of('/') + 1);
  if (page.source.path.kind != PagePath::Kind::kLeaf || path.empty() || path.starts_with('/') ||
      hugo::clean_path("/" + std::string(path)) != "/" + std::string(path)) {
    return std::nullopt;
  }
  const hugo::Mount* other = nullptr;
  for (const hugo::Mount& mount : config_.mounts) {
    std::string_view bundle = bundle_of(page);
    bundle.remove_prefix(bundle.starts_with('/') ? 1 : 0);
    const std::optional<std::string_view> folder = below(bundle, mount.target);
    if (!folder) {
      continue;
    }
    const std::string file =
        (folder->empty() ? "" : std::string(*folder) + "/") + std::string(path);
    std::error_code error;
    if (!mount.takes(file) || !std::filesystem::is_regular_file(mount.source / file, error)) {
      continue;
    }
    if (is_of(mount, page.source.language)) {
      return beside(page.rel_permalink, path);
    }
    other = other == nullptr ? &mount : other;
  }
  return other == nullptr ? std::nullopt : std::optional(beside(owner_address(page, *other), path));
}

bool LinkTargets::is_of(const hugo::Mount& mount, std::size_t language) const {
  return mount.languages.empty() ? language == config_.default_language
                                 : std::find(mount.languages.begin(), mount.languages.end(),
                                             language) != mount.languages.end();
}

std::string LinkTargets::owner_address(const Page& page, const hugo::Mount& mount) const {
  const std::size_t owner =
      mount.languages.empty() ? config_.default_language : mount.languages.front();
  return find(owner, page.source.path.logical + ".md").value_or(page.rel_permalink);
}

std::string PageLinks::link(const std::string& destination) {
  return asked_.emplace_back(AskedLink{false, destination, find_link(destination)}).answer;
}

std::string PageLinks::image(const std::string& destination) {
  return asked_.emplace_back(AskedLink{true, destination, find_image(destination)}).answer;
}

std::string PageLinks::find_link(const std::string& destination) const {
  const std::optional<GoAddress> address = GoAddress::parse(destination);
  if (!address) {
    return destination;
  }
  std::string text = address->to_text();
  if (text.starts_with('#')) {
    return page_.rel_permalink + "#" + address->fragment;
  }
  if (text.empty() || address->is_absolute()) {
    return text;
  }
  const std::string_view path = without_dot(address->path);
  std::optional<std::string> found = targets_.find_page(page_, path);
  if (!found) {
    found = targets_.find_file(page_, path);
  }
  return found ? with_rest(std::move(*found), *address) : text;
}

std::string PageLinks::find_image(const std::string& destination) const {
  const std::optional<GoAddress> address = GoAddress::parse(destination);
  if (!address) {
    return destination;
  }
  std::optional<std::string> found;
  if (!address->is_absolute()) {
    found = targets_.find_file(page_, without_dot(address->path));
  }
  return found ? with_rest(std::move(*found), *address) : address->to_text();
}

}  // namespace likes::markup
