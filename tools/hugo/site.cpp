#include "tools/hugo/site.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "tools/hugo/cascade.h"
#include "tools/hugo/content_walk.h"
#include "tools/hugo/front_matter.h"
#include "tools/hugo/page_order.h"
#include "tools/support/file_io.h"

namespace likes::hugo {
namespace {

/// What a section hands to the pages below it.
struct Section {
  std::string slug;
  std::vector<CascadeEntry> cascade;
};

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

class SiteLoader {
 public:
  SiteLoader(const Config& config, const Date& now) : config_(config), now_(now) {}

  Result<Site> load() {
    Result<Content> content = walk_content(config_);
    if (!content) {
      return tl::unexpected(content.error());
    }
    site_.warnings = std::move(content->warnings);
    // Sorted by path: a section comes before those within it and before its pages.
    for (const ContentFile& branch : content->branches) {
      note(add_section(branch));
    }
    for (const ContentFile& file : content->pages) {
      note(add_page(file));
    }
    std::sort(site_.pages.begin(), site_.pages.end(), is_before);
    return std::move(site_);
  }

 private:
  void note(Result<void> done) {
    if (!done) {
      site_.errors.push_back(std::move(done.error()));
    }
  }

  Result<Value> read_file_matter(const ContentFile& file) {
    const std::string name = config_.content_name + "/" + file.file;
    if (file.path.extension == "org") {
      return fail(ErrorCode::kInvalid, "found an Org file, which is not supported yet", {name});
    }
    const Result<std::string> text = read_file(config_.content_dir / file.file, kMaxContentBytes);
    if (!text) {
      return tl::unexpected(text.error());
    }
    return read_front_matter(*text, name);
  }

  /// The front matter with what the page's own cascade, its sections and the configuration add,
  /// the nearest first.
  void hand_down(Value& front_matter, const ContentFile& file,
                 const std::vector<CascadeEntry>& own) {
    const bool is_branch = file.path.kind == PagePath::Kind::kBranch;
    const bool is_home = is_branch && file.path.logical == "/";
    const CascadeTarget target{file.path.logical,
                               is_home ? "home" : (is_branch ? "section" : "page"),
                               config_.language, config_.environment};
    apply_cascade(front_matter, own, target);
    std::string path = file.path.logical;
    while (path != "/") {
      path = parent_of(path);
      if (const SectionMap::const_iterator found = sections_.find(path); found != sections_.end()) {
        apply_cascade(front_matter, found->second.cascade, target);
      }
    }
    apply_cascade(front_matter, config_.cascade, target);
  }

  Result<std::vector<CascadeEntry>> take_cascade(Value& front_matter, const ContentFile& file) {
    const Value* cascade = front_matter.find("cascade");
    if (cascade == nullptr || cascade->is_null()) {
      return std::vector<CascadeEntry>();
    }
    Result<std::vector<CascadeEntry>> entries =
        read_cascade_entries(*cascade, config_.content_name + "/" + file.file);
    front_matter.erase("cascade");
    return entries;
  }

  /// Reads a file's front matter, cascades applied, and gives its own cascade to `own`.
  Result<Value> read_matter(const ContentFile& file, std::vector<CascadeEntry>& own) {
    Result<Value> front_matter = read_file_matter(file);
    if (!front_matter) {
      return front_matter;
    }
    Result<std::vector<CascadeEntry>> cascade = take_cascade(*front_matter, file);
    if (!cascade) {
      return tl::unexpected(cascade.error());
    }
    own = std::move(*cascade);
    hand_down(*front_matter, file, own);
    return front_matter;
  }

  Result<void> add_section(const ContentFile& file) {
    Section section;
    Result<Value> front_matter = read_matter(file, section.cascade);
    if (!front_matter) {
      return tl::unexpected(front_matter.error());
    }
    const Result<Page> page = make_page(file, std::move(*front_matter), config_);
    if (!page) {
      return tl::unexpected(page.error());
    }
    // The home page's slug moves nothing.
    section.slug = file.path.logical == "/" ? "" : page->slug;
    sections_.insert_or_assign(file.path.logical, std::move(section));
    return {};
  }

  Result<void> add_page(const ContentFile& file) {
    std::vector<CascadeEntry> own;
    Result<Value> front_matter = read_matter(file, own);
    if (!front_matter) {
      return tl::unexpected(front_matter.error());
    }
    Result<Page> page = make_page(file, std::move(*front_matter), config_);
    if (!page) {
      return tl::unexpected(page.error());
    }
    if (!config_.has_pages || page->listing != Listing::kAlways || !is_built(*page)) {
      return {};
    }
    if (Result<void> addressed = give_address(*page); !addressed) {
      return addressed;
    }
    site_.pages.push_back(std::move(*page));
    return {};
  }

  [[nodiscard]] bool is_built(const Page& page) const {
    const bool is_future = now_.is_before(page.publish_date);
    const bool is_expired = !page.expiry_date.is_zero() && !now_.is_before(page.expiry_date);
    return (config_.build_drafts || !page.is_draft) && (config_.build_future || !is_future) &&
           (config_.build_expired || !is_expired);
  }

  Result<void> give_address(Page& page) {
    if (page.is_headless) {
      return {};
    }
    LinkParts parts;
    parts.rules = config_.path_rules;
    parts.is_bundle = page.source.path.kind == PagePath::Kind::kLeaf;
    const std::map<std::string, bool>::const_iterator ugly =
        config_.ugly_sections.find(page.section);
    parts.is_ugly = config_.ugly_urls || (ugly != config_.ugly_sections.end() && ugly->second);
    Result<std::string> url = expanded_url(page);
    if (!url) {
      return tl::unexpected(url.error());
    }
    parts.url = std::move(*url);
    parts.permalink = expanded_permalink(page);
    const bool is_raw = !config_.path_rules.to_lower;
    parts.folder = folder_with_slugs(page.source.path, is_raw);
    parts.name = is_raw ? page.source.path.raw_name : page.source.path.name;
    if (!page.slug.empty()) {
      parts.name = page.slug;
    }
    page.link = page_link(parts);
    page.permalink = config_.base_url + page.link.substr(1);
    return {};
  }

  /// Front matter's url, which may hold the tokens of permalinks.
  Result<std::string> expanded_url(const Page& page) {
    if (page.url.find(':') == std::string::npos) {
      return page.url;
    }
    const Result<PermalinkPattern> pattern = PermalinkPattern::compile(page.url);
    if (!pattern) {
      return fail(ErrorCode::kInvalid, pattern.error().message, page.place);
    }
    const std::string expanded =
        query_unescape(pattern->expand(permalink_page(page), config_.path_rules));
    return expanded.empty() ? page.url : expanded;
  }

  [[nodiscard]] std::string expanded_permalink(const Page& page) const {
    for (const PermalinkRule& rule : config_.permalinks) {
      if (rule.paths.matches(page.source.path.logical)) {
        const std::string expanded = rule.pattern.expand(permalink_page(page), config_.path_rules);
        return expanded.empty() ? "" : clean_path(query_unescape(expanded));
      }
    }
    return "";
  }

  [[nodiscard]] PermalinkPage permalink_page(const Page& page) const {
    return {page.date,    page.title,
            page.slug,    page.source.path.raw_name,
            page.section, sections_path(page.source.path)};
  }

  /// The path of the nearest section: below the top a folder is one only by its _index file.
  [[nodiscard]] std::string sections_path(const PagePath& path) const {
    std::string section = path.folder;
    while (section.rfind('/') > 0 && section.rfind('/') != std::string::npos &&
           !sections_.contains(section)) {
      section = parent_of(section);
    }
    return section.empty() ? "" : section.substr(1);
  }

  /// The folder of a page's address: a section that has a slug is called by it.
  [[nodiscard]] std::string folder_with_slugs(const PagePath& path, bool is_raw) const {
    const std::string& shown = is_raw ? path.raw_folder : path.folder;
    std::string result;
    std::size_t shown_at = 0;
    std::size_t at = 0;
    while (at < path.folder.size()) {
      // Both spellings have their slashes in the same order.
      const std::size_t end = std::min(path.folder.find('/', at + 1), path.folder.size());
      const std::size_t shown_end = std::min(shown.find('/', shown_at + 1), shown.size());
      const SectionMap::const_iterator found = sections_.find(path.folder.substr(0, end));
      const bool has_slug = found != sections_.end() && !found->second.slug.empty();
      result += has_slug ? "/" + found->second.slug : shown.substr(shown_at, shown_end - shown_at);
      at = end;
      shown_at = shown_end;
    }
    return result + shown.substr(shown_at);
  }

  using SectionMap = std::map<std::string, Section>;
  const Config& config_;
  const Date& now_;
  SectionMap sections_;
  Site site_;
};

}  // namespace

Result<Site> load_site(const Config& config, const Date& now) {
  return SiteLoader(config, now).load();
}

}  // namespace likes::hugo
