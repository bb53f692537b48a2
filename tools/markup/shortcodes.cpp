#include "tools/markup/shortcodes.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "tools/hugo/unicode.h"
#include "tools/markup/summary.h"

namespace likes::markup {
namespace {

// Letters and digits alone, so that Markdown takes it for a word.
constexpr std::string_view kPieceBegin = "LIKESSHORTCODE";
constexpr std::string_view kPieceEnd = "HBHB";

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\v' || c == '\f' || c == '\r';
}

/// One `{{< … >}}` or `{{% … %}}`.
struct Tag {
  std::string name;
  std::size_t begin = 0;
  std::size_t end = 0;
  bool is_markup = false;  // With percent signs.
  bool is_end = false;
  bool is_closed = false;  // `{{< name />}}`
  bool is_inline = false;  // `{{< name.inline >}}`
};

class TagReader {
 public:
  TagReader(std::string_view text, std::size_t begin) : text_(text), at_(begin + 3) {
    tag_.begin = begin;
    tag_.is_markup = text[begin + 2] == '%';
    delimiter_ = tag_.is_markup ? "%}}" : ">}}";
  }

  Result<Tag> read() {
    skip_spaces();
    if (peek() == '/') {
      tag_.is_end = true;
      ++at_;
      skip_spaces();
    }
    read_name();
    if (tag_.name.empty()) {
      return wrong("found a shortcode without a name");
    }
    for (;;) {
      skip_spaces();
      if (at_ >= text_.size()) {
        return wrong("found the shortcode '" + tag_.name + "' without its end, wanted " +
                     std::string(delimiter_));
      }
      if (text_.substr(at_).starts_with(delimiter_)) {
        tag_.end = at_ + delimiter_.size();
        return tag_;
      }
      if (Result<void> read = read_parameter(); !read) {
        return tl::unexpected(read.error());
      }
    }
  }

 private:
  static tl::unexpected<Error> wrong(const std::string& message) {
    return fail(ErrorCode::kInvalid, message);
  }

  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void skip_spaces() {
    while (at_ < text_.size() && is_space(text_[at_])) {
      ++at_;
    }
  }

  void read_name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && !is_space(text_[at_]) && text_[at_] != '.' &&
           !text_.substr(at_).starts_with(delimiter_) && text_[at_] != '"' && text_[at_] != '`') {
      // The slash of `{{< name/>}}` ends the name, that of `{{< a/b >}}` is in it.
      if (text_[at_] == '/' && text_.substr(at_ + 1).starts_with(delimiter_)) {
        break;
      }
      ++at_;
    }
    tag_.name = text_.substr(begin, at_ - begin);
    constexpr std::string_view kInline = ".inline";
    if (text_.substr(at_).starts_with(kInline)) {
      tag_.is_inline = true;
      at_ += kInline.size();
    }
  }

  Result<void> read_parameter() {
    switch (text_[at_]) {
      case '"':
        return skip_quoted();
      case '`': {
        const std::size_t end = text_.find('`', at_ + 1);
        at_ = end == std::string_view::npos ? text_.size() : end + 1;
        return {};
      }
      case '/':
        tag_.is_closed = true;
        ++at_;
        return {};
      case '=':
        ++at_;
        skip_spaces();
        if (peek() != '"' && peek() != '`' && peek() != '\\') {
          while (at_ < text_.size() && !is_space(text_[at_])) {
            ++at_;
          }
        }
        return {};
      default:
        ++at_;
        return {};
    }
  }

  Result<void> skip_quoted() {
    for (++at_; at_ < text_.size() && text_[at_] != '\n'; ++at_) {
      if (text_[at_] == '\\') {
        ++at_;
      } else if (text_[at_] == '"') {
        ++at_;
        return {};
      }
    }
    return wrong("found a parameter of the shortcode '" + tag_.name +
                 "' without its end, wanted \"");
  }

  std::string_view text_;
  std::size_t at_;
  std::string_view delimiter_;
  Tag tag_;
};

class Expander {
 public:
  Expander(std::string_view text, std::string_view divider,
           const std::function<std::string(std::string_view)>& to_html)
      : text_(text), divider_(divider), to_html_(to_html) {}

  Result<ExpandedText> expand() {
    if (Result<void> noted = note_end_tags(); !noted) {
      return tl::unexpected(noted.error());
    }
    Result<std::string> expanded = expand_until("", 0);
    if (!expanded) {
      return tl::unexpected(expanded.error());
    }
    result_.text = std::move(*expanded);
    return std::move(result_);
  }

 private:
  /// The next thing to look at from `at_` on; the size of the text where there is none.
  [[nodiscard]] std::size_t next_tag(std::size_t from) const {
    for (std::size_t at = text_.find("{{", from); at != std::string_view::npos;
         at = text_.find("{{", at + 1)) {
      if (at + 2 < text_.size() && (text_[at + 2] == '<' || text_[at + 2] == '%')) {
        return at;
      }
    }
    return text_.size();
  }

  [[nodiscard]] bool is_comment(std::size_t tag) const {
    return text_.substr(tag + 3).starts_with("/*");
  }

  /// Where the end of a `{{</* … */>}}` begins; npos where there is none.
  [[nodiscard]] std::size_t comment_end(std::size_t tag) const {
    return text_.find(text_[tag + 2] == '%' ? "*/%}}" : "*/>}}", tag + 5);
  }

  /// Which names have an end tag somewhere on the page: those have something between the tags.
  Result<void> note_end_tags() {
    for (std::size_t at = next_tag(0); at < text_.size();) {
      if (is_comment(at)) {
        const std::size_t end = comment_end(at);
        if (end == std::string_view::npos) {
          return fail(ErrorCode::kInvalid, "found a shortcode comment without its end, wanted */");
        }
        at = next_tag(end);
        continue;
      }
      Result<Tag> tag = TagReader(text_, at).read();
      if (!tag) {
        return tl::unexpected(tag.error());
      }
      if (tag->is_end) {
        closed_names_.insert(tag->name);
      }
      at = next_tag(tag->end);
      tags_.push_back(std::move(*tag));
    }
    return {};
  }

  /// Takes the text up to the next tag, with the first divider replaced.
  void take_text(std::string& to, std::size_t end, bool is_top) {
    std::string_view text = text_.substr(at_, end - at_);
    const std::size_t divider = result_.has_divider ? std::string_view::npos : text.find(divider_);
    if (divider != std::string_view::npos) {
      result_.has_divider = true;
      to += text.substr(0, divider);
      if (is_top) {
        to.append("\n\n").append(kDivider).append("\n\n");
      }
      text.remove_prefix(divider + divider_.size());
      while (!text.empty() && is_space(text.front())) {
        text.remove_prefix(1);
      }
    }
    to += text;
    at_ = end;
  }

  void take_comment(std::string& to) {
    const std::size_t end = comment_end(at_);
    to += text_.substr(at_, 3);
    to += text_.substr(at_ + 5, end - at_ - 5);
    to += text_.substr(end + 2, 3);
    at_ = end + 5;
  }

  /// Expands up to the end tag of `name`, or to the end of all for "".
  Result<std::string> expand_until(const std::string& name, std::size_t depth) {
    if (depth > kMaxShortcodeDepth) {
      return fail(ErrorCode::kInvalid, "found shortcodes nested deeper than the limit of " +
                                           std::to_string(kMaxShortcodeDepth));
    }
    std::string expanded;
    while (at_ < text_.size()) {
      take_text(expanded, next_tag(at_), depth == 0);
      if (at_ >= text_.size()) {
        break;
      }
      if (is_comment(at_)) {
        take_comment(expanded);
        continue;
      }
      const Tag& tag = tags_[tag_++];
      at_ = tag.end;
      if (tag.is_end) {
        if (tag.name == name) {
          return expanded;
        }
        return fail(ErrorCode::kInvalid,
                    "found the end of the shortcode '" + tag.name + "', wanted " +
                        (name.empty() ? "its begin" : "that of '" + name + "'"));
      }
      if (Result<void> done = expand_tag(expanded, tag, depth); !done) {
        return tl::unexpected(done.error());
      }
    }
    if (!name.empty()) {
      return fail(ErrorCode::kInvalid, "found the shortcode '" + name + "' without its end tag");
    }
    return expanded;
  }

  Result<void> expand_tag(std::string& to, const Tag& tag, std::size_t depth) {
    result_.names.insert(tag.name);
    std::string inner = tag.name == "ref" || tag.name == "relref" ? "#" : "";
    if (!tag.is_closed && closed_names_.contains(tag.name)) {
      Result<std::string> expanded = expand_until(tag.name, depth + 1);
      if (!expanded) {
        return tl::unexpected(expanded.error());
      }
      // Templates within a page are not evaluated unless the site says so.
      inner = tag.is_inline ? "" : std::move(*expanded);
    }
    if (depth > 0) {
      to += tag.is_markup && !inner.empty() ? inner_html(inner) : inner;
    } else if (tag.is_markup) {
      to += inner;
    } else {
      to.append(kPieceBegin).append(std::to_string(result_.pieces.size())).append(kPieceEnd);
      result_.pieces.push_back(std::move(inner));
    }
    return {};
  }

  [[nodiscard]] std::string inner_html(const std::string& inner) const {
    std::string html = to_html_(inner);
    constexpr std::string_view kBegin = "<p>";
    constexpr std::string_view kEnd = "</p>\n";
    const bool is_paragraph = html.starts_with(kBegin) && html.ends_with(kEnd);
    if (is_paragraph && inner.find('\n') == std::string::npos &&
        html.find('\n') == html.size() - 1) {
      html = html.substr(kBegin.size(), html.size() - kBegin.size() - kEnd.size());
    }
    return html;
  }

  std::string_view text_;
  std::string_view divider_;
  const std::function<std::string(std::string_view)>& to_html_;
  std::size_t at_ = 0;
  std::vector<Tag> tags_;
  std::size_t tag_ = 0;  // The next of them.
  std::set<std::string> closed_names_;
  ExpandedText result_;
};

}  // namespace

Result<ExpandedText> expand_shortcodes(
    std::string_view text, std::string_view divider,
    const std::function<std::string(std::string_view)>& to_html) {
  return Expander(text, divider, to_html).expand();
}

std::string restore_pieces(std::string_view html, const std::vector<std::string>& pieces) {
  constexpr std::string_view kBegin = "<p>";
  constexpr std::string_view kEnd = "</p>";
  std::string restored;
  std::size_t at = 0;
  while (!pieces.empty()) {
    const std::size_t begin = html.find(kPieceBegin, at);
    if (begin == std::string_view::npos) {
      break;
    }
    const std::size_t digits = begin + kPieceBegin.size();
    std::size_t number = pieces.size();
    const std::from_chars_result read =
        std::from_chars(html.data() + digits, html.data() + html.size(), number);
    const std::size_t behind = static_cast<std::size_t>(read.ptr - html.data());
    if (read.ec != std::errc() || number >= pieces.size() ||
        !html.substr(behind).starts_with(kPieceEnd)) {
      restored += html.substr(at, digits - at);
      at = digits;
      continue;
    }
    const std::size_t end = behind + kPieceEnd.size();
    restored += html.substr(at, begin - at);
    const bool is_paragraph = restored.ends_with(kBegin) && html.substr(end).starts_with(kEnd);
    if (is_paragraph) {
      restored.erase(restored.size() - kBegin.size());
    }
    restored += pieces[number];
    at = end + (is_paragraph ? kEnd.size() : 0);
  }
  restored += html.substr(at);
  return restored;
}

}  // namespace likes::markup
