#include "tools/hugo/page_order.h"

#include <algorithm>

#include "tests/support/catch.h"

namespace likes::hugo {
namespace {

std::unique_ptr<Page> page_of(const std::string& title, std::int64_t weight,
                              const std::string& date, const std::string& file) {
  std::unique_ptr<Page> page = std::make_unique<Page>();
  page->link_title = title;
  page->weight = weight;
  page->date = *parse_date(date, TimeZone());
  page->source.file = file;
  return page;
}

TEST_CASE("pages come by weight, newest first, by title, by path") {
  Pages pages;
  pages.push_back(page_of("f", 0, "2020-01-01", "f.md"));
  pages.push_back(page_of("e", 0, "2020-01-01", "e2.md"));
  pages.push_back(page_of("d", 0, "2021-01-01", "d.md"));
  pages.push_back(page_of("c", 9, "2020-01-01", "c.md"));
  pages.push_back(page_of("b", 1, "2019-01-01", "b.md"));
  pages.push_back(page_of("a", -1, "2020-01-01", "a.md"));
  pages.push_back(page_of("e", 0, "2020-01-01", "E1.md"));
  pages.push_back(page_of("g", 1, "2020-01-01", "g.md"));
  sort_pages(pages, Language());
  std::string order;
  for (const std::unique_ptr<Page>& page : pages) {
    order += page->source.file + " ";
  }
  CHECK(order == "a.md g.md b.md c.md d.md E1.md e2.md f.md ");
}

TEST_CASE("of old the names of files decided last, by Go's order of names") {
  Pages pages;
  for (const char* name : {"p.md", "\u0130.md", "b.md", "B_.md", "B.md", "\u00e9.md", "\u00c9.md",
                           "\u00e8.md", "_.md", "a/b.md"}) {
    pages.push_back(page_of("t", 0, "2020-01-01", name));
    pages.back()->source.place = name;
  }
  sort_pages(pages, Language(), VersionRules(kOldestHugo));
  std::string order;
  for (const std::unique_ptr<Page>& page : pages) {
    order += page->source.file + " ";
  }
  CHECK(order == "_.md a/b.md B.md b.md B_.md p.md \u00c9.md \u00e8.md \u00e9.md \u0130.md ");
}

}  // namespace
}  // namespace likes::hugo
