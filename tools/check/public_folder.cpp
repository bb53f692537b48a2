#include "tools/check/public_folder.h"

#include <algorithm>
#include <system_error>
#include <vector>

#include "tools/html/page_file.h"
#include "tools/support/file_io.h"
#include "tools/support/progress.h"

namespace likes::check {
namespace {

namespace fs = std::filesystem;

Result<std::vector<fs::path>> list_pages(const fs::path& folder) {
  std::vector<fs::path> pages;
  std::error_code code;
  fs::recursive_directory_iterator at(folder, code);
  for (; !code && at != fs::recursive_directory_iterator(); at.increment(code)) {
    const bool is_hidden = at->path().filename().string().starts_with('.');
    if (is_hidden) {
      at.disable_recursion_pending();
    } else if (at->symlink_status(code).type() == fs::file_type::regular &&
               html::syntax_of(at->path().native())) {
      pages.push_back(at->path().lexically_relative(folder));
    }
  }
  if (code) {
    return fail(ErrorCode::kNotFound, "cannot read the built site: " + code.message(),
                {folder.string()});
  }
  std::sort(pages.begin(), pages.end());
  return pages;
}

}  // namespace

Result<std::size_t> read_public_folder(const fs::path& folder, const SeePage& see) {
  const Result<std::vector<fs::path>> pages = list_pages(folder);
  if (!pages) {
    return tl::unexpected(pages.error());
  }
  Progress progress("likes check", "pages", pages->size());
  for (const fs::path& page : *pages) {
    const std::string name = (folder / page).string();
    const Result<std::string> bytes = read_file(folder / page, html::kMaxPageBytes);
    PageFacts facts;
    if (bytes) {
      facts = read_page(*bytes, name, html::syntax_of(page.native()).value_or(html::Syntax::kHtml));
    } else {
      facts.problems.push_back(bytes.error());
    }
    see(page.generic_string(), name, facts);
    progress.step();
  }
  return pages->size();
}

}  // namespace likes::check
