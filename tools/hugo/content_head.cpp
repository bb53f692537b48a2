#include "tools/hugo/content_head.h"

#include <algorithm>

#include "tools/support/file_io.h"

namespace likes::hugo {
namespace {

/// Whether more text could not change what was found: what begins or ends front matter takes up to
/// three characters, a comment of HTML four.
bool is_settled(const Result<std::optional<FrontMatterBlock>>& found, const std::string& text) {
  constexpr std::size_t kLongestMark = 4;
  if (!found) {
    return false;
  }
  if (found->has_value()) {
    const std::string_view block = (*found)->text;
    return block.data() + block.size() + kLongestMark <= text.data() + text.size();
  }
  const std::size_t mark = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  const std::size_t begin = text.find_first_not_of(" \t\r\n", mark);
  return begin != std::string::npos && begin + kLongestMark <= text.size();
}

}  // namespace

Result<std::optional<FrontMatterBlock>> read_content_head(const std::string& file,
                                                          std::string& text) {
  constexpr std::size_t kFirstStep = 1024;  // Nearly all front matter is shorter.
  Result<FileReader> reader = FileReader::open(file, kMaxContentBytes);
  if (!reader) {
    return tl::unexpected(reader.error());
  }
  while (true) {
    const std::size_t step = std::max(kFirstStep, text.size());
    if (Result<void> read = reader->read(text, step); !read) {
      return tl::unexpected(read.error());
    }
    Result<std::optional<FrontMatterBlock>> found = find_front_matter(text, file);
    if (reader->is_at_end() || is_settled(found, text)) {
      return found;
    }
  }
}

}  // namespace likes::hugo
