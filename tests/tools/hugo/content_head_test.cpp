#include "tools/hugo/content_head.h"

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"
#include "tools/hugo/front_matter.h"

namespace likes::hugo {
namespace {

/// A key and a value that fill `bytes`.
std::string filler(std::size_t bytes) {
  return "x: " + std::string(bytes - 4, 'x') + "\n";
}

TEST_CASE("the head of a file tells the same front matter as the whole") {
  struct Case {
    const char* name;
    std::string open;
    std::string close;
  };
  const Case cases[] = {
      {"YAML", "---\n", "---\n"},         {"TOML", "+++\n", "+++\n"},
      {"JSON", "{\"a\": \"", "\"}\n"},    {"Org", "#+x: y\n", "#+y: z\n"},
      {"blanks", "", "---\na: b\n---\n"}, {"not closed", "---\n", ""},
  };
  const std::string body(100'000, 'b');
  const likes::testing::TempDir dir;
  for (const Case& c : cases) {
    // Each mark comes to lie at and across the end of what is read first.
    for (std::size_t size = 4080; size < 4110; ++size) {
      INFO(c.name << " " << size);
      std::string middle = filler(size);
      if (c.open.empty()) {
        middle = std::string(size, '\n');
      } else if (c.open.starts_with("#")) {
        middle = "#+" + middle;
      } else if (c.open.starts_with("{")) {
        middle.pop_back();
      } else if (c.open.starts_with("+")) {
        middle = "x = '" + std::string(size, 'x') + "'\n";
      }
      const std::string content = c.open + middle + c.close + body;
      const std::string file = dir.write("f.md", content).string();
      std::string text;
      const Result<std::optional<FrontMatterBlock>> of_head = read_content_head(file, text);
      REQUIRE(content.starts_with(text));
      const Result<std::optional<FrontMatterBlock>> of_whole = find_front_matter(content, file);
      REQUIRE(of_head.has_value() == of_whole.has_value());
      if (!of_whole) {
        CHECK(text == content);
        CHECK(of_head.error().to_string() == of_whole.error().to_string());
        continue;
      }
      REQUIRE(of_whole->has_value());
      REQUIRE(of_head->has_value());
      CHECK((*of_head)->text == (*of_whole)->text);
      CHECK(text.size() < content.size());
    }
  }
}

TEST_CASE("a file without front matter is read no further than shows it") {
  const likes::testing::TempDir dir;
  std::string text;
  const Result<std::optional<FrontMatterBlock>> found =
      read_content_head(dir.write("f.md", std::string(100'000, 'b')).string(), text);
  REQUIRE(found);
  CHECK(!found->has_value());
  CHECK(text.size() < 10'000);
}

TEST_CASE("what is read of a file has a limit, the file has none") {
  const likes::testing::TempDir dir;
  const auto read = [&dir](const std::string& begin) {
    const std::filesystem::path file = dir.write("f.md", begin);
    std::filesystem::resize_file(file, kMaxContentBytes + 1);  // A hole takes no room.
    std::string text;
    return read_content_head(file.string(), text);
  };
  CHECK(read("---\na: b\n---\n").has_value());
  const Result<std::optional<FrontMatterBlock>> open = read("---\na: b\n");
  REQUIRE(!open);
  CHECK(open.error().message == "is larger than the limit of 67108864 bytes");
}

}  // namespace
}  // namespace likes::hugo
