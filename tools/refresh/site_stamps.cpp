#include "tools/refresh/site_stamps.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include "tools/formats/like_counts.h"
#include "tools/support/descriptor.h"
#include "tools/support/file_io.h"
#include "tools/support/parallel.h"

namespace likes::refresh {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHead = "likes refresh: stamps of a site 1\n";
constexpr std::chrono::milliseconds kUntilSettled{25};
constexpr std::size_t kMaxBytes = std::size_t{1} << 30;

std::optional<Stamp> stamp_below(int folder, const std::string& path) {
  struct stat status = {};
  if (::fstatat(folder, path.empty() ? "." : path.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
    return std::nullopt;
  }
  return stamp_of(status);
}

template <class Number>
bool take_number(std::string_view& text, Number& number) {
  const std::from_chars_result read =
      std::from_chars(text.data(), text.data() + text.size(), number);
  const auto length = static_cast<std::size_t>(read.ptr - text.data());
  if (read.ec != std::errc() || length >= text.size() || text[length] != ' ') {
    return false;
  }
  text.remove_prefix(length + 1);
  return true;
}

std::string name_of(std::string_view text) {
  const std::string tag = formats::entity_tag(text);
  return tag.substr(1, tag.size() - 2);  // Without its quotes.
}

tl::unexpected<Error> cannot_read(const std::string& reason, const fs::path& path) {
  return fail(ErrorCode::kUnavailable, "cannot read the built site: " + reason, {path.string()});
}

}  // namespace

Result<SiteStamps> SiteStamps::take(const fs::path& site) {
  const Descriptor root(::open(site.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!root.is_open()) {
    return cannot_read(std::strerror(errno), site);
  }
  SiteStamps stamps;
  stamps.entries_.emplace_back();
  std::error_code code;
  fs::recursive_directory_iterator entry(site, code);
  for (; !code && entry != fs::recursive_directory_iterator(); entry.increment(code)) {
    if (entry.depth() == 0 && entry->path().filename() == bake::kStagingFolder) {
      entry.disable_recursion_pending();
      continue;
    }
    stamps.entries_.emplace_back();
    stamps.entries_.back().path =
        entry->path().string().substr(site.string().size() + (site.has_filename() ? 1 : 0));
  }
  if (code) {
    return cannot_read(code.message(), site);
  }
  std::sort(stamps.entries_.begin(), stamps.entries_.end(),
            [](const Entry& a, const Entry& b) { return a.path < b.path; });
  // Hugo may have ended a moment ago; soon its last files are settled, too.
  for (int round = 0; round < 2 && !stamps.stamp_all(root.get()); ++round) {
    std::this_thread::sleep_for(kUntilSettled);
  }
  stamps.name_ = name_of(stamps.to_text());
  return stamps;
}

bool SiteStamps::stamp_all(int root) {
  bool all_sure = true;
  for (Entry& entry : entries_) {
    const std::optional<Stamp> stamp = stamp_below(root, entry.path);
    entry.stamp = stamp.value_or(Stamp());
    entry.is_sure = stamp && stamp->is_settled();
    all_sure = all_sure && entry.is_sure;
  }
  return all_sure;
}

std::optional<SiteStamps> SiteStamps::load(const fs::path& file) {
  const Result<std::string> bytes = read_file(file, kMaxBytes);
  if (!bytes || !bytes->starts_with(kHead)) {
    return std::nullopt;
  }
  SiteStamps stamps;
  std::string_view rest = std::string_view(*bytes).substr(kHead.size());
  while (!rest.empty()) {
    Entry entry;
    Stamp& stamp = entry.stamp;
    const bool is_stamp = take_number(rest, stamp.device) && take_number(rest, stamp.inode) &&
                          take_number(rest, stamp.bytes) && take_number(rest, stamp.modified_ns) &&
                          take_number(rest, stamp.changed_ns);
    const std::size_t end = rest.find('\0');
    if (!is_stamp || end == std::string_view::npos) {
      return std::nullopt;
    }
    entry.path = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    stamps.entries_.push_back(std::move(entry));
  }
  stamps.name_ = name_of(*bytes);
  return stamps;
}

/// A zero byte behind each path: no path has one.
std::string SiteStamps::to_text() const {
  std::string text(kHead);
  const auto add = [&text](auto number) {
    std::array<char, 24> digits;
    const std::to_chars_result written =
        std::to_chars(digits.data(), digits.data() + digits.size(), number);
    text.append(digits.data(), written.ptr);
    text += ' ';
  };
  for (const Entry& entry : entries_) {
    // What is not sure is to be taken for changed when it is read again.
    const Stamp stamp = entry.is_sure ? entry.stamp : Stamp();
    add(stamp.device);
    add(stamp.inode);
    add(stamp.bytes);
    add(stamp.modified_ns);
    add(stamp.changed_ns);
    text += entry.path;
    text += '\0';
  }
  return text;
}

Result<void> SiteStamps::save(const fs::path& file) const {
  return write_file(file, to_text());
}

bool SiteStamps::still_hold(const fs::path& site) const {
  const Descriptor root(::open(site.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  std::atomic<bool> holds{root.is_open()};
  for_each_in_parallel(entries_.size(), [&](std::size_t i) {
    if (holds && stamp_below(root.get(), entries_[i].path) != entries_[i].stamp) {
      holds = false;
    }
  });
  return holds;
}

}  // namespace likes::refresh
