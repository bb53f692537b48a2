#include "tools/dev/output_lines.h"

#include "tests/support/catch.h"

namespace likes::dev {
namespace {

TEST_CASE("what a program prints becomes lines that say whose they are") {
  struct Case {
    const char* name;
    std::vector<std::string> pieces;
    std::string lines;
    std::string rest;
  };
  const std::string full(kMaxLineBytes, 'x');
  const Case cases[] = {
      {"nothing", {}, "", ""},
      {"one line", {"Built\n"}, "hugo | Built\n", ""},
      {"two at once", {"a\nb\n"}, "hugo | a\nhugo | b\n", ""},
      {"in pieces", {"Bu", "il", "t\nne"}, "hugo | Built\n", "hugo | ne\n"},
      {"no end", {"panic"}, "", "hugo | panic\n"},
      {"empty line", {"\n"}, "hugo |\n", ""},
      {"line end of two bytes", {"a\r\n"}, "hugo | a\n", ""},
      {"blanks stay", {"  a \n"}, "hugo |   a \n", ""},
      {"longest line", {full + "\n"}, "hugo | " + full + "\n", ""},
      {"longer line", {full + "y\n"}, "hugo | " + full + "\nhugo | y\n", ""},
      {"longest without an end", {full}, "", "hugo | " + full + "\n"},
      {"longer without an end", {full + "y"}, "hugo | " + full + "\n", "hugo | y\n"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      OutputLines output("hugo");
      std::string lines;
      for (const std::string& piece : c.pieces) {
        lines += output.take(piece);
      }
      CHECK(lines == c.lines);
      CHECK(output.rest() == c.rest);
      CHECK(output.rest().empty());
    }
  }
}

TEST_CASE("only the name is coloured") {
  OutputLines output("likes", 36);
  CHECK(output.take("a\n") == "\033[36mlikes |\033[0m a\n");
}

}  // namespace
}  // namespace likes::dev
