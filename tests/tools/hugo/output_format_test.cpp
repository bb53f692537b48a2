#include "tools/hugo/output_format.h"

#include "tests/support/catch.h"
#include "tools/hugo/decoder.h"

namespace likes::hugo {
namespace {

TEST_CASE("a configuration changes formats and adds to them") {
  const Result<Value> root = decode_yaml(
      "outputFormats:\n  html: {baseName: start}\n  print: {path: _print, mediaType: text/html, "
      "permalinkable: true}\n  calendar: {mediaType: text/x, ugly: true, noUgly: true}\n"
      "  plain: {mediaType: text/netlify}\n  broken: 5\n"
      "mediaTypes:\n  text/x: {suffixes: [abc, def]}\n  text/netlify: {delimiter: ''}\n",
      {"f", 1, 0});
  REQUIRE(root.has_value());
  const OutputFormats formats = read_output_formats(*root);
  CHECK(formats.at("html").base_name == "start");
  CHECK(formats.at("html").suffix == ".html");
  CHECK(formats.at("html").is_permalinkable);
  CHECK(formats.at("print").path == "_print");
  CHECK(formats.at("print").base_name == "index");
  CHECK(formats.at("print").suffix == ".html");
  CHECK(formats.at("print").is_permalinkable);
  CHECK(formats.at("calendar").suffix == ".abc");
  CHECK(formats.at("calendar").is_ugly);
  CHECK(formats.at("calendar").is_never_ugly);
  CHECK(formats.at("plain").suffix.empty());
  CHECK(!formats.at("plain").is_permalinkable);
  CHECK(!formats.contains("broken"));
  CHECK(formats.at("rss").suffix == ".xml");
  CHECK(read_output_formats(Value::map()).size() == 12);
}

}  // namespace
}  // namespace likes::hugo
