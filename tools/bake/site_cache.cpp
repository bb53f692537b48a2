#include "tools/bake/site_cache.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "tools/support/cache_file.h"

namespace likes::bake {
namespace {

namespace fs = std::filesystem;

/// To be raised whenever the layout below changes, or what `likes bake` takes for a marker.
constexpr std::string_view kMagic = "likes bake cache 3\n";

void write_stamp(CacheWriter& out, const std::optional<Stamp>& stamp) {
  out.number(static_cast<char>(stamp ? 1 : 0));
  if (stamp) {
    out.number(*stamp);
  }
}

std::optional<Stamp> read_stamp(CacheReader& in) {
  return in.number<char>() != 0 ? std::optional<Stamp>(in.number<Stamp>()) : std::nullopt;
}

void write_places(CacheWriter& out, const std::vector<std::uint32_t>& places) {
  out.count(places.size());
  for (const std::uint32_t place : places) {
    out.number(place);
  }
}

std::vector<std::uint32_t> read_places(CacheReader& in, std::size_t known, bool& ok) {
  std::vector<std::uint32_t> places(in.count());
  for (std::uint32_t& place : places) {
    place = in.number<std::uint32_t>();
    ok = ok && place < known;
  }
  return places;
}

void write_drawing(CacheWriter& out, const html::Drawing& drawing) {
  out.number(drawing.kind);
  out.number(drawing.limit);
  out.number(drawing.days);
  for (const std::string* text : {&drawing.key, &drawing.section, &drawing.lang, &drawing.drawn}) {
    out.text(*text);
  }
}

html::Drawing read_drawing(CacheReader& in) {
  html::Drawing drawing;
  drawing.kind = in.number<html::Drawing::Kind>();
  drawing.limit = in.number<std::size_t>();
  drawing.days = in.number<std::size_t>();
  for (std::string* text : {&drawing.key, &drawing.section, &drawing.lang, &drawing.drawn}) {
    *text = in.text();
  }
  return drawing;
}

void write_page(CacheWriter& out, const PageRecord& page) {
  out.text(page.name);
  write_stamp(out, page.stamp);
  write_places(out, page.keys);
  write_places(out, page.drawings);
  out.count(page.siblings.size());
  for (const SiblingRecord& sibling : page.siblings) {
    out.number(sibling.coding);
    write_stamp(out, sibling.stamp);
  }
}

PageRecord read_page(CacheReader& in, const SiteRecord& record, bool& ok) {
  PageRecord page;
  page.name = in.text();
  page.stamp = read_stamp(in);
  page.keys = read_places(in, record.keys.size(), ok);
  page.drawings = read_places(in, record.drawings.size(), ok);
  const std::size_t siblings = in.count();
  for (std::size_t i = 0; i < siblings; ++i) {
    const Coding coding = in.number<Coding>();
    page.siblings.push_back({coding, read_stamp(in)});
  }
  return page;
}

std::string serialize(const SiteRecord& record) {
  CacheWriter out;
  out.count(record.keys.size());
  for (std::size_t i = 0; i < record.keys.size(); ++i) {
    out.text(record.keys[i]);
    out.text(record.shown[i]);
  }
  out.count(record.drawings.size());
  for (const html::Drawing& drawing : record.drawings) {
    write_drawing(out, drawing);
  }
  out.count(record.folders.size());
  for (const FolderRecord& folder : record.folders) {
    out.text(folder.path);
    write_stamp(out, folder.stamp);
    out.count(folder.folders.size());
    for (const std::string& name : folder.folders) {
      out.text(name);
    }
    out.count(folder.pages.size());
    for (const PageRecord& page : folder.pages) {
      write_page(out, page);
    }
  }
  return out.bytes();
}

bool deserialize(std::string_view bytes, SiteRecord& record) {
  CacheReader in(bytes);
  bool ok = true;
  const std::size_t keys = in.count();
  for (std::size_t i = 0; i < keys; ++i) {
    record.keys.emplace_back(in.text());
    record.shown.emplace_back(in.text());
  }
  const std::size_t drawings = in.count();
  for (std::size_t i = 0; i < drawings; ++i) {
    record.drawings.push_back(read_drawing(in));
  }
  const std::size_t folders = in.count();
  record.folders.reserve(folders);
  for (std::size_t i = 0; i < folders; ++i) {
    FolderRecord folder;
    folder.path = in.text();
    folder.stamp = read_stamp(in);
    folder.folders.resize(in.count());
    for (std::string& name : folder.folders) {
      name = in.text();
    }
    const std::size_t pages = in.count();
    folder.pages.reserve(pages);
    for (std::size_t page = 0; page < pages; ++page) {
      folder.pages.push_back(read_page(in, record, ok));
    }
    record.folders.push_back(std::move(folder));
  }
  return ok && in.ok();
}

}  // namespace

fs::path site_cache_file(const fs::path& folder, const fs::path& site) {
  return cache_file(folder, "bake-", site);
}

SiteRecord read_cache(const fs::path& file, const fs::path& site) {
  SiteRecord record;
  const std::optional<CacheBytes> bytes = read_cache_file(file, kMagic, site);
  if (!bytes || !deserialize(bytes->view(), record)) {
    return {};
  }
  return record;
}

void write_cache(const fs::path& file, const fs::path& site, const SiteRecord& record) {
  if (!file.empty()) {
    write_cache_file(file, kMagic, site, serialize(record));
  }
}

}  // namespace likes::bake
