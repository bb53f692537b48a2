#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tools/hugo/config.h"
#include "tools/hugo/page.h"
#include "tools/hugo/site.h"

namespace likes::markup {

/// What the pages of a site may lead to, by path: Hugo's own templates for links and images ask for
/// it, which it uses on sites that configure languages.
class LinkTargets {
 public:
  LinkTargets(const hugo::Config& config, const hugo::Site& site);

  /// The address of the page that `.GetPage` finds from `page`; nothing where there is none.
  [[nodiscard]] std::optional<std::string> find_page(const hugo::Page& page,
                                                     std::string_view path) const;
  /// The address of a file in the bundle of `page`.
  [[nodiscard]] std::optional<std::string> find_file(const hugo::Page& page,
                                                     std::string_view path) const;

 private:
  using Paths = std::unordered_map<std::string_view, std::string_view>;

  [[nodiscard]] std::optional<std::string> find(std::size_t language, std::string_view path) const;
  /// Whether files of a mount belong to pages in a language, and to whose they do.
  [[nodiscard]] bool is_of(const hugo::Mount& mount, std::size_t language) const;
  [[nodiscard]] std::string owner_address(const hugo::Page& page, const hugo::Mount& mount) const;

  const hugo::Config& config_;
  std::vector<Paths> languages_;  // By language: addresses by logical path.
};

/// Where a link, or a picture, was found to lead.
struct AskedLink {
  bool is_image = false;
  std::string destination;
  std::string answer;
};

/// The links of one page, in the words of those templates. Remembers what it has been asked.
class PageLinks {
 public:
  PageLinks(const LinkTargets& targets, const hugo::Page& page) : targets_(targets), page_(page) {}

  /// Where a link to `destination` leads, and where the picture is; not escaped.
  [[nodiscard]] std::string link(const std::string& destination);
  [[nodiscard]] std::string image(const std::string& destination);

  [[nodiscard]] const std::vector<AskedLink>& asked() const { return asked_; }

 private:
  [[nodiscard]] std::string find_link(const std::string& destination) const;
  [[nodiscard]] std::string find_image(const std::string& destination) const;

  const LinkTargets& targets_;
  const hugo::Page& page_;
  std::vector<AskedLink> asked_;
};

}  // namespace likes::markup
