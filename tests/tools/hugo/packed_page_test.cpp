#include "tools/hugo/packed_page.h"

#include <string>

#include "tests/support/catch.h"
#include "tools/hugo/decoder.h"

namespace likes::hugo {
namespace {

std::string packed(const Value& value) {
  CacheWriter out;
  pack(out, value);
  return out.bytes();
}

std::string packed(const Page& page) {
  CacheWriter out;
  pack(out, page);
  return out.bytes();
}

TEST_CASE("a value is unpacked as it was, with its places") {
  const Result<Value> value = decode(DataFormat::kToml,
                                     "a = 'text'\nb = [1, 2.5, true, []]\nc = 2026-11-20\n"
                                     "d = 2026-11-20T08:30:00.25+01:00\n[e.f]\ng = ''\n",
                                     {"f.toml", 3, 0}, YamlDialect::kNew);
  REQUIRE(value);
  const std::string bytes = packed(*value);
  CacheReader in(bytes);
  const Value unpacked = unpack_value(in);
  CHECK(in.ok());
  CHECK(packed(unpacked) == bytes);
  CHECK(unpacked.find("a")->to_text() == "text");
  CHECK(unpacked.find("a")->line == value->find("a")->line);
  CHECK(unpacked.find("a")->column == value->find("a")->column);
  CHECK(unpacked.find("b")->array()->size() == 4);
  CHECK(std::get<DateTime>(unpacked.find("d")->data()).nanosecond == 250'000'000);
  CHECK_FALSE(std::get<DateTime>(unpacked.find("c")->data()).offset_seconds);
  CHECK(unpacked.find_path({"e", "f", "g"})->text()->empty());
}

TEST_CASE("values that differ are packed differently") {
  const Value values[] = {Value(),
                          Value(false),
                          Value(std::int64_t{0}),
                          Value(0.0),
                          Value(std::string()),
                          Value(std::string("0")),
                          Value(Value::Array()),
                          Value::map()};
  for (const Value& left : values) {
    for (const Value& right : values) {
      CHECK((packed(left) == packed(right)) == (&left == &right));
    }
  }
}

TEST_CASE("a page is unpacked as it was") {
  Page page;
  page.title = "t";
  page.link_title = "lt";
  page.description = "d";
  page.slug = "s";
  page.url = "/u/";
  page.section = "sec";
  page.type = "ty";
  page.layout = "l";
  page.translation_key = "k";
  page.keywords = {"a", "b"};
  page.date = Date::at(1, 3600);
  page.lastmod = Date::at(2, 0);
  page.publish_date = Date::at(3, 0);
  page.expiry_date = Date::at(4, 0);
  page.weight = -5;
  page.is_draft = true;
  page.is_headless = true;
  page.formats = {"html", "json"};
  page.listing = Listing::kLocally;
  page.aliases = {"/x/"};
  page.params = Value::map();
  page.params.set("p", Value(std::string("q")));
  page.link = "/li/";
  page.permalink = "https://example.org/li/";
  page.rel_permalink = "/rel/";
  page.target = "/target/";
  const std::string bytes = packed(page);
  CacheReader in(bytes);
  const std::unique_ptr<Page> unpacked = unpack_page(in);
  CHECK(in.ok());
  CHECK(packed(*unpacked) == bytes);
  CHECK(unpacked->description == "d");
  CHECK(unpacked->target == "/target/");
  CHECK(unpacked->rel_permalink == "/rel/");
  CHECK(unpacked->formats == page.formats);
  CHECK(unpacked->date.to_rfc3339() == "1970-01-01T01:00:01+01:00");
  CHECK(unpacked->expiry_date.unix_seconds() == 4);
  CHECK(unpacked->listing == Listing::kLocally);
  CHECK(unpacked->params.find("p")->to_text() == "q");
}

TEST_CASE("bytes that are cut short make no reader run on") {
  const std::string bytes = packed(*decode(DataFormat::kJson, R"({"a": [1, {"b": "c"}], "d": 2})",
                                           {"f.json", 1, 0}, YamlDialect::kNew));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CacheReader in(std::string_view(bytes).substr(0, size));
    static_cast<void>(unpack_value(in));
    CHECK_FALSE(in.ok());
  }
}

}  // namespace
}  // namespace likes::hugo
