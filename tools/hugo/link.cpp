#include "tools/hugo/link.h"

#include <algorithm>
#include <vector>

#include "tools/hugo/unicode.h"
#include "tools/support/ascii.h"
#include "tools/support/character_set.h"

namespace likes::hugo {
namespace {

constexpr std::string_view kIndex = "index.html";

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_escape(std::string_view text, std::size_t at) {
  return at + 2 < text.size() && text[at] == '%' && is_hex(text[at + 1]) && is_hex(text[at + 2]);
}

int hex_value(char c) {
  return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

char unescaped(std::string_view text, std::size_t at) {
  return static_cast<char>(hex_value(text[at + 1]) * 16 + hex_value(text[at + 2]));
}

constexpr CharacterSet kUnreserved =
    CharacterSet("-_.~$&+,/:;=@").and_range('a', 'z').and_range('A', 'Z').and_range('0', '9');
/// In a link, besides those.
constexpr CharacterSet kAllowed("!'()*[]");
/// Signs that paths keep.
constexpr CharacterSet kKeptSigns("./\\_#+~-@");
constexpr CharacterSet kSane = kKeptSigns.and_range('a', 'z').and_range('0', '9');
constexpr CharacterSet kKept = kSane.and_range('A', 'Z');

std::string escape_bytes(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string escaped;
  for (const char c : text) {
    if (kUnreserved.has(c)) {
      escaped += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      escaped += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
    }
  }
  return escaped;
}

std::vector<std::string> split_elements(std::string_view path) {
  std::vector<std::string> elements;
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    if (end > at) {
      elements.emplace_back(path.substr(at, end - at));
    }
    at = end + 1;
  }
  return elements;
}

/// The elements of a link, put together like Hugo does it.
class LinkBuilder {
 public:
  LinkBuilder() { elements_.reserve(kUsualElements); }
  void add(std::string element) {
    if (!element.empty() && element != "/") {
      elements_.push_back(std::move(element));
    }
  }
  void append_to_last(std::string_view suffix) {
    if (elements_.empty()) {
      add(std::string(suffix));
      return;
    }
    std::string& last = elements_.back();
    if (last.ends_with('/')) {
      last.pop_back();
    }
    last += suffix;
  }
  void sanitize(const PathRules& rules) {
    for (std::string& element : elements_) {
      element = sanitize_path(std::move(element), rules);
    }
  }
  /// `cut_index` leaves "index.html" out: the page is its folder.
  [[nodiscard]] std::string link(bool cut_index) const {
    std::string text;
    text.reserve(kUsualBytes);
    bool had_slash = false;
    for (std::size_t i = 0; i + (cut_index ? 1 : 0) < elements_.size(); ++i) {
      if (!had_slash && !elements_[i].starts_with('/')) {
        text += '/';
      }
      had_slash = elements_[i].ends_with('/');
      text += elements_[i];
    }
    if (cut_index && !text.ends_with('/')) {
      text += '/';
    }
    return text;
  }
  [[nodiscard]] bool ends_in_index() const {
    return !elements_.empty() && elements_.back() == kIndex;
  }

 private:
  static constexpr std::size_t kUsualElements = 4;
  static constexpr std::size_t kUsualBytes = 100;
  std::vector<std::string> elements_;
};

std::string hash_escaped(std::string link) {
  for (std::size_t hash = link.find('#'); hash != std::string::npos; hash = link.find('#', hash)) {
    link.replace(hash, 1, "%23");
  }
  return link;
}

/// Puts the language before a link, unless a url has it already.
std::string with_prefix(const LinkParts& parts, std::string link) {
  const bool is_there = parts.prefix.empty() || parts.url.starts_with("/" + parts.prefix);
  const bool is_rooted = parts.url.starts_with('/') && parts.kind != "home";
  if (is_there || (is_rooted && !parts.is_prefix_forced)) {
    return link;
  }
  return "/" + parts.prefix + link;
}

/// Of old the first "#" stays, as what begins a fragment; further ones are a part of it.
std::string hash_escaped(std::string link, const LinkParts& parts) {
  const std::size_t hash = parts.is_of_old ? link.find('#') : std::string::npos;
  if (hash == std::string::npos) {
    return hash_escaped(std::move(link));
  }
  return link.substr(0, hash) + "#" + hash_escaped(link.substr(hash + 1));
}

/// Escapes what stands on either side of the "#" that begins a fragment.
std::string escaped(std::string link) {
  const std::size_t hash = link.find('#');
  if (hash == std::string::npos) {
    return escape_link(std::move(link));
  }
  return escape_link(link.substr(0, hash)) + "#" + escape_link(link.substr(hash + 1));
}

std::string without_dots(std::string link) {
  if (link.find("/..") == std::string::npos) {
    return link;
  }
  return clean_path(link) + (link.ends_with('/') ? "/" : "");
}

std::string link_of_url(const LinkParts& parts) {
  std::string url = parts.url;
  if (url.find("..") != std::string::npos) {
    url = clean_path("/" + url);
  }
  LinkBuilder builder;
  builder.add(parts.format.path);
  for (std::string& element : split_elements(url)) {
    builder.add(std::move(element));
  }
  if (url.ends_with('/') || url.find('.') == std::string::npos) {
    builder.add(parts.format.base_name + parts.format.suffix);
  }
  if (parts.kind != "page") {
    builder.sanitize(parts.rules);
  }
  if (!parts.cuts_index && url.ends_with("/" + std::string(kIndex))) {
    return url + "/";
  }
  const bool cuts_index = builder.ends_in_index();
  const std::string link = hash_escaped(with_prefix(parts, builder.link(cuts_index)), parts);
  // A query is no part of the path: it stays as it is.
  const std::size_t query = std::min(link.find('?'), link.size());
  return escaped(link.substr(0, query)) + link.substr(query);
}

/// The path of a page, or of a section or term, without its file.
void add_path(const LinkParts& parts, LinkBuilder& builder) {
  const bool is_page = parts.kind == "page";
  if (!is_page) {
    builder.add(parts.permalink.empty() ? parts.folder + "/" + parts.name : parts.permalink);
  }
  builder.add(parts.format.path);
  if (is_page && !parts.permalink.empty()) {
    builder.add(parts.permalink);
  } else if (is_page) {
    builder.add(parts.folder);
    builder.add(parts.name);
  }
}

}  // namespace

std::string sanitize_path(std::string path, const PathRules& rules) {
  // With no blank in it to become a hyphen.
  if (kSane.has_all_of(path)) {
    return path;
  }
  std::string kept;
  kept.reserve(path.size());
  bool hyphen_waits = false;
  bool was_hyphen = false;
  bool is_ascii = true;
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t begin = at;
    const char32_t character = next_character(path, at);
    const bool is_kept = character < 0x80 ? kKept.has(path[begin]) || is_escape(path, begin)
                                          : is_letter_digit_or_mark(character);
    if (is_kept) {
      was_hyphen = character == '-';
      if (hyphen_waits && !was_hyphen) {
        kept += '-';
      }
      hyphen_waits = false;
      if (character < 0x80) {
        kept += rules.to_lower ? lower_ascii(path[begin]) : path[begin];
      } else {
        append_utf8(kept, character);
        is_ascii = false;
      }
    } else if (!kept.empty() && !was_hyphen && is_space(character)) {
      hyphen_waits = true;
    }
  }
  if (!is_ascii && rules.remove_accents) {
    kept = remove_accents(kept);
  }
  return !is_ascii && rules.to_lower ? to_lower(kept) : kept;
}

std::string clean_path(std::string path) {
  const bool is_clean = path.size() > 1 && path.starts_with('/') &&
                        path.find("//") == std::string::npos &&
                        path.find("/.") == std::string::npos;
  if (is_clean) {
    path.resize(path.size() - (path.ends_with('/') ? 1 : 0));
    return path;
  }
  const bool is_rooted = path.starts_with('/');
  std::vector<std::string> kept;
  for (std::string& element : split_elements(path)) {
    if (element == "..") {
      if (!kept.empty() && kept.back() != "..") {
        kept.pop_back();
      } else if (!is_rooted) {
        kept.push_back(std::move(element));
      }
    } else if (element != ".") {
      kept.push_back(std::move(element));
    }
  }
  std::string cleaned = is_rooted ? "/" : "";
  for (std::size_t i = 0; i < kept.size(); ++i) {
    cleaned += (i > 0 ? "/" : "") + kept[i];
  }
  return cleaned.empty() ? "." : cleaned;
}

std::string query_unescape(std::string text) {
  if (text.find('%') == std::string::npos && text.find('+') == std::string::npos) {
    return text;
  }
  std::string unescaped_text;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%') {
      if (!is_escape(text, at)) {
        return "";
      }
      unescaped_text += unescaped(text, at);
      at += 2;
    } else {
      unescaped_text += text[at] == '+' ? ' ' : text[at];
    }
  }
  return unescaped_text;
}

std::string escape_link(std::string link) {
  if (kUnreserved.has_all_of(link)) {
    return link;
  }
  std::string plain;
  bool is_valid = true;
  for (std::size_t at = 0; at < link.size(); ++at) {
    if (is_escape(link, at)) {
      plain += unescaped(link, at);
      at += 2;
      continue;
    }
    const bool is_allowed = kUnreserved.has(link[at]) || kAllowed.has(link[at]);
    is_valid = is_valid && is_allowed;
    plain += link[at];
  }
  return is_valid ? link : escape_bytes(plain);
}

std::string page_link(const LinkParts& parts) {
  if (!parts.url.empty() && parts.kind != "home") {
    const std::string link = link_of_url(parts);
    return link.empty() ? "/" : link;
  }
  const OutputFormat& format = parts.format;
  LinkBuilder builder;
  add_path(parts, builder);
  // A page that is called "index" already is the index of its folder.
  const bool is_index = parts.kind == "page" && parts.permalink.empty() && !parts.is_bundle &&
                        parts.name == format.base_name;
  const bool is_ugly = ((parts.is_ugly || format.is_ugly) && !format.is_never_ugly) || is_index;
  const bool has_index = parts.kind == "home" ||
                         (parts.kind != "page" && parts.kind != "term" && parts.has_ugly_index);
  if (is_ugly && !has_index) {
    builder.append_to_last(format.suffix);
  } else {
    builder.add(format.base_name + format.suffix);
  }
  const bool cut_index =
      builder.ends_in_index() && (!is_ugly || parts.kind == "page" || !parts.has_ugly_index);
  std::string path;
  if (parts.is_of_old) {
    path = sanitize_path(builder.link(cut_index), parts.rules);
  } else {
    builder.sanitize(parts.rules);
    path = builder.link(cut_index);
  }
  if (!parts.keeps_dots) {
    path = without_dots(std::move(path));
  }
  std::string link = escaped(hash_escaped(with_prefix(parts, std::move(path)), parts));
  return link.empty() ? "/" : link;
}

}  // namespace likes::hugo
