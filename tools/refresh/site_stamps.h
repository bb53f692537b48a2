#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/bake/site_files.h"
#include "tools/support/result.h"

namespace likes::refresh {

/// Tells, without reading a file, whether anything in a built site is other than it was: pages,
/// pictures, links, names.
class SiteStamps {
 public:
  [[nodiscard]] static Result<SiteStamps> take(const std::filesystem::path& site);

  /// Nothing where there are none, or none that can be read.
  [[nodiscard]] static std::optional<SiteStamps> load(const std::filesystem::path& file);
  [[nodiscard]] Result<void> save(const std::filesystem::path& file) const;

  /// Whether the site is as it was when these were taken.
  [[nodiscard]] bool still_hold(const std::filesystem::path& site) const;

  /// A name for the site's state.
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  struct Entry {
    std::string path;  ///< Below the site; "" is the site itself.
    Stamp stamp;
    bool is_sure = true;  ///< Not where it was changed so lately that the next change may not show.
  };

  /// Whether all are sure.
  [[nodiscard]] bool stamp_all(int root);
  [[nodiscard]] std::string to_text() const;

  std::vector<Entry> entries_;
  std::string name_;
};

}  // namespace likes::refresh
