#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace likes {

// Files that only spare work. Each begins with a magic, which is raised whenever its layout or
// what it is made by changes, and with the name of the site that it is about; a checksum ends it.
// One that is missing, damaged, of another version or of another site knows nothing.

inline constexpr std::size_t kMaxCacheBytes = std::size_t{1} << 30;

/// Puts values together. Numbers are as the machine has them: a cache does not travel.
class CacheWriter {
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

  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

/// Reads what CacheWriter writes. Behind the end everything is 0, and `ok` is false.
class CacheReader {
 public:
  explicit CacheReader(std::string_view bytes) : bytes_(bytes) {}

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

  /// A part of the bytes that are read from.
  std::string_view text() {
    const std::size_t size = count();
    const std::string_view value = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return value;
  }

  [[nodiscard]] bool ok() const { return ok_; }

 private:
  std::string_view bytes_;
  bool ok_ = true;
};

/// What write_cache_file() was given, a part of the file.
struct CacheBytes {
  std::string whole;
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] std::string_view view() const;
};

/// What was written for the same site.
[[nodiscard]] std::optional<CacheBytes> read_cache_file(const std::filesystem::path& file,
                                                        std::string_view magic,
                                                        const std::filesystem::path& site);

/// Where it cannot be written, it is not. A new file takes the place of those of the same magic in
/// its folder whose site is gone.
void write_cache_file(const std::filesystem::path& file, std::string_view magic,
                      const std::filesystem::path& site, std::string_view bytes);

/// The file in `folder` that keeps what is known of `site`: its name starts with `prefix`. "" where
/// the folder is.
[[nodiscard]] std::filesystem::path cache_file(const std::filesystem::path& folder,
                                               std::string_view prefix,
                                               const std::filesystem::path& site);

/// Where a user's caches are: in $CACHE_DIRECTORY (systemd), $XDG_CACHE_HOME or ~/.cache; "" where
/// none of these is known.
[[nodiscard]] std::filesystem::path default_cache_folder();

}  // namespace likes
