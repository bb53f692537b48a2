#include "tools/hugo/site.h"

#include <algorithm>
#include <deque>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "tools/hugo/content_head.h"
#include "tools/hugo/content_walk.h"
#include "tools/hugo/front_matter.h"
#include "tools/hugo/packed_page.h"
#include "tools/hugo/page_address.h"
#include "tools/hugo/page_order.h"
#include "tools/hugo/section_tree.h"
#include "tools/hugo/terms.h"
#include "tools/support/parallel.h"

namespace likes::hugo {
namespace {

/// The site in one language.
class LanguageLoader {
 public:
  LanguageLoader(const Config& config, std::size_t language, const Date& now, const Wanted& wanted,
                 Site& site)
      : config_(config),
        language_index_(language),
        language_(config.languages[language]),
        now_(now),
        wanted_(wanted),
        site_(site),
        sections_(config, language) {}

  /// Adds what they say to the world of the pages.
  void add_branches(std::vector<ContentFile> branches, CacheWriter& world) {
    for (ContentFile& branch : branches) {
      note(add_branch(branch, world));
    }
  }

  void collect_shared(SectionTree::Shared& shared) const { sections_.collect_shared(shared); }

  /// Takes all sections up; those that have no file of their own by the names of the pages.
  void add_sections(const std::vector<ContentFile>& files, const SectionTree::Shared& shared,
                    CacheWriter& world) {
    sections_.use_shared(shared);
    sections_.add_home();
    std::string_view last = "/";  // No section has this name.
    for (const ContentFile& file : files) {
      if (const std::string_view section = file.path.section(); section != last) {
        sections_.add_top_folder(file.path);
        last = section;
      }
    }
    world.count(language_index_);
    for (Page* section : sections_.pages()) {
      note(give_address(*section, sections_, config_));
      world.text(section->source.path.raw);
    }
  }

  void add_pages(std::vector<ContentFile> files) {
    if (!language_.disabled_kinds.contains("page")) {
      collect_pages(make_pages(std::move(files)));
    }
  }

 private:
  void note(Result<void> done) {
    if (!done) {
      site_.errors.push_back(std::move(done.error()));
    }
  }

  /// The front matter of a file; nothing where the file is no page for this Hugo.
  Result<std::optional<Value>> read_matter(ContentFile& file) const {
    const Result<ContentHead> head = read_content_head(file.place);
    if (!head) {
      return tl::unexpected(head.error());
    }
    file.modified = head->modified;
    const bool is_html = file.path.extension == "html" || file.path.extension == "htm";
    if (is_html && !config_.rules.bare_html_is_page && is_bare_html(head->text)) {
      return std::nullopt;
    }
    Result<Value> value = read_front_matter(head->text, file.place, config_.rules);
    if (!value) {
      return tl::unexpected(value.error());
    }
    return std::optional<Value>(std::move(*value));
  }

  static bool is_bare_html(const std::string& text) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    return begin != std::string::npos && text[begin] == '<' && text.compare(begin, 4, "<!--") != 0;
  }

  Result<void> add_branch(ContentFile& file, CacheWriter& world) {
    Result<std::optional<Value>> front_matter = read_matter(file);
    if (!front_matter) {
      return tl::unexpected(front_matter.error());
    }
    if (!front_matter->has_value()) {
      return {};
    }
    world.count(language_index_);
    world.text(file.file);
    pack(world, **front_matter);
    return sections_.add(file, std::move(**front_matter));
  }

  /// The page of a file, or nothing where Hugo does not list it.
  Result<std::unique_ptr<Page>> find_regular_page(ContentFile file) const {
    if (wanted_.cache == nullptr) {
      return make_regular_page(std::move(file));
    }
    std::string key = page_key(file);
    const Stamp stamp = StampedCache::stamp(file.place);
    if (const std::optional<std::string_view> known = wanted_.cache->find(key, stamp)) {
      CacheReader in(*known);
      std::unique_ptr<Page> page = unpack_page(in);
      page->source = std::move(file);
      return is_listed(*page) ? std::move(page) : nullptr;
    }
    Result<std::unique_ptr<Page>> made = make_regular_page(std::move(file));
    if (made && *made != nullptr) {
      CacheWriter out;
      pack(out, **made);
      wanted_.cache->keep(std::move(key), stamp, out.bytes());
    }
    return made;
  }

  /// A file is a page in each of its languages, wherever a mount shows it.
  static std::string page_key(const ContentFile& file) {
    return file.place + '\n' + file.file + '\n' + std::to_string(file.language);
  }

  [[nodiscard]] bool is_listed(const Page& page) const {
    return page.listing == Listing::kAlways && is_built(page, config_, now_) &&
           !is_hidden_by_section(page);
  }

  Result<std::unique_ptr<Page>> make_regular_page(ContentFile file) const {
    Result<std::optional<Value>> front_matter = read_matter(file);
    if (!front_matter) {
      return tl::unexpected(front_matter.error());
    }
    if (!front_matter->has_value()) {
      return nullptr;
    }
    Value& fields = **front_matter;
    if (Result<std::vector<CascadeEntry>> own = sections_.apply_cascades(fields, file, "page");
        !own) {
      return tl::unexpected(own.error());
    }
    Result<Page> made = make_page(std::move(file), "page", std::move(fields), config_);
    if (!made) {
      return tl::unexpected(made.error());
    }
    if (!is_listed(*made)) {
      return nullptr;
    }
    std::unique_ptr<Page> page = std::make_unique<Page>(std::move(*made));
    if (Result<void> addressed = give_address(*page, sections_, config_); !addressed) {
      return tl::unexpected(addressed.error());
    }
    if (const Page* section = sections_.find(sections_.nearest(page->source.path.folder()))) {
      page->current_section = section->rel_permalink;
    }
    if (Value::Map* params = page->params.members(); params != nullptr && wanted_.params) {
      std::erase_if(*params,
                    [this](const auto& each) { return !wanted_.params->contains(each.first); });
    }
    return page;
  }

  /// Whether a section that the page is in, however deep, is not built and takes it along.
  [[nodiscard]] bool is_hidden_by_section(const Page& page) const {
    if (config_.rules.sections_hide_no_pages) {
      return false;
    }
    std::string_view folder = page.source.path.folder();
    for (; !folder.empty(); folder = folder.substr(0, folder.rfind('/'))) {
      const Page* section = sections_.find(folder);
      if (section != nullptr && !is_built(*section, config_, now_)) {
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] std::vector<Result<std::unique_ptr<Page>>> make_pages(
      std::vector<ContentFile> files) const {
    std::vector<Result<std::unique_ptr<Page>>> made(files.size());
    for_each_in_parallel(files.size(), [&](std::size_t i) {
      made[i] = find_regular_page(std::move(files[i]));
      if (wanted_.progress != nullptr) {
        wanted_.progress->step();
      }
    });
    return made;
  }

  /// Puts the pages in order and adds them to the site.
  void collect_pages(std::vector<Result<std::unique_ptr<Page>>> made) {
    Pages pages;
    pages.reserve(made.size());
    for (Result<std::unique_ptr<Page>>& each : made) {
      if (!each) {
        site_.errors.push_back(std::move(each.error()));
      } else if (*each != nullptr) {
        pages.push_back(std::move(*each));
      }
    }
    if (wanted_.relations) {
      std::sort(pages.begin(), pages.end(), is_path_before);
      Terms terms(config_, language_index_, sections_, now_);
      for (const std::unique_ptr<Page>& page : pages) {
        terms.give_terms(*page);
      }
    }
    sort_pages(pages, language_, config_.rules);
    for (std::size_t i = 0; i < pages.size(); ++i) {
      pages[i]->order = i;
    }
    site_.pages.insert(site_.pages.end(), std::make_move_iterator(pages.begin()),
                       std::make_move_iterator(pages.end()));
  }

  static bool is_path_before(const std::unique_ptr<Page>& left,
                             const std::unique_ptr<Page>& right) {
    return left->source.path.logical < right->source.path.logical;
  }

  const Config& config_;
  std::size_t language_index_;
  const Language& language_;
  const Date& now_;
  const Wanted& wanted_;
  Site& site_;
  SectionTree sections_;
};

/// Tells each page where it is found in other languages.
void link_translations(Pages& pages) {
  std::unordered_map<std::string_view, std::vector<Page*>> by_key;
  for (const std::unique_ptr<Page>& page : pages) {
    by_key[page->translation_key].push_back(page.get());
  }
  for (const auto& [key, same] : by_key) {
    for (Page* const page : same) {
      for (const Page* const other : same) {
        if (other != page) {
          page->translations.push_back({other->source.language, other->rel_permalink});
        }
      }
    }
  }
}

/// What goes into pages besides their files; the sections add theirs.
CacheWriter world_of(const Config& config, const Wanted& wanted) {
  CacheWriter world;
  world.text(config.identity);
  for (const Language& language : config.languages) {
    world.text(language.base_url);
  }
  world.number(wanted.relations);
  world.number(wanted.params.has_value());
  for (const std::string& name : wanted.params.value_or(std::set<std::string, std::less<>>())) {
    world.text(name);
  }
  return world;
}

std::vector<ContentFile> take_language(std::vector<ContentFile>& files, std::size_t language,
                                       std::size_t languages) {
  if (languages == 1) {
    return std::move(files);
  }
  std::vector<ContentFile> taken;
  for (ContentFile& file : files) {
    if (file.language == language) {
      taken.push_back(std::move(file));
    }
  }
  return taken;
}

}  // namespace

Result<Site> load_site(const Config& config, const Date& now, const Wanted& wanted) {
  Result<Content> content = walk_content(config);
  if (!content) {
    return tl::unexpected(content.error());
  }
  if (wanted.progress != nullptr) {
    wanted.progress->expect(content->pages.size());
  }
  Site site;
  site.warnings = std::move(content->warnings);
  std::deque<LanguageLoader> loaders;
  SectionTree::Shared shared;
  CacheWriter world = world_of(config, wanted);
  const std::size_t languages = config.languages.size();
  for (std::size_t language = 0; language < languages; ++language) {
    loaders.emplace_back(config, language, now, wanted, site)
        .add_branches(take_language(content->branches, language, languages), world);
    loaders.back().collect_shared(shared);
  }
  std::vector<std::vector<ContentFile>> files;
  for (std::size_t language = 0; language < languages; ++language) {
    files.push_back(take_language(content->pages, language, languages));
    loaders[language].add_sections(files.back(), shared, world);
  }
  if (wanted.cache != nullptr) {
    wanted.cache->enter(world.bytes());
  }
  for (std::size_t language = 0; language < languages; ++language) {
    loaders[language].add_pages(std::move(files[language]));
  }
  if (wanted.cache != nullptr) {
    wanted.cache->save();
  }
  if (wanted.relations && config.languages.size() > 1) {
    link_translations(site.pages);
  }
  return site;
}

}  // namespace likes::hugo
