#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tools/hugo/cascade.h"
#include "tools/hugo/config.h"
#include "tools/hugo/page.h"
#include "tools/support/result.h"

namespace likes::hugo {

/// The branches of a site in one language: home, sections, taxonomies and terms that have a file of
/// their own, and the folders at the top, which are sections without one.
class SectionTree {
 public:
  SectionTree(const Config& config, std::size_t language);

  /// Adds the page of an _index file; those of the folders around it come first.
  [[nodiscard]] Result<void> add(const ContentFile& file, Value front_matter);
  /// Adds the home page and what the top folder of a page is, where they have no file.
  void add_home();
  void add_top_folder(const PagePath& path);

  /// By logical path: cascades whose target names languages, which count in all of them.
  using Shared = std::map<std::string, std::vector<CascadeEntry>, std::less<>>;
  void collect_shared(Shared& shared) const;
  void use_shared(const Shared& shared) { shared_ = &shared; }

  /// Takes a page's own cascade out of its front matter, and puts what it, the sections above and
  /// the configuration hand down into it, the nearest first.
  [[nodiscard]] Result<std::vector<CascadeEntry>> apply_cascades(Value& front_matter,
                                                                 const ContentFile& file,
                                                                 std::string_view kind) const;

  /// The page of the section, or nullptr.
  [[nodiscard]] const Page* find(std::string_view logical) const;
  /// The logical path of the section that a path lies in, as a part of it: below the top a folder
  /// is one only by its _index file.
  [[nodiscard]] std::string_view nearest(std::string_view folder) const;
  /// A folder as it stands in addresses: a section that has a slug is called by it.
  [[nodiscard]] std::string folder_with_slugs(const PagePath& path, bool is_raw) const;
  /// `posts/2026` with each section's slug, or else its title, in its place.
  [[nodiscard]] std::string section_slugs(std::string_view section) const;
  /// `home`, `section`, `taxonomy` or `term`.
  [[nodiscard]] std::string_view kind_of(std::string_view logical) const;

  /// All of them, for giving addresses.
  [[nodiscard]] std::vector<Page*> pages();

 private:
  Page& add_generated(const PagePath& path, std::string_view kind);

  struct Section {
    Page page;
    std::string slug;  ///< "" where it changes no address.
    std::vector<CascadeEntry> cascade;
  };

  const Config& config_;
  std::size_t language_index_;
  const Language& language_;
  std::map<std::string, Section, std::less<>> sections_;
  const Shared* shared_ = nullptr;
};

}  // namespace likes::hugo
