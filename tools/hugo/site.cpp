#include "tools/hugo/site.h"

#include <algorithm>
#include <deque>
#include <iterator>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "tools/hugo/content_head.h"
#include "tools/hugo/content_walk.h"
#include "tools/hugo/front_matter.h"
#include "tools/hugo/git_log.h"
#include "tools/hugo/link.h"
#include "tools/hugo/packed_page.h"
#include "tools/hugo/page_address.h"
#include "tools/hugo/page_order.h"
#include "tools/hugo/section_tree.h"
#include "tools/hugo/terms.h"
#include "tools/support/parallel.h"

namespace likes::hugo {
namespace {

bool asks(const std::vector<std::string>& chain, std::string_view handler) {
  return std::find(chain.begin(), chain.end(), handler) != chain.end();
}

bool asks_any(const DateChains& chains, std::string_view handler) {
  return asks(chains.date, handler) || asks(chains.lastmod, handler) ||
         asks(chains.publish_date, handler) || asks(chains.expiry_date, handler);
}

/// The site in one language.
class LanguageLoader {
 public:
  LanguageLoader(const Config& config, std::size_t language, const Date& now, const Wanted& wanted,
                 const GitLog* git, Site& site)
      : config_(config),
        language_index_(language),
        language_(config.languages[language]),
        now_(now),
        wanted_(wanted),
        git_(git),
        site_(site),
        asks_file_time_(asks_any(language_.dates, ":filemodtime")),
        sections_(config, language) {}

  /// Adds what they say to the world of the pages.
  void add_branches(const ContentFiles& branches, CacheWriter& world) {
    for (const std::unique_ptr<ContentFile>& branch : branches) {
      note(add_branch(*branch, world));
    }
  }

  void collect_shared(SectionTree::Shared& shared) const { sections_.collect_shared(shared); }

  /// Takes all sections up; those that have no file of their own by the names of the pages.
  void add_sections(const ContentFiles& files, const SectionTree::Shared& shared,
                    CacheWriter& world) {
    sections_.use_shared(shared);
    sections_.add_home();
    add_top_folders(files);
    world.count(language_index_);
    for (Page* section : sections_.pages()) {
      note(give_address(*section, sections_, config_));
      world.text(section->source.path.raw);
    }
    if (wanted_.branches) {
      list_branches();
    }
  }

  /// Those that are built.
  void collect_sections(std::vector<const Page*>& sections) {
    for (const Page* section : sections_.pages()) {
      if (config_.rules.logical_paths && is_built(*section, config_, now_)) {
        sections.push_back(section);
      }
    }
  }

  /// The pages are numbered from `first_number` on.
  void add_pages(ContentFiles files, std::size_t first_number) {
    if (!language_.disabled_kinds.contains("page")) {
      collect_pages(read_pages(std::move(files), first_number), first_number);
    }
  }

 private:
  /// Of a folder beside a page of the same path, `about/` and `about.md`, no section is made.
  void add_top_folders(const ContentFiles& files) {
    std::set<std::string_view> pages;
    std::vector<const PagePath*> firsts;  // Of the sections, some more than once.
    std::string_view last = "/";          // No section has this name.
    for (const std::unique_ptr<ContentFile>& file : files) {
      const std::string_view section = file->path.section();
      if (section != last) {
        firsts.push_back(&file->path);
      }
      if (section.empty() && config_.rules.logical_paths) {
        pages.insert(file->path.name());
      }
      last = section;
    }
    for (const PagePath* first : firsts) {
      if (!pages.contains(first->section())) {
        sections_.add_top_folder(*first);
      }
    }
  }

  void note(Result<void> done) {
    if (!done) {
      site_.errors.push_back(std::move(done.error()));
    }
  }

  void list_branches() {
    for (const Page* branch : sections_.pages()) {
      if (is_built(*branch, config_, now_)) {
        site_.branches.push_back(
            {language_index_, branch->source.path.logical, branch->rel_permalink});
      }
    }
  }

  void ask_git(ContentFile& file) const {
    if (git_ != nullptr) {
      file.committed = git_->find(file.place).value_or(Date());
    }
  }

  /// The front matter of a file; nothing where the file is no page for this Hugo.
  Result<std::optional<Value>> read_matter(ContentFile& file) const {
    if (asks_file_time_) {
      file.modified = StampedCache::stamp(file.place).modified_ns;
    }
    std::string text;
    const Result<std::optional<FrontMatterBlock>> block = read_content_head(file.place, text);
    if (!block) {
      return tl::unexpected(block.error());
    }
    const bool is_html = file.path.extension == "html" || file.path.extension == "htm";
    if (is_html && !config_.rules.bare_html_is_page && is_bare_html(text)) {
      return std::nullopt;
    }
    Result<Value> value = read_front_matter(*block, file.place, config_.rules);
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
    ask_git(file);
    Result<std::optional<Value>> front_matter = read_matter(file);
    if (!front_matter) {
      return tl::unexpected(front_matter.error());
    }
    if (!front_matter->has_value()) {
      return {};
    }
    world.count(language_index_);
    world.text(file.file);
    world.text(file.committed.to_rfc3339());
    pack(world, **front_matter);
    return sections_.add(file, std::move(**front_matter));
  }

  /// The page of a file, or nothing where Hugo does not list it.
  Result<std::unique_ptr<Page>> find_regular_page(ContentFile file) const {
    ask_git(file);
    // What a rival says may change without the file.
    if (wanted_.cache == nullptr || file.rival != nullptr) {
      return make_regular_page(std::move(file));
    }
    std::string key = page_key(file);
    const Stamp stamp = StampedCache::stamp(file.place);
    if (const std::optional<std::string_view> known = wanted_.cache->find(key, stamp)) {
      CacheReader in(*known);
      std::unique_ptr<Page> page = unpack_page(in);
      page->source = std::move(file);
      tell_section(*page);
      return is_listed(*page) ? std::move(page) : nullptr;
    }
    const std::string walked = file.path.logical;
    Result<std::unique_ptr<Page>> made = make_regular_page(std::move(file));
    // One that names a place of its own is read each time: the walk knows nothing of it.
    if (made && *made != nullptr && (*made)->source.path.logical == walked) {
      CacheWriter out;
      pack(out, **made);
      wanted_.cache->keep(std::move(key), stamp, out.bytes());
    }
    return made;
  }

  /// A file is a page in each of its languages, wherever a mount shows it; Git's date of it may
  /// change while the file does not.
  static std::string page_key(const ContentFile& file) {
    const std::string key = file.place + '\n' + file.file + '\n' + std::to_string(file.language);
    return file.committed.is_zero() ? key : key + '\n' + file.committed.to_rfc3339();
  }

  [[nodiscard]] bool is_listed(const Page& page) const {
    return page.listing == Listing::kAlways && is_built(page, config_, now_) &&
           !is_hidden_by_section(page);
  }

  /// The page of a file before anything else is known of it, or nothing where it is none.
  Result<std::optional<Page>> make_bare_page(ContentFile file) const {
    Result<std::optional<Value>> front_matter = read_matter(file);
    if (!front_matter) {
      return tl::unexpected(front_matter.error());
    }
    if (!front_matter->has_value()) {
      return std::nullopt;
    }
    Value& fields = **front_matter;
    if (config_.rules.matter_names_path) {
      move_to_named_path(fields, file);
    }
    if (Result<std::vector<CascadeEntry>> own = sections_.apply_cascades(fields, file, "page");
        !own) {
      return tl::unexpected(own.error());
    }
    Result<Page> made = make_page(std::move(file), "page", std::move(fields), config_);
    if (!made) {
      return tl::unexpected(made.error());
    }
    return std::optional<Page>(std::move(*made));
  }

  /// Whether a file hides its rival: it is a page, but is not built.
  [[nodiscard]] Result<bool> hides_rival(ContentFile file) const {
    ask_git(file);
    const Result<std::optional<Page>> page = make_bare_page(std::move(file));
    if (!page) {
      return tl::unexpected(page.error());
    }
    return page->has_value() && !is_built(**page, config_, now_);
  }

  Result<std::unique_ptr<Page>> make_regular_page(ContentFile file) const {
    const std::shared_ptr<const ContentFile> rival = std::move(file.rival);
    Result<std::optional<Page>> made = make_bare_page(std::move(file));
    if (!made) {
      return tl::unexpected(made.error());
    }
    if (!made->has_value() || !is_listed(**made)) {
      return nullptr;
    }
    if (const Result<bool> hides = rival == nullptr ? false : hides_rival(*rival);
        !hides || *hides) {
      return hides ? Result<std::unique_ptr<Page>>(nullptr) : tl::unexpected(hides.error());
    }
    std::unique_ptr<Page> page = std::make_unique<Page>(std::move(**made));
    if (Result<void> addressed = give_address(*page, sections_, config_); !addressed) {
      return tl::unexpected(addressed.error());
    }
    tell_section(*page);
    if (Value::Map* params = page->params.members(); params != nullptr && wanted_.params) {
      std::erase_if(*params,
                    [this](const auto& each) { return !wanted_.params->contains(each.first); });
    }
    return page;
  }

  /// `path` in front matter is where the page is instead; without an ending it is a bundle's.
  void move_to_named_path(const Value& fields, ContentFile& file) const {
    const Value* named = fields.find("path");
    const std::string text = clean_path("/" + (named == nullptr ? "" : named->to_text())).substr(1);
    if (text.empty()) {
      return;
    }
    std::optional<PagePath> path = parse_page_path(text, config_.syntax);
    if (!path) {
      path = parse_page_path(text + "/index.md", config_.syntax);
    }
    path->language = file.path.language;
    file.path = std::move(*path);
  }

  /// Tells the page where its section is; one that is not built has no address.
  void tell_section(Page& page) const {
    const Page* section = sections_.find(sections_.nearest(page.source.path.folder()));
    const bool is_there = section != nullptr && is_built(*section, config_, now_) &&
                          !language_.disabled_kinds.contains(section->kind);
    page.current_section = is_there ? section->rel_permalink : "";
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

  /// What became of a file: a page, which a taker may have had, something wrong, or neither.
  struct Reading {
    std::unique_ptr<Page> page;
    std::optional<Standing> standing;
    std::unique_ptr<Error> error;
  };

  [[nodiscard]] std::vector<Reading> read_pages(ContentFiles files,
                                                std::size_t first_number) const {
    std::vector<Reading> readings(files.size());
    for_each_in_parallel(files.size(), [&](std::size_t i) {
      const std::unique_ptr<ContentFile> file = std::move(files[i]);
      readings[i] = read_page(std::move(*file), first_number + i);
      if (wanted_.progress != nullptr) {
        wanted_.progress->step();
      }
    });
    return readings;
  }

  [[nodiscard]] Reading read_page(ContentFile file, std::size_t number) const {
    Reading reading;
    Result<std::unique_ptr<Page>> page = find_regular_page(std::move(file));
    if (!page) {
      reading.error = std::make_unique<Error>(std::move(page.error()));
    } else if (*page != nullptr) {
      reading.standing.emplace(**page, number);
      if (wanted_.taker == nullptr) {
        reading.page = std::move(*page);
      } else {
        wanted_.taker->take(number, **page);
      }
    }
    return reading;
  }

  /// Puts the pages in order and adds them to the site.
  void collect_pages(std::vector<Reading> readings, std::size_t first_number) {
    std::vector<Reading*> good;
    for (Reading& reading : readings) {
      if (reading.error != nullptr) {
        site_.errors.push_back(std::move(*reading.error));
      } else if (reading.standing) {
        good.push_back(&reading);
      }
    }
    if (wanted_.relations && wanted_.taker == nullptr) {
      give_terms(good);
    }
    std::vector<const Standing*> standings;
    standings.reserve(good.size());
    for (const Reading* reading : good) {
      standings.push_back(&*reading->standing);
    }
    sort_standings(standings, language_, config_.rules);
    for (std::size_t i = 0; i < standings.size(); ++i) {
      const std::size_t number = standings[i]->number();
      if (std::unique_ptr<Page>& page = readings[number - first_number].page; page != nullptr) {
        page->order = i;
        site_.pages.push_back(std::move(page));
      } else {
        site_.order.push_back(number);
      }
    }
  }

  /// Sorts the pages by path, as their terms are spelled like the first page spells them.
  void give_terms(std::vector<Reading*>& readings) const {
    std::sort(readings.begin(), readings.end(), [](const Reading* left, const Reading* right) {
      return left->page->source.path.logical < right->page->source.path.logical;
    });
    Terms terms(config_, language_index_, sections_, now_);
    for (const Reading* reading : readings) {
      terms.give_terms(*reading->page);
    }
  }

  const Config& config_;
  std::size_t language_index_;
  const Language& language_;
  const Date& now_;
  const Wanted& wanted_;
  const GitLog* git_;
  Site& site_;
  bool asks_file_time_;
  SectionTree sections_;
};

/// Tells each page where what has its translation key is found: pages, and since Hugo 0.123 the
/// sections too.
void link_translations(Pages& pages, const std::vector<const Page*>& sections) {
  std::unordered_map<std::string_view, std::vector<const Page*>> by_key;
  for (const std::unique_ptr<Page>& page : pages) {
    by_key[page->translation_key].push_back(page.get());
  }
  for (const Page* section : sections) {
    if (const auto found = by_key.find(section->translation_key); found != by_key.end()) {
      found->second.push_back(section);
    }
  }
  for (const std::unique_ptr<Page>& page : pages) {
    for (const Page* other : by_key.at(page->translation_key)) {
      if (other != page.get()) {
        page->translations.push_back({other->source.language, other->rel_permalink});
      }
    }
  }
}

/// Whether a page names a key of its own, which may be that of another in the same language.
bool has_own_key(const std::unique_ptr<Page>& page) {
  return page->params.find("translationkey") != nullptr;
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

ContentFiles take_language(ContentFiles& files, std::size_t language, std::size_t languages) {
  if (languages == 1) {
    return std::move(files);
  }
  ContentFiles taken;
  for (std::unique_ptr<ContentFile>& file : files) {
    if (file != nullptr && file->language == language) {
      taken.push_back(std::move(file));
    }
  }
  return taken;
}

/// Whether what is wanted of the dates depends on Git; others may follow lastmod.
bool needs_git(const DateChains& dates, bool wants_lastmod) {
  const bool uses_lastmod =
      wants_lastmod || asks(dates.publish_date, "lastmod") || asks(dates.expiry_date, "lastmod");
  return asks(dates.date, ":git") || asks(dates.publish_date, ":git") ||
         asks(dates.expiry_date, ":git") || (uses_lastmod && asks(dates.lastmod, ":git"));
}

/// Git's answers, where the site and what is wanted of it ask for them.
Result<std::optional<GitLog>> read_git_log(const Config& config, const Wanted& wanted) {
  const bool needs = std::any_of(
      config.languages.begin(), config.languages.end(),
      [&](const Language& language) { return needs_git(language.dates, wanted.lastmod); });
  if (!config.git_info || !needs) {
    return std::nullopt;
  }
  Result<GitLog> log = GitLog::read(config.source, *config.git_info);
  if (!log) {
    return tl::unexpected(log.error());
  }
  return std::optional<GitLog>(std::move(*log));
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
  if (wanted.taker != nullptr) {
    wanted.taker->expect(content->pages.size());
  }
  const Result<std::optional<GitLog>> git = read_git_log(config, wanted);
  if (!git) {
    return tl::unexpected(git.error());
  }
  Site site;
  site.warnings = std::move(content->warnings);
  std::deque<LanguageLoader> loaders;
  SectionTree::Shared shared;
  CacheWriter world = world_of(config, wanted);
  const std::size_t languages = config.languages.size();
  for (std::size_t language = 0; language < languages; ++language) {
    loaders.emplace_back(config, language, now, wanted, git->has_value() ? &**git : nullptr, site)
        .add_branches(take_language(content->branches, language, languages), world);
    loaders.back().collect_shared(shared);
  }
  std::vector<ContentFiles> files;
  for (std::size_t language = 0; language < languages; ++language) {
    files.push_back(take_language(content->pages, language, languages));
    loaders[language].add_sections(files.back(), shared, world);
  }
  if (wanted.cache != nullptr) {
    wanted.cache->enter(world.bytes());
  }
  std::size_t first_number = 0;
  for (std::size_t language = 0; language < languages; ++language) {
    const std::size_t count = files[language].size();
    loaders[language].add_pages(std::move(files[language]), first_number);
    first_number += count;
  }
  if (wanted.cache != nullptr) {
    wanted.cache->save();
  }
  const bool may_be_linked =
      config.languages.size() > 1 || std::any_of(site.pages.begin(), site.pages.end(), has_own_key);
  if (wanted.relations && may_be_linked) {
    std::vector<const Page*> sections;
    for (LanguageLoader& loader : loaders) {
      loader.collect_sections(sections);
    }
    link_translations(site.pages, sections);
  }
  return site;
}

}  // namespace likes::hugo
