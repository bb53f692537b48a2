#include "tools/hugo/page_order.h"

#include <deque>

#include "tests/support/catch.h"

namespace likes::hugo {
namespace {

void add(std::deque<Standing>& standings, const std::string& title, std::int64_t weight,
         const std::string& date, const std::string& file) {
  Page page;
  page.link_title = title;
  page.weight = weight;
  page.date = *parse_date(date, TimeZone());
  page.source.file = file;
  page.source.place = file;
  standings.emplace_back(page, standings.size());
}

std::vector<const Standing*> sorted(const std::deque<Standing>& standings,
                                    const VersionRules& rules = {}) {
  std::vector<const Standing*> all;
  for (const Standing& standing : standings) {
    all.push_back(&standing);
  }
  sort_standings(all, Language(), rules);
  return all;
}

std::string order_of(const std::vector<const Standing*>& standings) {
  std::string order;
  for (const Standing* standing : standings) {
    order += std::string(standing->file()) + " ";
  }
  return order;
}

TEST_CASE("pages come by weight, newest first, by title, by path") {
  std::deque<Standing> standings;
  add(standings, "f", 0, "2020-01-01", "f.md");
  add(standings, "e", 0, "2020-01-01", "e2.md");
  add(standings, "d", 0, "2021-01-01", "d.md");
  add(standings, "c", 9, "2020-01-01", "c.md");
  add(standings, "b", 1, "2019-01-01", "b.md");
  add(standings, "a", -1, "2020-01-01", "a.md");
  add(standings, "e", 0, "2020-01-01", "E1.md");
  add(standings, "g", 1, "2020-01-01", "g.md");
  const std::vector<const Standing*> order = sorted(standings);
  CHECK(order_of(order) == "a.md g.md b.md c.md d.md E1.md e2.md f.md ");
  CHECK(order.front()->number() == 5);
}

TEST_CASE("of old the names of files decided last, by Go's order of names") {
  std::deque<Standing> standings;
  for (const char* name : {"p.md", "\u0130.md", "b.md", "B_.md", "B.md", "\u00e9.md", "\u00c9.md",
                           "\u00e8.md", "_.md", "a/b.md"}) {
    add(standings, "t", 0, "2020-01-01", name);
  }
  CHECK(order_of(sorted(standings, VersionRules(kOldestHugo))) ==
        "_.md a/b.md B.md b.md B_.md p.md \u00c9.md \u00e8.md \u00e9.md \u0130.md ");
}

}  // namespace
}  // namespace likes::hugo
