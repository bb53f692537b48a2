#include "tools/bake/site_cache.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <limits>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "tools/support/file_io.h"

namespace likes::bake {
namespace {

namespace fs = std::filesystem;

/// To be raised whenever the layout below changes, or what `likes bake` takes for a marker.
constexpr std::string_view kMagic = "likes bake cache 2\n";
constexpr std::string_view kPrefix = "bake-";
constexpr std::size_t kMaxCacheBytes = std::size_t{1} << 30;

std::string real_path(const fs::path& site) {
  std::error_code code;
  const fs::path real = fs::canonical(site, code);
  return code ? site.string() : real.string();
}

std::uint32_t checksum(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      ::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

/// Numbers as the machine has them: a cache does not travel.
class Writer {
 public:
  template <class T>
  void number(T value) {
    std::array<char, sizeof(T)> bytes;
    std::memcpy(bytes.data(), &value, sizeof(T));
    bytes_.append(bytes.data(), bytes.size());
  }

  void count(std::size_t value) { number(static_cast<std::uint32_t>(value)); }

  void text(std::string_view value) {
    count(value.size());
    bytes_ += value;
  }

  void stamp(const std::optional<Stamp>& stamp) {
    number(static_cast<char>(stamp ? 1 : 0));
    if (stamp) {
      number(*stamp);
    }
  }

  std::string bytes_;
};

/// Reads what Writer writes. Behind the end everything is 0, and `ok` is false.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  template <class T>
  T number() {
    T value = {};
    if (bytes_.size() < sizeof(T)) {
      ok_ = false;
      bytes_ = {};
    } else {
      std::memcpy(&value, bytes_.data(), sizeof(T));
      bytes_.remove_prefix(sizeof(T));
    }
    return value;
  }

  /// How many things follow, each of which takes a byte at least.
  std::size_t count() {
    const std::size_t value = number<std::uint32_t>();
    ok_ = ok_ && value <= bytes_.size();
    return ok_ ? value : 0;
  }

  std::string text() {
    const std::size_t size = count();
    std::string value(bytes_.substr(0, size));
    bytes_.remove_prefix(size);
    return value;
  }

  std::optional<Stamp> stamp() {
    return number<char>() != 0 ? std::optional<Stamp>(number<Stamp>()) : std::nullopt;
  }

  [[nodiscard]] bool ok() const { return ok_; }

 private:
  std::string_view bytes_;
  bool ok_ = true;
};

void write_places(Writer& out, const std::vector<std::uint32_t>& places) {
  out.count(places.size());
  for (const std::uint32_t place : places) {
    out.number(place);
  }
}

std::vector<std::uint32_t> read_places(Reader& in, std::size_t known, bool& ok) {
  std::vector<std::uint32_t> places(in.count());
  for (std::uint32_t& place : places) {
    place = in.number<std::uint32_t>();
    ok = ok && place < known;
  }
  return places;
}

void write_drawing(Writer& out, const html::Drawing& drawing) {
  out.number(drawing.kind);
  out.number(drawing.limit);
  out.number(drawing.days);
  for (const std::string* text : {&drawing.key, &drawing.section, &drawing.lang, &drawing.drawn}) {
    out.text(*text);
  }
}

html::Drawing read_drawing(Reader& in) {
  html::Drawing drawing;
  drawing.kind = in.number<html::Drawing::Kind>();
  drawing.limit = in.number<std::size_t>();
  drawing.days = in.number<std::size_t>();
  for (std::string* text : {&drawing.key, &drawing.section, &drawing.lang, &drawing.drawn}) {
    *text = in.text();
  }
  return drawing;
}

void write_page(Writer& out, const PageRecord& page) {
  out.text(page.name);
  out.stamp(page.stamp);
  write_places(out, page.keys);
  write_places(out, page.drawings);
  out.count(page.siblings.size());
  for (const SiblingRecord& sibling : page.siblings) {
    out.number(sibling.coding);
    out.stamp(sibling.stamp);
  }
}

PageRecord read_page(Reader& in, const SiteRecord& record, bool& ok) {
  PageRecord page;
  page.name = in.text();
  page.stamp = in.stamp();
  page.keys = read_places(in, record.keys.size(), ok);
  page.drawings = read_places(in, record.drawings.size(), ok);
  const std::size_t siblings = in.count();
  for (std::size_t i = 0; i < siblings; ++i) {
    const Coding coding = in.number<Coding>();
    page.siblings.push_back({coding, in.stamp()});
  }
  return page;
}

std::string serialize(const std::string& site, const SiteRecord& record) {
  Writer out;
  out.bytes_ = kMagic;
  out.text(site);
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
    out.stamp(folder.stamp);
    out.count(folder.folders.size());
    for (const std::string& name : folder.folders) {
      out.text(name);
    }
    out.count(folder.pages.size());
    for (const PageRecord& page : folder.pages) {
      write_page(out, page);
    }
  }
  out.number(checksum(out.bytes_));
  return std::move(out.bytes_);
}

bool deserialize(std::string_view bytes, const std::string& site, SiteRecord& record) {
  std::uint32_t sum = 0;
  if (!bytes.starts_with(kMagic) || bytes.size() < kMagic.size() + sizeof(sum)) {
    return false;
  }
  std::memcpy(&sum, bytes.data() + bytes.size() - sizeof(sum), sizeof(sum));
  bytes.remove_suffix(sizeof(sum));
  if (checksum(bytes) != sum) {
    return false;
  }
  bytes.remove_prefix(kMagic.size());
  Reader in(bytes);
  bool ok = in.text() == site;
  const std::size_t keys = in.count();
  for (std::size_t i = 0; i < keys; ++i) {
    record.keys.push_back(in.text());
    record.shown.push_back(in.text());
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
    folder.stamp = in.stamp();
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

/// Removes the caches of sites that are no longer there: a site published under a new name each
/// time would leave one behind each time.
void forget_gone_sites(const fs::path& folder) {
  constexpr std::size_t kMaxPath = 4096;
  std::error_code code;
  for (fs::directory_iterator entry(folder, code); !code && entry != fs::directory_iterator();
       entry.increment(code)) {
    if (!entry->path().filename().string().starts_with(kPrefix)) {
      continue;
    }
    std::string head(kMagic.size() + sizeof(std::uint32_t) + kMaxPath, '\0');
    std::ifstream file(entry->path(), std::ios::binary);
    file.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(file.gcount()));
    if (!head.starts_with(kMagic)) {
      continue;
    }
    Reader in(std::string_view(head).substr(kMagic.size()));
    const std::string site = in.text();
    std::error_code ignored;
    if (in.ok() && !fs::exists(site, ignored)) {
      fs::remove(entry->path(), ignored);
    }
  }
}

}  // namespace

fs::path cache_file(const fs::path& folder, const fs::path& site) {
  // FNV-1a; a clash of two sites costs both their cache, no more: the file names its site.
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : real_path(site)) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string name(kPrefix);
  for (unsigned shift = 64; shift > 0; shift -= 4) {
    name += kHex[(hash >> (shift - 4)) & 0xF];
  }
  return folder / name;
}

SiteRecord read_cache(const fs::path& file, const fs::path& site) {
  SiteRecord record;
  if (file.empty()) {
    return record;
  }
  const Result<std::string> bytes = read_file(file, kMaxCacheBytes);
  if (!bytes || !deserialize(*bytes, real_path(site), record)) {
    return {};
  }
  return record;
}

void write_cache(const fs::path& file, const fs::path& site, const SiteRecord& record) {
  std::error_code code;
  if (file.empty()) {
    return;
  }
  if (!fs::exists(file, code)) {
    fs::create_directories(file.parent_path(), code);
    forget_gone_sites(file.parent_path());
  }
  const std::string bytes = serialize(real_path(site), record);
  // Not flushed to disk, unlike the pages: after a crash the checksum tells, and a cache is soon
  // made anew.
  std::string beside = file.string() + ".XXXXXX";
  const int descriptor = ::mkostemp(beside.data(), O_CLOEXEC);
  if (descriptor < 0) {
    return;
  }
  const bool whole = write_all(descriptor, bytes);
  ::close(descriptor);
  if (!whole || ::rename(beside.c_str(), file.c_str()) != 0) {
    ::unlink(beside.c_str());
  }
}

fs::path default_cache_folder() {
  const auto variable = [](const char* name) -> fs::path {
    const char* value = std::getenv(name);
    // A path that is not absolute is to be ignored, by the XDG specification.
    return value != nullptr && *value == '/' ? fs::path(value) : fs::path();
  };
  if (const fs::path folder = variable("CACHE_DIRECTORY"); !folder.empty()) {
    return folder.string().substr(0, folder.string().find(':'));  // systemd may give several.
  }
  if (const fs::path folder = variable("XDG_CACHE_HOME"); !folder.empty()) {
    return folder / "likes";
  }
  const fs::path home = variable("HOME");
  return home.empty() ? fs::path() : home / ".cache" / "likes";
}

}  // namespace likes::bake
