#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tools/hugo/value.h"

namespace likes::hugo {

/// One of the forms that Hugo writes a page in, as far as it decides the page's address.
struct OutputFormat {
  std::string name = "html";
  std::string base_name = "index";
  std::string suffix = ".html";
  std::string path;  ///< A folder before the page's own, `amp`.
  bool is_ugly = false;
  bool is_never_ugly = false;
  bool is_permalinkable = true;
};

/// By name in lower case.
using OutputFormats = std::map<std::string, OutputFormat, std::less<>>;

/// Hugo's own formats with what `outputFormats` and `mediaTypes` of a configuration change in them
/// and add to them.
[[nodiscard]] OutputFormats read_output_formats(const Value& root);

}  // namespace likes::hugo
