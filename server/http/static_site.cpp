#include "server/http/static_site.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <optional>
#include <utility>
#include <vector>

#include "server/http/responses.h"
#include "tools/formats/like_counts.h"
#include "tools/support/descriptor.h"
#include "tools/support/url.h"

namespace likes::http {
namespace {

constexpr std::size_t kMaxSegments = 64;
constexpr std::size_t kMinHashDigits = 16;

struct File {
  std::string bytes;
  std::int64_t changed = 0;
};

enum class Found { kFile, kFolder, kNothing, kTooLarge };

struct Lookup {
  Found found = Found::kNothing;
  File file;
};

bool is_segment_allowed(std::string_view segment) {
  return !segment.empty() && (segment.front() != '.' || segment == ".well-known") &&
         segment.find('\0') == std::string_view::npos;
}

/// The names on the way from the folder to the file; nothing for a path that leads elsewhere.
std::optional<std::vector<std::string>> segments_of(std::string_view path) {
  std::vector<std::string> segments;
  path.remove_prefix(std::min<std::size_t>(path.size(), 1));
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view segment = path.substr(0, slash);
    if (!is_segment_allowed(segment) || segments.size() == kMaxSegments) {
      return std::nullopt;
    }
    segments.emplace_back(segment);
    path = slash == std::string_view::npos ? "" : path.substr(slash + 1);
  }
  return segments;
}

Lookup read_open_file(int file, const struct stat& status, std::size_t max_bytes) {
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size > max_bytes) {
    return {Found::kTooLarge, {}};
  }
  Lookup lookup{Found::kFile, {std::string(size, '\0'), status.st_mtime}};
  std::size_t filled = 0;
  while (filled < size) {
    const ssize_t got = ::read(file, lookup.file.bytes.data() + filled, size - filled);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got <= 0) {
      break;
    }
    filled += static_cast<std::size_t>(got);
  }
  lookup.file.bytes.resize(filled);
  return lookup;
}

/// Goes down one name at a time and follows no link, so that no path and no race leads outside.
Lookup look_up(const std::filesystem::path& folder, const std::vector<std::string>& segments,
               std::size_t max_bytes) {
  Descriptor here(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  for (const std::string& segment : segments) {
    if (!here.is_open()) {
      return {};
    }
    // O_NONBLOCK: opening a pipe that someone put there must not hang.
    here = Descriptor(
        ::openat(here.get(), segment.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  }
  struct stat status = {};
  if (!here.is_open() || ::fstat(here.get(), &status) != 0) {
    return {};
  }
  if (S_ISDIR(status.st_mode)) {
    return {Found::kFolder, {}};
  }
  return S_ISREG(status.st_mode) ? read_open_file(here.get(), status, max_bytes) : Lookup{};
}

bool is_unchanged(const Request& request, const std::string& entity_tag, std::int64_t changed) {
  const std::string_view tags = request.header("If-None-Match");
  if (!tags.empty()) {
    return holds_tag(tags, entity_tag);
  }
  const std::int64_t since = parse_http_date(request.header("If-Modified-Since"));
  return since > 1 && changed > 1 && changed <= since;
}

Response file_response(const Request& request, std::string_view name, File file) {
  Response response;
  const std::string entity_tag = formats::entity_tag(file.bytes);
  response.set("ETag", entity_tag);
  // Stores such as Nix's set every file's time to 1: it says nothing about the content.
  if (file.changed > 1) {
    response.set("Last-Modified", http_date(file.changed));
  }
  response.set("Cache-Control",
               is_fingerprinted(name) ? "public, max-age=31536000, immutable" : "no-cache");
  response.set("X-Content-Type-Options", "nosniff");
  if (is_unchanged(request, entity_tag, file.changed)) {
    response.status = 304;
    return response;
  }
  response.set("Content-Type", std::string(content_type(name)));
  response.body = std::move(file.bytes);
  return response;
}

Response redirect_to_folder(const std::string& path, std::string_view query) {
  Response response;
  response.status = 301;
  response.set("Location",
               percent_encode_path(path) + "/" + (query.empty() ? "" : "?" + std::string(query)));
  response.set("Cache-Control", "no-cache");
  return response;
}

}  // namespace

StaticSite::StaticSite(std::filesystem::path folder, std::size_t max_file_bytes)
    : folder_(std::move(folder)), max_file_bytes_(max_file_bytes) {}

Response StaticSite::answer(const Request& request) const {
  if (request.method != "GET" && request.method != "HEAD") {
    Response response = failure(405, "Pages can only be read");
    response.set("Allow", "GET, HEAD");
    return response;
  }
  const Target target = split_target(request.target);
  const Result<std::string> path = percent_decode(target.path);
  if (!path || !path->starts_with('/')) {
    return not_found();
  }
  std::optional<std::vector<std::string>> segments = segments_of(*path);
  if (!segments) {
    return not_found();
  }
  const bool names_folder = path->ends_with('/');
  if (names_folder) {
    segments->emplace_back("index.html");
  }
  Lookup lookup = look_up(folder_, *segments, max_file_bytes_);
  switch (lookup.found) {
    case Found::kFile:
      return file_response(request, segments->back(), std::move(lookup.file));
    case Found::kFolder:
      return names_folder ? not_found() : redirect_to_folder(*path, target.query);
    case Found::kTooLarge:
      return failure(500, "The file is larger than " + std::to_string(max_file_bytes_) + " bytes");
    case Found::kNothing:
      break;
  }
  return not_found();
}

Response StaticSite::not_found() const {
  Lookup page = look_up(folder_, {"404.html"}, max_file_bytes_);
  Response response;
  response.status = 404;
  response.set("Cache-Control", "no-cache");
  response.set("X-Content-Type-Options", "nosniff");
  if (page.found == Found::kFile) {
    response.set("Content-Type", std::string(content_type("404.html")));
    response.body = std::move(page.file.bytes);
  } else {
    response.set("Content-Type", "text/plain; charset=utf-8");
    response.body = "Page not found\n";
  }
  return response;
}

std::string_view content_type(std::string_view file_name) {
  struct Type {
    std::string_view suffix;
    std::string_view type;
  };
  static constexpr std::array kTypes{
      Type{".html", "text/html; charset=utf-8"},
      Type{".htm", "text/html; charset=utf-8"},
      Type{".css", "text/css; charset=utf-8"},
      Type{".js", "text/javascript; charset=utf-8"},
      Type{".mjs", "text/javascript; charset=utf-8"},
      Type{".json", "application/json"},
      Type{".map", "application/json"},
      Type{".webmanifest", "application/manifest+json"},
      Type{".xml", "application/xml; charset=utf-8"},
      Type{".txt", "text/plain; charset=utf-8"},
      Type{".md", "text/markdown; charset=utf-8"},
      Type{".csv", "text/csv; charset=utf-8"},
      Type{".ics", "text/calendar; charset=utf-8"},
      Type{".svg", "image/svg+xml"},
      Type{".png", "image/png"},
      Type{".jpg", "image/jpeg"},
      Type{".jpeg", "image/jpeg"},
      Type{".gif", "image/gif"},
      Type{".webp", "image/webp"},
      Type{".avif", "image/avif"},
      Type{".ico", "image/x-icon"},
      Type{".woff2", "font/woff2"},
      Type{".woff", "font/woff"},
      Type{".ttf", "font/ttf"},
      Type{".otf", "font/otf"},
      Type{".pdf", "application/pdf"},
      Type{".wasm", "application/wasm"},
      Type{".mp3", "audio/mpeg"},
      Type{".ogg", "audio/ogg"},
      Type{".mp4", "video/mp4"},
      Type{".webm", "video/webm"},
      Type{".zip", "application/zip"},
      Type{".gz", "application/gzip"},
  };
  const std::size_t dot = file_name.rfind('.');
  const std::string_view suffix = dot == std::string_view::npos ? "" : file_name.substr(dot);
  const auto* const type = std::find_if(kTypes.begin(), kTypes.end(), [suffix](const Type& known) {
    return equal_ignoring_case(known.suffix, suffix);
  });
  return type == kTypes.end() ? "application/octet-stream" : type->type;
}

bool is_fingerprinted(std::string_view file_name) {
  std::size_t digits = 0;
  bool part_is_hex = false;  // Whether the part began right after a separator and is hex so far.
  for (const char c : file_name) {
    const bool separator = c == '.' || c == '-' || c == '_';
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    if (separator && part_is_hex && digits >= kMinHashDigits) {
      return true;
    }
    part_is_hex = separator || (part_is_hex && hex);
    digits = separator ? 0 : digits + 1;
  }
  return false;
}

std::string http_date(std::int64_t unix_seconds) {
  const auto seconds = static_cast<std::time_t>(unix_seconds);
  std::tm parts = {};
  ::gmtime_r(&seconds, &parts);
  // No setlocale() anywhere: the names of days and months are the English ones.
  std::array<char, 64> text{};
  const std::size_t size =
      std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return {text.data(), size};
}

std::int64_t parse_http_date(std::string_view text) {
  const std::string terminated(text);
  std::tm parts = {};
  const char* const end = ::strptime(terminated.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  if (end == nullptr || *end != '\0') {
    return -1;
  }
  return ::timegm(&parts);
}

}  // namespace likes::http
