#include "tools/markup/plain_text.h"

#include <algorithm>
#include <array>

#include "tools/html/tag.h"
#include "tools/hugo/unicode.h"
#include "tools/support/character_set.h"

namespace likes::markup {
namespace {

bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_alphanumeric(char c) {
  return is_ascii_letter(c) || (c >= '0' && c <= '9');
}

bool is_tag_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

constexpr CharacterSet kAttributeEnds(" \t\n\f\r=>'\"<");
constexpr CharacterSet kValueEnds(" \t\n\f\r>");
constexpr CharacterSet kAsciiSpaces(" \t\n\v\f\r");

/// Whether the character at `at`, which then stands behind it, is white space.
bool take_space(std::string_view text, std::size_t& at) {
  if (static_cast<unsigned char>(text[at]) < 0x80) {
    return kAsciiSpaces.has(text[at++]);
  }
  return hugo::is_space(hugo::next_character(text, at));
}

// Stands for a line end that outlives the white space of the source; no text holds it.
constexpr char kLineEnd = '\x01';

constexpr std::array<std::string_view, 41> kBlocks{
    "address", "article", "aside",   "blockquote", "caption",  "dd",         "details",
    "dialog",  "div",     "dl",      "dt",         "fieldset", "figcaption", "figure",
    "footer",  "form",    "h1",      "h2",         "h3",       "h4",         "h5",
    "h6",      "header",  "hgroup",  "hr",         "li",       "main",       "nav",
    "ol",      "pre",     "section", "summary",    "table",    "tbody",      "td",
    "tfoot",   "th",      "thead",   "p",          "tr",       "ul"};

/// Takes tags and comments out; `I <3 ponies` stays. Of old it gives up at a tag that no browser
/// would understand.
class TagStripper {
 public:
  TagStripper(std::string_view html, Stripping stripping)
      : html_(html), is_old_(stripping == Stripping::kOfOld) {}

  std::string strip() {
    while (at_ < html_.size()) {
      const std::size_t open = html_.find('<', at_);
      text_ += html_.substr(at_, open == std::string_view::npos ? open : open - at_);
      if (open == std::string_view::npos) {
        break;
      }
      at_ = open;
      if (html_.substr(at_).starts_with("<!--")) {
        const std::size_t end = html_.find("-->", at_ + 4);
        at_ = end == std::string_view::npos ? html_.size() : end + 3;
      } else if (!is_old_ && is_declaration()) {
        at_ = std::min(html_.find('>', at_), html_.size() - 1) + 1;
      } else if (const std::size_t name = end_of_name(); name > 0) {
        const std::string_view tag = html_.substr(at_ + 1, name - at_ - 1);
        separate(tag);
        at_ = name;
        skip_attributes();
        skip_code(tag);
      } else {
        text_ += html_[at_++];
      }
    }
    return std::move(text_);
  }

 private:
  /// `<!…>`, `<?…>` or an end tag without a name.
  [[nodiscard]] bool is_declaration() const {
    const char next = at_ + 1 < html_.size() ? html_[at_ + 1] : '\0';
    const bool is_nameless_end =
        next == '/' && at_ + 2 < html_.size() && !is_ascii_letter(html_[at_ + 2]);
    return next == '!' || next == '?' || is_nameless_end;
  }

  /// What is left of a tag: nothing within a line, a blank or a line end between blocks.
  void separate(std::string_view tag) {
    if (is_old_) {
      return;
    }
    const bool is_end = tag.starts_with('/');
    const std::string_view name = tag.substr(is_end ? 1 : 0);
    if (is_end ? html::same_name(name, "p") : html::same_name(name, "br")) {
      text_ += kLineEnd;
    } else if (html::has_name(kBlocks, name)) {
      text_ += ' ';
    }
  }

  /// Where the name of a tag at `at_` ends; 0 where there is none.
  [[nodiscard]] std::size_t end_of_name() const {
    std::size_t at = at_ + 1;
    if (at < html_.size() && html_[at] == '/') {
      ++at;
    }
    if (at >= html_.size() || !is_ascii_letter(html_[at])) {
      return 0;
    }
    for (++at; at < html_.size();) {
      const bool joins = (html_[at] == ':' || html_[at] == '-') && at + 1 < html_.size() &&
                         is_alphanumeric(html_[at + 1]);
      if (!is_alphanumeric(html_[at]) && !joins) {
        break;
      }
      at += joins ? 2 : 1;
    }
    return at;
  }

  void skip_spaces() {
    while (at_ < html_.size() && is_tag_space(html_[at_])) {
      ++at_;
    }
  }

  /// Goes behind the tag's end, or to the end of all where there is none.
  void skip_attributes() {
    for (;;) {
      skip_spaces();
      if (at_ >= html_.size()) {
        return;
      }
      if (html_[at_] == '>') {
        ++at_;
        return;
      }
      const std::size_t end = at_ + kAttributeEnds.first_in(html_.substr(at_));
      const bool is_open = end == html_.size();
      const bool is_odd =
          is_open || end == at_ || html_[end] == '\'' || html_[end] == '"' || html_[end] == '<';
      if (is_odd && (is_old_ || is_open)) {
        at_ = html_.size();
        return;
      }
      at_ = end + (is_odd ? 1 : 0);
      skip_spaces();
      if (at_ < html_.size() && html_[at_] == '=') {
        ++at_;
        skip_value();
      }
    }
  }

  /// Goes to the end tag of what is no text for a reader.
  void skip_code(std::string_view tag) {
    if (!html::same_name(tag, "script") && !html::same_name(tag, "style")) {
      return;
    }
    while (at_ < html_.size()) {
      at_ = std::min(html_.find("</", at_), html_.size());
      const std::size_t behind = at_ + 2 + tag.size();
      if (behind < html_.size() && html::same_name(html_.substr(at_ + 2, tag.size()), tag) &&
          std::string_view(" \t\n\f/>").find(html_[behind]) != std::string_view::npos) {
        return;
      }
      at_ += at_ < html_.size() ? 2 : 0;
    }
  }

  void skip_value() {
    skip_spaces();
    if (at_ >= html_.size()) {
      return;
    }
    const char quote = html_[at_];
    if (quote == '"' || quote == '\'') {
      const std::size_t end = html_.find(quote, at_ + 1);
      at_ = end == std::string_view::npos ? html_.size() : end + 1;
    } else {
      at_ += kValueEnds.first_in(html_.substr(at_));
    }
  }

  std::string_view html_;
  bool is_old_;
  std::size_t at_ = 0;
  std::string text_;
};

/// Of old, these tags were line ends before anything was looked at.
std::string mark_line_ends(std::string_view html) {
  constexpr std::array<std::string_view, 3> kEnds{"</p>", "<br>", "<br />"};
  std::string marked;
  marked.reserve(html.size());
  for (std::size_t at = 0; at < html.size();) {
    const std::string_view rest = html.substr(at);
    const auto* end = rest.front() != '<'
                          ? kEnds.end()
                          : std::find_if(kEnds.begin(), kEnds.end(), [rest](std::string_view each) {
                              return rest.starts_with(each);
                            });
    if (end != kEnds.end()) {
      marked += kLineEnd;
      at += end->size();
    } else {
      marked += rest.front() == '\n' ? ' ' : rest.front();
      ++at;
    }
  }
  return marked;
}

}  // namespace

std::string strip_html(std::string_view html, Stripping stripping) {
  if (html.find_first_of("<>") == std::string_view::npos) {
    return std::string(html);
  }
  const std::string marked = stripping == Stripping::kOfOld ? mark_line_ends(html) : "";
  std::string stripped =
      TagStripper(stripping == Stripping::kOfOld ? marked : html, stripping).strip();
  std::replace(stripped.begin(), stripped.end(), '\n', ' ');
  std::replace(stripped.begin(), stripped.end(), kLineEnd, '\n');
  std::string plain;
  plain.reserve(stripped.size());
  bool was_space = false;
  for (std::size_t at = 0; at < stripped.size();) {
    const std::size_t begin = at;
    const bool is_space = take_space(stripped, at);
    if (!is_space || !was_space) {
      plain.append(stripped, begin, at - begin);
    }
    was_space = is_space;
  }
  return plain;
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) {
    static_cast<void>(hugo::next_character(text, at));
  }
  return count;
}

std::vector<std::string_view> split_words(std::string_view plain) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < plain.size();) {
    const std::size_t begin = at;
    std::size_t end = at;
    while (at < plain.size() && !take_space(plain, at)) {
      end = at;
    }
    if (end > begin) {
      words.push_back(plain.substr(begin, end - begin));
    }
  }
  return words;
}

std::int64_t count_word(std::string_view word, bool is_cjk) {
  const std::size_t characters = is_cjk ? count_characters(word) : 1;
  return characters == word.size() ? 1 : static_cast<std::int64_t>(characters);
}

std::int64_t count_words(std::string_view plain, bool is_cjk) {
  std::int64_t words = 0;
  for (const std::string_view word : split_words(plain)) {
    words += count_word(word, is_cjk);
  }
  return words;
}

std::string_view trim_space(std::string_view text) {
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size() && take_space(text, at);) {
    begin = at;
  }
  std::size_t end = text.size();
  while (end > begin) {
    std::size_t last = end - 1;
    while (last > begin && (static_cast<unsigned char>(text[last]) & 0xC0U) == 0x80) {
      --last;
    }
    std::size_t behind = last;
    // A stray byte at the end is no white space, whatever stands before it.
    if (!take_space(text, behind) || behind != end) {
      break;
    }
    end = last;
  }
  return text.substr(begin, end - begin);
}

}  // namespace likes::markup
