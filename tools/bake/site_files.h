#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/bake/compression.h"
#include "tools/html/marker.h"
#include "tools/support/result.h"
#include "tools/support/stamp.h"

namespace likes::bake {

/// Where a run keeps files that are not yet in their place: in the site itself, so that a rename
/// moves them. What a killed run left in there, the next run removes.
inline constexpr const char* kStagingFolder = ".likes-bake";

struct SiblingRecord {
  Coding coding;
  std::optional<Stamp> stamp;

  bool operator==(const SiblingRecord&) const = default;
};

/// A page, or feed, of a folder. Without a stamp nothing is known but that it is there.
struct PageRecord {
  std::string name;
  std::optional<Stamp> stamp;
  std::vector<std::uint32_t> keys;      ///< What it shows: places in SiteRecord::keys.
  std::vector<std::uint32_t> drawings;  ///< And in SiteRecord::drawings.
  std::vector<SiblingRecord> siblings;  ///< Its compressed forms.
};

struct FolderRecord {
  std::string path;            ///< Below the site: "" or "posts/a/".
  std::optional<Stamp> stamp;  ///< Without one the names have to be read.
  std::vector<PageRecord> pages;
  std::vector<std::string> folders;

  [[nodiscard]] bool has_names_of(const FolderRecord& other) const;
};

/// All that is known of a site: read from the cache, brought up to date by a run.
struct SiteRecord {
  std::vector<std::string> keys;
  std::vector<std::string> shown;  ///< The text that pages show for each key.
  std::vector<html::Drawing> drawings;
  std::vector<FolderRecord> folders;
  bool has_news = false;  ///< Whether it says other than the cache did.
};

/// A folder that stays open, so that names below it are found fast and stay below it.
class OpenFolder {
 public:
  [[nodiscard]] static Result<OpenFolder> open(const std::filesystem::path& path);
  OpenFolder(OpenFolder&& other) noexcept;
  OpenFolder& operator=(OpenFolder&& other) = delete;
  ~OpenFolder();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] int descriptor() const { return descriptor_; }

  /// Nothing where there is no regular file (a link is none).
  [[nodiscard]] std::optional<Stamp> file_stamp(const std::string& name) const;
  [[nodiscard]] std::optional<Stamp> folder_stamp(const std::string& name) const;

  /// Reads the names of the folder `path` below this one.
  [[nodiscard]] Result<FolderRecord> list(const std::string& path) const;

  /// Keeps others who lock it away until this object is gone; fails when somebody has it locked.
  [[nodiscard]] Result<void> lock() const;

 private:
  OpenFolder(std::filesystem::path path, int descriptor);

  std::filesystem::path path_;
  int descriptor_;
};

/// Lists the folders and pages below `site`, sorted by name. What `known` says of those that are as
/// they were is kept.
[[nodiscard]] Result<SiteRecord> list_site(const OpenFolder& site, SiteRecord known);

}  // namespace likes::bake
