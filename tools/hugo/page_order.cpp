#include "tools/hugo/page_order.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "tools/hugo/collation.h"
#include "tools/hugo/unicode.h"
#include "tools/support/ascii.h"
#include "tools/support/parallel.h"

namespace likes::hugo {
namespace {

/// What decides before the title does.
bool is_same_so_far(const Standing& left, const Standing& right) {
  return left.weight() == right.weight() && left.seconds() == right.seconds();
}

bool is_before(const Standing* left, const Standing* right) {
  if (left->weight() != right->weight()) {
    return right->weight() == 0 || (left->weight() != 0 && left->weight() < right->weight());
  }
  return left->seconds() > right->seconds();
}

/// A page that only title and path tell from its neighbours.
struct Titled {
  std::size_t run = 0;  ///< Which neighbours.
  const Standing* standing = nullptr;
  std::string title;
  std::string path;
};

/// Go's order of names: the first letters that are not the same in another case decide, and of
/// those beyond ASCII the spelling that is there, an "\u00C9" coming before an "\u00E8".
bool is_name_before(std::string_view left, std::string_view right) {
  std::size_t left_at = 0;
  std::size_t right_at = 0;
  while (left_at < left.size() && right_at < right.size()) {
    const char32_t mine = lower_ascii(next_character(left, left_at));
    const char32_t other = lower_ascii(next_character(right, right_at));
    if (mine != other && to_upper(mine) != to_upper(other)) {
      return mine < other;
    }
  }
  const std::size_t mine_left = left.size() - left_at;
  const std::size_t other_left = right.size() - right_at;
  return mine_left == 0 && other_left == 0 ? left < right : mine_left < other_left;
}

bool is_titled_before(const Titled& left, const Titled& right) {
  if (left.run != right.run || left.title != right.title) {
    return std::tie(left.run, left.title) < std::tie(right.run, right.title);
  }
  return left.path == right.path ? left.standing->file() < right.standing->file()
                                 : is_name_before(left.path, right.path);
}

/// Sorts each run of pages of the same weight and date.
void sort_runs(std::vector<const Standing*>& standings, const Language& language,
               const VersionRules& rules) {
  std::vector<Titled> titled;
  std::vector<std::size_t> places;
  for (std::size_t begin = 0, end = 0; begin < standings.size(); begin = end) {
    for (end = begin;
         end < standings.size() && is_same_so_far(*standings[begin], *standings[end]);) {
      ++end;
    }
    for (std::size_t i = begin; end - begin > 1 && i < end; ++i) {
      titled.push_back({begin, standings[i], "", ""});
      places.push_back(i);
    }
  }
  if (titled.empty()) {
    return;  // Without the tables of a language.
  }
  const Collation collation(language.code);
  for_each_in_parallel(titled.size(), [&](std::size_t i) {
    const Standing& standing = *titled[i].standing;
    titled[i].title = collation.key(standing.title());
    titled[i].path = rules.orders_by_path ? normalize_path(std::string(standing.file()))
                                          : std::string(standing.place());
  });
  // Go's order of names is none in the strict sense: three of them may follow each other in a ring.
  std::stable_sort(titled.begin(), titled.end(), is_titled_before);
  for (std::size_t i = 0; i < titled.size(); ++i) {
    standings[places[i]] = titled[i].standing;
  }
}

}  // namespace

Standing::Standing(const Page& page, std::size_t number)
    : number_(number),
      weight_(page.weight),
      seconds_(page.date.unix_seconds()),
      title_end_(page.link_title.size()),
      file_end_(title_end_ + page.source.file.size()) {
  texts_.reserve(file_end_ + page.source.place.size());
  texts_.append(page.link_title).append(page.source.file).append(page.source.place);
}

void sort_standings(std::vector<const Standing*>& standings, const Language& language,
                    const VersionRules& rules) {
  std::sort(standings.begin(), standings.end(), is_before);
  sort_runs(standings, language, rules);
}

}  // namespace likes::hugo
