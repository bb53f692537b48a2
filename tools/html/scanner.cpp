#include "tools/html/scanner.h"

#include <algorithm>
#include <array>

#include "tools/support/ascii.h"

namespace likes::html {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::string_view kSpace = " \t\n\f\r";

/// Elements whose content is text whatever it looks like, up to their own end tag. <noscript> is
/// not one of them: the readers without scripts, who see its content, are to see the right count.
constexpr std::array<std::string_view, 7> kRawText = {"style",  "textarea", "title",   "xmp",
                                                      "iframe", "noembed",  "noframes"};

bool is_letter(char c) {
  return lower_ascii(c) >= 'a' && lower_ascii(c) <= 'z';
}

bool is_space(char c) {
  return kSpace.find(c) != npos;
}

/// Reads one tag, attribute by attribute.
class TagReader {
 public:
  TagReader(std::string_view page, std::size_t open) : page_(page), open_(open) {}

  std::optional<Tag> read();

 private:
  bool read_attribute(Tag& tag);
  void skip_space() { at_ = std::min(page_.find_first_not_of(kSpace, at_), page_.size()); }

  std::string_view page_;
  std::size_t open_;
  std::size_t at_ = 0;
};

std::optional<Tag> TagReader::read() {
  Tag tag;
  tag.is_end_tag = page_[open_ + 1] == '/';
  tag.name.begin = open_ + (tag.is_end_tag ? 2 : 1);
  at_ = std::min(page_.find_first_of(" \t\n\f\r/>", tag.name.begin), page_.size());
  tag.name.end = at_;
  while (true) {
    skip_space();
    if (at_ >= page_.size()) {
      return std::nullopt;
    }
    if (page_[at_] == '>') {
      tag.bytes = {open_, ++at_};
      return tag;
    }
    if (page_[at_] == '/') {
      ++at_;
      tag.is_self_closing = at_ < page_.size() && page_[at_] == '>';
    } else if (!read_attribute(tag)) {
      return std::nullopt;
    }
  }
}

bool TagReader::read_attribute(Tag& tag) {
  Attribute attribute;
  attribute.name.begin = at_;
  // A "=" in first place belongs to the name, by the standard.
  at_ = std::min(page_.find_first_of(" \t\n\f\r/>=", at_ + 1), page_.size());
  attribute.name.end = at_;
  attribute.value = {at_, at_};
  skip_space();
  if (at_ >= page_.size()) {
    return false;
  }
  if (page_[at_] == '=') {
    ++at_;
    skip_space();
    if (at_ >= page_.size()) {
      return false;
    }
    const char quote = page_[at_];
    if (quote == '"' || quote == '\'') {
      attribute.value.begin = at_ + 1;
      attribute.value.end = page_.find(quote, at_ + 1);
      if (attribute.value.end == npos) {
        return false;
      }
      at_ = attribute.value.end + 1;
    } else {
      attribute.value.begin = at_;
      at_ = std::min(page_.find_first_of(" \t\n\f\r>", at_), page_.size());
      attribute.value.end = at_;
    }
  }
  tag.attributes.push_back(attribute);
  return true;
}

}  // namespace

std::optional<Tag> read_tag(std::string_view page, std::size_t open) {
  return TagReader(page, open).read();
}

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return lower_ascii(x) == lower_ascii(y);
         });
}

std::optional<Tag> Scanner::next() {
  while (at_ < page_.size()) {
    const std::size_t open = page_.find('<', at_);
    if (open == npos || open + 1 >= page_.size()) {
      break;
    }
    const char mark = page_[open + 1];
    const bool is_end_tag = mark == '/';
    if (mark == '!') {
      at_ = end_of_comment(open);
    } else if (is_letter(mark) ||
               (is_end_tag && open + 2 < page_.size() && is_letter(page_[open + 2]))) {
      std::optional<Tag> tag = read_tag(page_, open);
      if (!tag) {
        break;
      }
      at_ = tag->bytes.end;
      if (foreign_.is_html(*tag) && !tag->is_end_tag) {
        skip_content(*tag);
      }
      return tag;
    } else if (mark == '?' || is_end_tag) {
      // "<?xml …>", "</3>" and the like are comments up to the next ">".
      const std::size_t close = page_.find('>', open + 2);
      at_ = close == npos ? page_.size() : close + 1;
    } else {
      at_ = open + 1;  // A "<" that is just a character.
    }
  }
  at_ = page_.size();
  return std::nullopt;
}

/// Behind the start tag of an element that holds no tags, goes to its end tag.
void Scanner::skip_content(const Tag& tag) {
  const std::string_view name = tag.name.in(page_);
  if (same_name(name, "plaintext")) {
    at_ = page_.size();  // Nothing ends a <plaintext>.
  } else if (same_name(name, "script")) {
    at_ = end_of_script();
  } else if (has_name(kRawText, name)) {
    at_ = end_of_raw_text(name);
  }
}

std::size_t Scanner::end_of_comment(std::size_t open) const {
  const std::string_view text = page_.substr(open);
  if (text.starts_with("<![CDATA[") && foreign_.allows_cdata()) {
    const std::size_t close = text.find("]]>");
    return close == npos ? page_.size() : open + close + 3;
  }
  if (!text.starts_with("<!--")) {
    const std::size_t close = text.find('>');  // A doctype, or something that is no comment at all.
    return close == npos ? page_.size() : open + close + 1;
  }
  if (text.starts_with("<!-->")) {
    return open + 5;
  }
  if (text.starts_with("<!--->")) {
    return open + 6;
  }
  // "--!>" ends a comment as well, by the standard, though it is an error.
  for (std::size_t at = text.find("--", 4); at != npos; at = text.find("--", at + 1)) {
    if (text.substr(at).starts_with("-->")) {
      return open + at + 3;
    }
    if (text.substr(at).starts_with("--!>")) {
      return open + at + 4;
    }
  }
  return page_.size();
}

std::size_t Scanner::end_of_raw_text(std::string_view element) const {
  std::size_t from = at_;
  while (true) {
    const std::size_t open = page_.find("</", from);
    if (open == npos) {
      return page_.size();
    }
    if (has_name_at(open + 2, element)) {
      return open;
    }
    from = open + 2;
  }
}

/// Whether a tag's name stands at `at` and is `name`.
bool Scanner::has_name_at(std::size_t at, std::string_view name) const {
  const std::size_t behind = at + name.size();
  return behind < page_.size() && same_name(page_.substr(at, name.size()), name) &&
         (is_space(page_[behind]) || page_[behind] == '/' || page_[behind] == '>');
}

std::size_t Scanner::end_of_script() const {
  // Between "<!--" and "-->" a script may hold a whole <script>…</script>: old pages hid scripts
  // from still older browsers this way, and the standard kept it.
  bool in_comment = false;
  bool in_inner_script = false;
  std::size_t at = at_;
  while ((at = page_.find_first_of("<-", at)) != npos) {
    const std::string_view text = page_.substr(at);
    if (in_comment && text.starts_with("-->")) {
      in_comment = in_inner_script = false;
      at += 3;
    } else if (!in_comment && text.starts_with("<!--")) {
      in_comment = true;
      at += 2;  // Its dashes may already be those of "-->".
    } else if (text.starts_with("</") && has_name_at(at + 2, "script")) {
      if (!in_inner_script) {
        return at;
      }
      in_inner_script = false;
      at += 2;
    } else {
      in_inner_script =
          in_inner_script || (in_comment && text.front() == '<' && has_name_at(at + 1, "script"));
      ++at;
    }
  }
  return page_.size();
}

}  // namespace likes::html
