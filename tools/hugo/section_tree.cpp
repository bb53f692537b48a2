#include "tools/hugo/section_tree.h"

#include <algorithm>
#include <utility>

#include "tools/hugo/unicode.h"

namespace likes::hugo {
namespace {

std::string_view parent_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 || slash == std::string_view::npos ? "/" : path.substr(0, slash);
}

}  // namespace

SectionTree::SectionTree(const Config& config, std::size_t language)
    : config_(config), language_index_(language), language_(config.languages[language]) {}

std::string_view SectionTree::kind_of(std::string_view logical) const {
  if (logical == "/") {
    return "home";
  }
  for (const Taxonomy& taxonomy : language_.taxonomies) {
    const std::string_view plural = taxonomy.plural;
    if (logical.substr(1).starts_with(plural)) {
      if (logical.size() == plural.size() + 1) {
        return "taxonomy";
      }
      if (logical[plural.size() + 1] == '/') {
        return "term";
      }
    }
  }
  return "section";
}

Result<std::vector<CascadeEntry>> SectionTree::apply_cascades(Value& front_matter,
                                                              const ContentFile& file,
                                                              std::string_view kind) const {
  std::vector<CascadeEntry> own;
  if (const Value* cascade = front_matter.find("cascade");
      cascade != nullptr && !cascade->is_null()) {
    Result<std::vector<CascadeEntry>> entries =
        read_cascade_entries(*cascade, file.place, config_.rules);
    if (!entries) {
      return entries;
    }
    own = std::move(*entries);
    front_matter.erase("cascade");
  }
  // Of old the path that a target is held against was the file's.
  const bool is_by_file = !config_.rules.logical_paths && !file.file.empty();
  const std::string by_file = is_by_file ? "/" + to_lower(file.file) : "";
  const CascadeTarget target{is_by_file ? by_file : file.path.logical, kind, language_.code,
                             config_.environment};
  apply_cascade(front_matter, own, target);
  std::string_view path = file.path.logical;
  while (path != "/") {
    path = parent_of(path);
    if (const auto found = sections_.find(path); found != sections_.end()) {
      apply_cascade(front_matter, found->second.cascade, target);
    }
    if (shared_ != nullptr && !shared_->empty()) {
      if (const auto found = shared_->find(path); found != shared_->end()) {
        apply_cascade(front_matter, found->second, target);
      }
    }
  }
  apply_cascade(front_matter, language_.cascade, target);
  return own;
}

Result<void> SectionTree::add(const ContentFile& file, Value front_matter) {
  const std::string_view kind = kind_of(file.path.logical);
  Section section;
  Result<std::vector<CascadeEntry>> cascade = apply_cascades(front_matter, file, kind);
  if (!cascade) {
    return tl::unexpected(cascade.error());
  }
  section.cascade = std::move(*cascade);
  Result<Page> page = make_page(file, kind, std::move(front_matter), config_);
  if (!page) {
    return tl::unexpected(page.error());
  }
  section.page = std::move(*page);
  // The home page's slug moves nothing.
  section.slug = file.path.logical == "/" || !config_.rules.section_slugs ? "" : section.page.slug;
  sections_.insert_or_assign(file.path.logical, std::move(section));
  return {};
}

void SectionTree::add_home() {
  if (!sections_.contains("/")) {
    PagePath path;
    path.kind = PagePath::Kind::kBranch;
    path.logical = "/";
    Page& page = add_generated(path, "home");
    page.title = language_.title;
  }
}

void SectionTree::add_top_folder(const PagePath& below) {
  const std::string name(below.section());
  if (name.empty() || sections_.contains("/" + name)) {
    return;
  }
  PagePath path;
  path.kind = PagePath::Kind::kBranch;
  path.logical = "/" + name;
  path.raw = below.raw.substr(0, below.raw.find('/', 1));
  Page& page = add_generated(path, kind_of(path.logical));
  page.section = name;
  page.type = name;
  std::string spelled(path.raw_name());
  std::replace(spelled.begin(), spelled.end(), ' ', '-');
  page.title = language_.list_titles.of_section(spelled);
}

Page& SectionTree::add_generated(const PagePath& path, std::string_view kind) {
  Page& page = sections_[path.logical].page;
  page.source.language = language_index_;
  page.source.path = path;
  page.kind = kind;
  page.translation_key = path.logical;
  page.formats = {"html"};
  if (const auto outputs = language_.outputs.find(kind); outputs != language_.outputs.end()) {
    page.formats = outputs->second;
  }
  return page;
}

void SectionTree::collect_shared(Shared& shared) const {
  for (const auto& [logical, section] : sections_) {
    for (const CascadeEntry& entry : section.cascade) {
      if (!entry.languages.empty()) {
        shared[logical].push_back(entry);
      }
    }
  }
}

const Page* SectionTree::find(std::string_view logical) const {
  const auto found = sections_.find(logical);
  return found == sections_.end() ? nullptr : &found->second.page;
}

std::string_view SectionTree::nearest(std::string_view folder) const {
  while (folder.size() > 1 && !sections_.contains(folder)) {
    folder = parent_of(folder);
  }
  return folder.empty() ? "/" : folder;
}

std::string SectionTree::folder_with_slugs(const PagePath& path, bool is_raw) const {
  const std::string_view folder = path.folder();
  const std::string_view shown = is_raw ? path.raw_folder() : folder;
  std::string result;
  if (const Page* own = is_raw && config_.rules.section_slugs ? find(nearest(folder)) : nullptr;
      own != nullptr && own->kind != "home" && !own->source.file.empty() &&
      !own->source.path.is_raw_index) {
    // Where paths keep their case a file called _Index.md is a section whose path does not begin
    // those of its pages, and Hugo joins the two.
    result = own->source.path.raw;
  }
  std::size_t shown_at = 0;
  std::size_t at = 0;
  while (at < folder.size()) {
    // Both spellings have their slashes in the same order.
    const std::size_t end = std::min(folder.find('/', at + 1), folder.size());
    const std::size_t shown_end = std::min(shown.find('/', shown_at + 1), shown.size());
    const auto found = sections_.find(folder.substr(0, end));
    const bool has_slug = found != sections_.end() && !found->second.slug.empty();
    if (has_slug) {
      result.append("/").append(found->second.slug);
    } else {
      result.append(shown.substr(shown_at, shown_end - shown_at));
    }
    at = end;
    shown_at = shown_end;
  }
  return result.append(shown.substr(shown_at));
}

std::string SectionTree::section_slugs(std::string_view section) const {
  std::string slugs;
  for (std::size_t end = 0; end < section.size();) {
    end = std::min(section.find('/', end + 1), section.size());
    if (const auto found = sections_.find("/" + std::string(section.substr(0, end)));
        found != sections_.end()) {
      const Page& page = found->second.page;
      const std::string name =
          sanitize_path(page.slug.empty() ? page.title : page.slug, language_.path_rules);
      slugs += (slugs.empty() ? "" : "/") + name;
    }
  }
  return slugs;
}

std::vector<Page*> SectionTree::pages() {
  std::vector<Page*> all;
  for (auto& [logical, section] : sections_) {
    all.push_back(&section.page);
  }
  return all;
}

}  // namespace likes::hugo
