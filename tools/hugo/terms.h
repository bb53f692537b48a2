#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "tools/hugo/config.h"
#include "tools/hugo/page.h"
#include "tools/hugo/section_tree.h"

namespace likes::hugo {

/// The terms of a site in one language. Each has a page, whether or not there is a file for it.
class Terms {
 public:
  Terms(const Config& config, std::size_t language, const SectionTree& sections, const Date& now);

  /// Sets a page's terms by its front matter. Where a term is spelled in several ways, it is called
  /// as the page that comes first spells it; Hugo takes any. A term whose own page is a draft, of
  /// the future or expired is left out.
  void give_terms(Page& page);

 private:
  const std::optional<PageTerm>& term_of(const Taxonomy& taxonomy, const std::string& term);
  [[nodiscard]] std::optional<PageTerm> make_term(const std::string& logical,
                                                  const Taxonomy& taxonomy,
                                                  const std::string& term) const;

  const Config& config_;
  std::size_t language_index_;
  const Language& language_;
  const SectionTree& sections_;
  const Date& now_;
  std::unordered_map<std::string, std::optional<PageTerm>> terms_;  // By logical path.
};

}  // namespace likes::hugo
