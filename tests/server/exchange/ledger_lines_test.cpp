#include "server/exchange/ledger_lines.h"

#include <string>
#include <vector>

#include "tests/support/catch.h"

namespace likes::exchange {
namespace {

using domain::CountedLikes;

const std::vector<CountedLikes> kLikes = {
    {"a \"b\", c\nd", "", 1795163400, "", 3},
    {"posts/grüße", "flakm", {}, "2026-01-31", 4},
    {"posts/hello", "waline-2", {}, "", 1'000'000'000},
};

}  // namespace

TEST_CASE("what is written is read again") {
  CHECK(write_lines(LineFormat::kCsv, kLikes) ==
        "key,source,time,likes\n"
        "\"a \"\"b\"\", c\nd\",,2026-11-20T08:30:00Z,3\n"
        "posts/grüße,flakm,2026-01-31,4\n"
        "posts/hello,waline-2,,1000000000\n");
  CHECK(write_lines(LineFormat::kJsonLines, std::vector{kLikes[1]}) ==
        R"({"key":"posts/grüße","source":"flakm","time":"2026-01-31","likes":4})"
        "\n");
  for (const LineFormat format : {LineFormat::kCsv, LineFormat::kJsonLines}) {
    const std::string text = write_lines(format, kLikes);
    const Result<std::vector<CountedLikes>> read = read_lines(format, text, "likes");
    INFO((read ? "" : read.error().to_string()));
    REQUIRE(read);
    CHECK(*read == kLikes);
    CHECK(read_lines(format, write_lines(format, {}), "likes")->empty());
  }
}

TEST_CASE("spreadsheets' line ends are taken") {
  const Result<std::vector<CountedLikes>> read =
      read_lines(LineFormat::kCsv, "key,source,time,likes\r\n\"posts/a\",x,,7\r\n", "likes.csv");
  REQUIRE(read);
  CHECK(*read == std::vector<CountedLikes>{{"posts/a", "x", {}, "", 7}});
}

TEST_CASE("a wrong line is told by its number") {
  struct Case {
    const char* name;
    LineFormat format;
    std::string text;
    std::string message;
  };
  const std::string head = "key,source,time,likes\n";
  const std::string longest(512, 'k');
  const Case cases[] = {
      {"no header", LineFormat::kCsv, "a,,,1\n",
       "f:1: wanted 'key,source,time,likes' as the first line"},
      {"nothing", LineFormat::kCsv, "", "f:1: wanted 'key,source,time,likes' as the first line"},
      {"three fields", LineFormat::kCsv, head + "a,x,,1\na,x,1\n", "f:3: found 3 fields, wanted 4"},
      {"after a line end in a field", LineFormat::kCsv, head + "\"a\nb\",x,,1\nc,x,,none\n",
       "f:4: likes: found 'none', wanted a number from 1 to 1000000000"},
      {"an open quote", LineFormat::kCsv, head + "\"a,x,,1\n", "f:2: a quoted field does not end"},
      {"no likes", LineFormat::kCsv, head + "a,x,,0\n",
       "f:2: likes: found '0', wanted a number from 1 to 1000000000"},
      {"too many likes", LineFormat::kCsv, head + "a,x,,1000000001\n",
       "f:2: likes: found '1000000001', wanted a number from 1 to 1000000000"},
      {"no key", LineFormat::kCsv, head + ",x,,1\n",
       "f:2: key: found '', wanted 1 to 512 bytes of UTF-8"},
      {"a key too long", LineFormat::kCsv, head + longest + ",x,,1\n" + longest + "k,x,,1\n",
       "f:3: key: found '" + std::string(100, 'k') + "', wanted 1 to 512 bytes of UTF-8"},
      {"a source too long", LineFormat::kCsv,
       head + "a," + std::string(64, 's') + ",,1\na," + std::string(65, 's') + ",,1\n",
       "f:3: source: found '" + std::string(65, 's') +
           "', wanted at most 64 letters, digits, '.', '_' and '-'"},
      {"own likes without a time", LineFormat::kCsv, head + "a,,2026-11-20,1\n",
       "f:2: time: found '2026-11-20', wanted a time like 2026-11-20T08:30:00Z"},
      {"others' with one", LineFormat::kCsv, head + "a,x,2026-11-20T08:30:00Z,1\n",
       "f:2: time: found '2026-11-20T08:30:00Z', wanted a day like 2026-11-20, or nothing"},
      {"no JSON", LineFormat::kJsonLines, "\n{\"key\":}\n", "f:2:8: is no valid JSON: "},
      {"a member less", LineFormat::kJsonLines, R"({"key":"a","source":"x","likes":1})",
       R"(f:1: found an object without "time", wanted {"key", "source", "time", "likes"})"},
      {"no object", LineFormat::kJsonLines, "7",
       R"(f:1: found a whole number without "key", wanted {"key", "source", "time", "likes"})"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const Result<std::vector<CountedLikes>> read = read_lines(c.format, c.text, "f");
      REQUIRE_FALSE(read);
      CHECK(read.error().code == ErrorCode::kInvalid);
      CHECK(read.error().to_string().substr(0, c.message.size()) == c.message);
    }
  }
}

}  // namespace likes::exchange
