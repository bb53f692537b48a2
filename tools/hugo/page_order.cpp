#include "tools/hugo/page_order.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "tools/hugo/collation.h"
#include "tools/hugo/large_sort.h"
#include "tools/hugo/unicode.h"

namespace likes::hugo {
namespace {

/// What decides before the title does.
bool is_same_so_far(const Page& left, const Page& right) {
  return left.weight == right.weight && left.date.unix_seconds() == right.date.unix_seconds();
}

bool is_before(const Page* left, const Page* right) {
  if (left->weight != right->weight) {
    return right->weight == 0 || (left->weight != 0 && left->weight < right->weight);
  }
  return left->date.unix_seconds() > right->date.unix_seconds();
}

using Pages = Order<Page>::iterator;

/// Sorts pages that only title and path tell apart.
void sort_by_title(Pages begin, Pages end, const Collation& collation, bool by_path) {
  struct Titled {
    std::string title;
    std::string path;
    Page* page;
  };
  std::vector<Titled> titled;
  for (Pages each = begin; each != end; ++each) {
    const std::string& file = (*each)->source.file;
    titled.push_back({collation.key((*each)->link_title),
                      by_path ? normalize_path(file) : to_lower(file), *each});
  }
  std::sort(titled.begin(), titled.end(), [](const Titled& left, const Titled& right) {
    return std::tie(left.title, left.path, left.page->source.file) <
           std::tie(right.title, right.path, right.page->source.file);
  });
  for (const Titled& each : titled) {
    *begin++ = each.page;
  }
}

}  // namespace

void sort_pages(std::vector<Page>& pages, const Language& language, const VersionRules& rules) {
  Order<Page> order = order_of(pages);
  std::sort(order.begin(), order.end(), is_before);
  const Collation collation(language.code);
  for (Pages begin = order.begin(); begin != order.end();) {
    const Pages end = std::find_if_not(
        begin, order.end(), [begin](const Page* page) { return is_same_so_far(**begin, *page); });
    if (end - begin > 1) {
      sort_by_title(begin, end, collation, rules.orders_by_path);
    }
    begin = end;
  }
  rearrange(pages, std::move(order));
}

}  // namespace likes::hugo
