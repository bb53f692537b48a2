#include "tools/bake/outlook.h"

#include <algorithm>
#include <cstdint>

#include "tools/bake/bake_page.h"

namespace likes::bake {

Outlook look_ahead(const SiteRecord& record, const formats::LikeCounts& counts, Redraws& redraws) {
  std::vector<char> differs(record.keys.size(), 0);
  for (std::size_t i = 0; i < record.keys.size(); ++i) {
    differs[i] = shown_count(counts, record.keys[i]) == record.shown[i] ? 0 : 1;
  }
  std::vector<char> is_due(record.drawings.size(), 0);
  for (std::size_t i = 0; i < record.drawings.size(); ++i) {
    is_due[i] = redraws.is_due(record.drawings[i]) ? 1 : 0;
  }
  const auto any = [](const std::vector<std::uint32_t>& places, const std::vector<char>& marked) {
    return std::any_of(places.begin(), places.end(),
                       [&marked](std::uint32_t place) { return marked[place] != 0; });
  };
  Outlook outlook;
  for (const FolderRecord& folder : record.folders) {
    for (const PageRecord& page : folder.pages) {
      if (any(page.keys, differs)) {
        outlook.pages.push_back(folder.path + page.name);
      }
      if (any(page.drawings, is_due)) {
        outlook.redraws.push_back(folder.path + page.name);
      }
    }
  }
  return outlook;
}

}  // namespace likes::bake
