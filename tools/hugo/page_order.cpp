#include "tools/hugo/page_order.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "tools/hugo/collation.h"
#include "tools/hugo/unicode.h"
#include "tools/support/parallel.h"

namespace likes::hugo {
namespace {

/// What decides before the title does.
bool is_same_so_far(const Page& left, const Page& right) {
  return left.weight == right.weight && left.date.unix_seconds() == right.date.unix_seconds();
}

bool is_before(const std::unique_ptr<Page>& left, const std::unique_ptr<Page>& right) {
  if (left->weight != right->weight) {
    return right->weight == 0 || (left->weight != 0 && left->weight < right->weight);
  }
  return left->date.unix_seconds() > right->date.unix_seconds();
}

/// A page that only title and path tell from its neighbours.
struct Titled {
  std::size_t run = 0;  ///< Which neighbours.
  std::unique_ptr<Page> page;
  std::string title;
  std::string path;
};

bool is_titled_before(const Titled& left, const Titled& right) {
  return std::tie(left.run, left.title, left.path, left.page->source.file) <
         std::tie(right.run, right.title, right.path, right.page->source.file);
}

/// Sorts each run of pages of the same weight and date.
void sort_runs(Pages& pages, const Language& language, const VersionRules& rules) {
  std::vector<Titled> titled;
  std::vector<std::size_t> places;
  for (std::size_t begin = 0, end = 0; begin < pages.size(); begin = end) {
    for (end = begin; end < pages.size() && is_same_so_far(*pages[begin], *pages[end]);) {
      ++end;
    }
    for (std::size_t i = begin; end - begin > 1 && i < end; ++i) {
      titled.push_back({begin, std::move(pages[i]), "", ""});
      places.push_back(i);
    }
  }
  if (titled.empty()) {
    return;  // Without the tables of a language.
  }
  const Collation collation(language.code);
  for_each_in_parallel(titled.size(), [&](std::size_t i) {
    const Page& page = *titled[i].page;
    titled[i].title = collation.key(page.link_title);
    titled[i].path =
        rules.orders_by_path ? normalize_path(page.source.file) : to_lower(page.source.file);
  });
  std::sort(titled.begin(), titled.end(), is_titled_before);
  for (std::size_t i = 0; i < titled.size(); ++i) {
    pages[places[i]] = std::move(titled[i].page);
  }
}

}  // namespace

void sort_pages(Pages& pages, const Language& language, const VersionRules& rules) {
  std::sort(pages.begin(), pages.end(), is_before);
  sort_runs(pages, language, rules);
}

}  // namespace likes::hugo
