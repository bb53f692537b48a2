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

  void add_branches(std::vector<ContentFile> branches) {
    for (ContentFile& branch : branches) {
      note(add_branch(branch));
    }
  }

  void collect_shared(SectionTree::Shared& shared) const { sections_.collect_shared(shared); }

  void add_files(std::vector<ContentFile> files, const SectionTree::Shared& shared) {
    sections_.use_shared(shared);
    sections_.add_home();
    for (const ContentFile& file : files) {
      sections_.add_top_folder(file.path);
    }
    for (Page* section : sections_.pages()) {
      note(give_address(*section, sections_, config_));
    }
    if (!language_.disabled_kinds.contains("page")) {
      add_pages(std::move(files));
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

  Result<void> add_branch(ContentFile& file) {
    Result<std::optional<Value>> front_matter = read_matter(file);
    if (!front_matter) {
      return tl::unexpected(front_matter.error());
    }
    return front_matter->has_value() ? sections_.add(file, std::move(**front_matter))
                                     : Result<void>();
  }

  /// The page of a file, or nothing where Hugo does not list it.
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
    if (made->listing != Listing::kAlways || !is_built(*made, config_, now_) ||
        is_hidden_by_section(*made)) {
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

  void add_pages(std::vector<ContentFile> files) {
    std::vector<Result<std::unique_ptr<Page>>> made(files.size());
    for_each_in_parallel(files.size(), [&](std::size_t i) {
      made[i] = make_regular_page(std::move(files[i]));
      if (wanted_.progress != nullptr) {
        wanted_.progress->step();
      }
    });
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

  static bool is_path_before(const std::unique_ptr<Page>& left, const std::unique_ptr<Page>& right) {
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
  for (std::size_t language = 0; language < config.languages.size(); ++language) {
    loaders.emplace_back(config, language, now, wanted, site)
        .add_branches(take_language(content->branches, language, config.languages.size()));
    loaders.back().collect_shared(shared);
  }
  for (std::size_t language = 0; language < config.languages.size(); ++language) {
    loaders[language].add_files(take_language(content->pages, language, config.languages.size()),
                                shared);
  }
  if (wanted.relations && config.languages.size() > 1) {
    link_translations(site.pages);
  }
  return site;
}

}  // namespace likes::hugo
