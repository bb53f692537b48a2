#include "tools/hugo/page_order.h"

#include <algorithm>

#include "tests/support/catch.h"

namespace likes::hugo {
namespace {

void add(Standings& standings, const std::string& title, std::int64_t weight,
         const std::string& date, const std::string& file) {
  Page page;
  page.link_title = title;
  page.weight = weight;
  page.date = *parse_date(date, TimeZone());
  page.source.file = file;
  page.source.place = file;
  standings.push_back(std::make_unique<Standing>(page, standings.size()));
}

std::string order_of(const Standings& standings) {
  std::string order;
  for (const std::unique_ptr<Standing>& standing : standings) {
    order += standing->file + " ";
  }
  return order;
}

TEST_CASE("pages come by weight, newest first, by title, by path") {
  Standings standings;
  add(standings, "f", 0, "2020-01-01", "f.md");
  add(standings, "e", 0, "2020-01-01", "e2.md");
  add(standings, "d", 0, "2021-01-01", "d.md");
  add(standings, "c", 9, "2020-01-01", "c.md");
  add(standings, "b", 1, "2019-01-01", "b.md");
  add(standings, "a", -1, "2020-01-01", "a.md");
  add(standings, "e", 0, "2020-01-01", "E1.md");
  add(standings, "g", 1, "2020-01-01", "g.md");
  sort_standings(standings, Language());
  CHECK(order_of(standings) == "a.md g.md b.md c.md d.md E1.md e2.md f.md ");
  CHECK(standings.front()->number == 5);
}

TEST_CASE("of old the names of files decided last, by Go's order of names") {
  Standings standings;
  for (const char* name : {"p.md", "\u0130.md", "b.md", "B_.md", "B.md", "\u00e9.md", "\u00c9.md",
                           "\u00e8.md", "_.md", "a/b.md"}) {
    add(standings, "t", 0, "2020-01-01", name);
  }
  sort_standings(standings, Language(), VersionRules(kOldestHugo));
  CHECK(order_of(standings) ==
        "_.md a/b.md B.md b.md B_.md p.md \u00c9.md \u00e8.md \u00e9.md \u0130.md ");
}

}  // namespace
}  // namespace likes::hugo
