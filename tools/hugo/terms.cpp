#include "tools/hugo/terms.h"

#include <utility>

#include "tools/hugo/page_address.h"

namespace likes::hugo {

Terms::Terms(const Config& config, std::size_t language, const SectionTree& sections,
             const Date& now)
    : config_(config),
      language_index_(language),
      language_(config.languages[language]),
      sections_(sections),
      now_(now) {}

void Terms::give_terms(Page& page) {
  const bool is_left_out = page.is_headless && config_.rules.unrendered_has_no_term;
  if (language_.disabled_kinds.contains("term") || is_left_out) {
    return;
  }
  for (const Taxonomy& taxonomy : language_.taxonomies) {
    const Value* param = page.params.find(taxonomy.plural);
    if (param == nullptr) {
      continue;
    }
    std::vector<PageTerm> terms;
    for (const std::string& term : param->to_terms(!config_.rules.lists_spoil_terms)) {
      const std::optional<PageTerm>& found = term_of(taxonomy, term);
      if (!found) {
        continue;
      }
      // One that stands there twice counts where it is last.
      std::erase_if(terms, [&found](const PageTerm& each) {
        return each.rel_permalink == found->rel_permalink && each.title == found->title;
      });
      terms.push_back(*found);
    }
    if (!terms.empty()) {
      page.terms.emplace(taxonomy.plural, std::move(terms));
    }
  }
}

const std::optional<PageTerm>& Terms::term_of(const Taxonomy& taxonomy, const std::string& term) {
  std::string logical = "/" + taxonomy.plural + "/" + normalize_path(term);
  if (!config_.rules.keeps_slashes_in_terms) {
    logical = clean_path(logical);
  }
  const auto found = terms_.find(logical);
  if (found != terms_.end()) {
    return found->second;
  }
  return terms_.emplace(logical, make_term(logical, taxonomy, term)).first->second;
}

std::optional<PageTerm> Terms::make_term(const std::string& logical, const Taxonomy& taxonomy,
                                         const std::string& term) const {
  if (const Page* page = sections_.find(logical)) {
    return is_built(*page, config_, now_)
               ? std::optional(PageTerm{page->title, page->rel_permalink})
               : std::nullopt;
  }
  ContentFile file;
  file.language = language_index_;
  file.path.kind = PagePath::Kind::kBranch;
  file.path.logical = logical;
  file.path.raw = logical.substr(0, logical.rfind('/') + 1) + term.substr(term.rfind('/') + 1);
  Value front_matter = Value::map();
  Result<std::vector<CascadeEntry>> own = sections_.apply_cascades(front_matter, file, "term");
  Result<Page> page = make_page(file, "term", std::move(front_matter), config_);
  if (!own || !page) {
    return PageTerm{term, ""};  // What is wrong with a cascade is told where it is written.
  }
  if (!is_built(*page, config_, now_)) {
    return std::nullopt;
  }
  page->section = taxonomy.plural;
  if (page->title.empty()) {
    page->title = config_.rules.titles_terms ? language_.list_titles.of_term(term) : term;
  }
  const Result<void> addressed = give_address(*page, sections_, config_);
  return PageTerm{page->title, addressed ? page->rel_permalink : ""};
}

}  // namespace likes::hugo
