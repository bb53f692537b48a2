#include "tools/support/cache_file.h"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <cstdlib>
#include <fstream>
#include <system_error>
#include <utility>

#include "tools/support/descriptor.h"
#include "tools/support/file_io.h"

namespace likes {
namespace {

namespace fs = std::filesystem;

std::string real_path(const fs::path& site) {
  std::error_code code;
  const fs::path real = fs::canonical(site, code);
  return code ? site.string() : real.string();
}

std::uint32_t checksum(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      ::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

/// Removes the caches of sites that are no longer there: a site published under a new name each
/// time would leave one behind each time.
void forget_gone_sites(const fs::path& folder, std::string_view magic) {
  constexpr std::size_t kMaxPath = 4096;
  std::error_code code;
  for (fs::directory_iterator entry(folder, code); !code && entry != fs::directory_iterator();
       entry.increment(code)) {
    std::string head(magic.size() + sizeof(std::uint32_t) + kMaxPath, '\0');
    std::ifstream file(entry->path(), std::ios::binary);
    file.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(file.gcount()));
    if (!head.starts_with(magic)) {
      continue;
    }
    CacheReader in(std::string_view(head).substr(magic.size()));
    const std::string_view site = in.text();
    std::error_code ignored;
    if (in.ok() && !fs::exists(site, ignored)) {
      fs::remove(entry->path(), ignored);
    }
  }
}

}  // namespace

std::optional<CacheBytes> read_cache_file(const fs::path& file, std::string_view magic,
                                          const fs::path& site) {
  if (file.empty()) {
    return std::nullopt;
  }
  Result<std::string> bytes = read_file(file, kMaxCacheBytes);
  std::uint32_t sum = 0;
  if (!bytes || !bytes->starts_with(magic) || bytes->size() < magic.size() + sizeof(sum)) {
    return std::nullopt;
  }
  const std::size_t end = bytes->size() - sizeof(sum);
  std::memcpy(&sum, bytes->data() + end, sizeof(sum));
  const std::string_view whole = std::string_view(*bytes).substr(0, end);
  CacheReader in(whole.substr(magic.size()));
  if (checksum(whole) != sum || in.text() != real_path(site)) {
    return std::nullopt;
  }
  const std::size_t head = magic.size() + sizeof(std::uint32_t) + real_path(site).size();
  return CacheBytes{std::move(*bytes), head, end};
}

std::string_view CacheBytes::view() const {
  return std::string_view(whole).substr(begin, end - begin);
}

void write_cache_file(const fs::path& file, std::string_view magic, const fs::path& site,
                      std::string_view bytes) {
  std::error_code code;
  if (file.empty()) {
    return;
  }
  if (!fs::exists(file, code)) {
    fs::create_directories(file.parent_path(), code);
    forget_gone_sites(file.parent_path(), magic);
  }
  CacheWriter name;
  name.text(real_path(site));
  std::string whole(magic);
  whole.append(name.bytes()).append(bytes);
  CacheWriter sum;
  sum.number(checksum(whole));
  whole += sum.bytes();
  // Not flushed to disk, unlike what users keep: after a crash the checksum tells, and a cache is
  // soon made anew.
  std::string beside = file.string() + ".XXXXXX";
  Descriptor descriptor(::mkostemp(beside.data(), O_CLOEXEC));
  if (!descriptor.is_open()) {
    return;
  }
  if (!write_all(descriptor.get(), whole) || ::rename(beside.c_str(), file.c_str()) != 0) {
    ::unlink(beside.c_str());
  }
}

fs::path cache_file(const fs::path& folder, std::string_view prefix, const fs::path& site) {
  if (folder.empty()) {
    return {};
  }
  // FNV-1a; a clash of two sites costs both their cache, no more: the file names its site.
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : real_path(site)) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string name(prefix);
  for (unsigned shift = 64; shift > 0; shift -= 4) {
    name += kHex[(hash >> (shift - 4)) & 0xF];
  }
  return folder / name;
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

}  // namespace likes
