#include "tools/index/hugo_list.h"

#include <filesystem>

namespace likes::index {
namespace {

using hugo::Page;

/// Go's encoding/csv: quoted where a reader would stumble otherwise.
std::string quoted(const std::string& field) {
  const bool is_plain = field.find_first_of(",\"\r\n") == std::string::npos &&
                        !field.starts_with(' ') && !field.starts_with('\t') && field != "\\.";
  if (is_plain) {
    return field;
  }
  std::string text = "\"";
  for (const char c : field) {
    text += c == '"' ? "\"\"" : std::string(1, c);
  }
  return text + "\"";
}

/// A page without a date has Go's first moment here.
std::string date_text(const hugo::Date& date) {
  return date.is_zero() ? "0001-01-01T00:00:00Z" : date.to_rfc3339();
}

}  // namespace

std::string list_as_csv(const std::vector<const Page*>& pages, const hugo::Config& config) {
  std::string text = "path,slug,title,date,expiryDate,publishDate,draft,permalink,kind,section\n";
  for (const Page* page : pages) {
    const std::filesystem::path file =
        std::filesystem::path(page->source.place).lexically_relative(config.source);
    const std::string fields[] = {file.string(),
                                  page->slug,
                                  page->title,
                                  date_text(page->date),
                                  date_text(page->expiry_date),
                                  date_text(page->publish_date),
                                  page->is_draft ? "true" : "false",
                                  page->permalink,
                                  std::string(page->kind),
                                  page->section};
    std::string line;
    for (const std::string& field : fields) {
      line += (line.empty() ? "" : ",") + quoted(field);
    }
    text += line + "\n";
  }
  return text;
}

}  // namespace likes::index
