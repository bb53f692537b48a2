#include "tools/markup/typographer.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tools/hugo/unicode.h"
#include "tools/markup/nodes.h"

namespace likes::markup {
namespace {

bool is_punctuation(char32_t c) {
  return u_ispunct(static_cast<UChar32>(c)) != 0;
}

bool is_symbol(char32_t c) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_S_MASK) != 0;
}

bool is_letter(char32_t c) {
  return u_isalpha(static_cast<UChar32>(c)) != 0;
}

bool is_digit(char32_t c) {
  return u_isdigit(static_cast<UChar32>(c)) != 0;
}

bool is_ascii_digit(char c) {
  return c >= '0' && c <= '9';
}

/// A byte on its own, as Goldmark looks at the one behind a contraction.
bool ends_word(char c) {
  const auto code = static_cast<unsigned char>(c);
  return code < 0x80 && (is_punctuation(code) || is_symbol(code) || hugo::is_space(code));
}

/// A block's text in the order in which it is written, with one stretch for each node of text; what
/// lies between them is only looked at: `**`, code, line ends.
class Line {
 public:
  struct Stretch {
    cmark_node* node;
    std::size_t begin;
    std::size_t end;
  };

  Line(cmark_node* block, const Marks& marks) : marks_(marks) {
    const TreeIterator each(cmark_iter_new(block));
    for (cmark_event_type event = cmark_iter_next(each.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(each.get())) {
      cmark_node* node = cmark_iter_get_node(each.get());
      if (node == block) {
        continue;
      }
      const bool is_begin = event == CMARK_EVENT_ENTER;
      if (is_begin && cmark_node_get_type(node) == CMARK_NODE_LINK && is_automatic(node)) {
        text_ += literal(cmark_node_first_child(node));
        cmark_iter_reset(each.get(), node, CMARK_EVENT_EXIT);
        continue;
      }
      add(node, is_begin);
    }
  }

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const std::vector<Stretch>& stretches() const { return stretches_; }

  /// The character that begins at `at`, of a sign the first that it stands for.
  [[nodiscard]] char32_t at(std::size_t at) const {
    if (at >= text_.size()) {
      return ' ';
    }
    const std::string_view source = marks_.source_at(text_, at);
    std::size_t begin = source.empty() ? at : 0;
    return hugo::next_character(source.empty() ? std::string_view(text_) : source, begin);
  }

  [[nodiscard]] char32_t before(std::size_t at) const {
    if (at == 0) {
      return '\n';
    }
    std::size_t begin = at - 1;
    while (begin > 0 && (static_cast<unsigned char>(text_[begin]) & 0xC0U) == 0x80) {
      --begin;
    }
    if (const std::string_view source = marks_.source_at(text_, begin); !source.empty()) {
      return static_cast<unsigned char>(source.back());
    }
    return hugo::next_character(text_, begin);
  }

 private:
  void add(cmark_node* node, bool is_begin) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_TEXT:
        stretches_.push_back({node, text_.size(), text_.size() + literal(node).size()});
        text_ += literal(node);
        break;
      case CMARK_NODE_SOFTBREAK:
      case CMARK_NODE_LINEBREAK:
        text_ += '\n';
        break;
      case CMARK_NODE_CODE:
        text_ += '`' + std::string(literal(node)) + '`';
        break;
      case CMARK_NODE_HTML_INLINE:
        text_ += literal(node);
        break;
      case CMARK_NODE_STRONG:
        text_ += "**";
        break;
      case CMARK_NODE_LINK:
        text_ += is_begin ? "[" : "](" + std::string(address(node)) + ")";
        break;
      case CMARK_NODE_IMAGE:
        text_ += is_begin ? "![" : "](" + std::string(address(node)) + ")";
        break;
      case CMARK_NODE_FOOTNOTE_REFERENCE:
        text_ += is_begin ? "[^]" : "";
        break;
      default:
        text_ += '*';
    }
  }

  const Marks& marks_;
  std::string text_;
  std::vector<Stretch> stretches_;
};

/// Looks for what is to be replaced, from the line's begin to its end.
class Finder {
 public:
  Finder(const Line& line, const hugo::Punctuation& signs, std::size_t& open_single,
         std::size_t& open_double)
      : line_(line), signs_(signs), open_single_(open_single), open_double_(open_double) {}

  /// What stands at `at` and is to be replaced, or nothing.
  struct Found {
    std::size_t length = 0;
    const std::string* sign = nullptr;
  };

  Found look(std::size_t at) {
    const std::string_view text = line_.text();
    if (std::string_view("-.<>'\"").find(text[at]) == std::string_view::npos) {
      return {};
    }
    // Goldmark looks at one line of the source at a time, its line end included.
    if (at >= line_end_) {
      line_end_ = std::min(text.find('\n', at), text.size() - 1) + 1;
    }
    rest_ = text.substr(at, line_end_ - at);
    switch (rest_.front()) {
      case '-':
        return starts("---", signs_.em_dash)  ? Found{3, &signs_.em_dash}
               : starts("--", signs_.en_dash) ? Found{2, &signs_.en_dash}
                                              : Found{};
      case '.':
        return starts("...", signs_.ellipsis) ? Found{3, &signs_.ellipsis} : Found{};
      case '<':
        return starts("<<", signs_.left_angle_quote) ? Found{2, &signs_.left_angle_quote} : Found{};
      case '>':
        return starts(">>", signs_.right_angle_quote) ? Found{2, &signs_.right_angle_quote}
                                                      : Found{};
      case '\'':
      case '"': {
        read_flanks(at);
        const std::string* sign = rest_.front() == '"' ? double_quote(at) : single_quote(at);
        return sign == nullptr || sign->empty() ? Found{} : Found{1, sign};
      }
      default:
        return {};
    }
  }

 private:
  [[nodiscard]] bool starts(std::string_view signs, const std::string& replacement) const {
    return !replacement.empty() && rest_.starts_with(signs);
  }

  /// CommonMark's left- and right-flanking runs of a delimiter.
  void read_flanks(std::size_t at) {
    if (at >= run_end_) {
      run_end_ = std::min(line_.text().find_first_not_of(rest_.front(), at), line_end_);
    }
    before_ = line_.before(at);
    const char32_t after = run_end_ == line_end_ ? U' ' : line_.at(run_end_);
    const bool punctuation_before = is_punctuation(before_) || is_symbol(before_);
    const bool punctuation_after = is_punctuation(after) || is_symbol(after);
    const bool space_before = hugo::is_space(before_);
    const bool space_after = hugo::is_space(after);
    can_open_ = !space_after && (!punctuation_after || space_before || punctuation_before);
    can_close_ = !space_before && (!punctuation_before || space_after || punctuation_after);
  }

  [[nodiscard]] char next(std::size_t count) const {
    return count < rest_.size() ? rest_[count] : '\0';
  }

  /// Whether a quotation mark that was opened can be closed here.
  [[nodiscard]] bool closes(std::size_t at) const {
    if (can_close_ && !can_open_) {
      return true;
    }
    return can_close_ && can_open_ && rest_.size() > 1 && is_punctuation(line_.at(at + 1)) &&
           (rest_.size() == 2 || ends_word(next(2)));
  }

  const std::string* double_quote(std::size_t at) {
    if (can_open_ && !can_close_ && !signs_.left_double_quote.empty()) {
      ++open_double_;
      return &signs_.left_double_quote;
    }
    if (open_double_ == 0 || !closes(at)) {
      return nullptr;
    }
    // "Monitor 21""
    if (next(1) == '"' && is_digit(before_)) {
      return nullptr;
    }
    --open_double_;
    return &signs_.right_double_quote;
  }

  /// An apostrophe: '90s, 'twas, rock'n'roll.
  [[nodiscard]] bool is_apostrophe(std::size_t at) const {
    if (can_open_ && !can_close_ && rest_.size() > 3 && is_ascii_digit(next(1)) &&
        is_ascii_digit(next(2)) && next(3) == 's') {
      const char32_t after = rest_.size() > 4 ? line_.at(at + 4) : U' ';
      if (hugo::is_space(after) || is_punctuation(after) || is_symbol(after)) {
        return true;
      }
    }
    if (rest_.size() > 1 && (is_punctuation(before_) || hugo::is_space(before_)) &&
        std::string_view("tenl").find(next(1)) != std::string_view::npos) {
      return true;
    }
    return rest_.size() > 1 && (is_digit(before_) || is_letter(before_)) &&
           is_letter(line_.at(at + 1));
  }

  /// What stands behind the mark in I'm, you'd, we've, they'll, you're.
  [[nodiscard]] bool is_contraction() const {
    const std::string_view one = "smtd";
    if (rest_.size() > 1 && one.find(next(1)) != std::string_view::npos &&
        (rest_.size() < 3 || ends_word(next(2)))) {
      return true;
    }
    const std::string_view two = rest_.substr(1, 2);
    return (two == "ve" || two == "ll" || two == "re") && (rest_.size() < 4 || ends_word(next(3)));
  }

  const std::string* single_quote(std::size_t at) {
    if (!signs_.apostrophe.empty() && is_apostrophe(at)) {
      return &signs_.apostrophe;
    }
    if (can_open_ && !can_close_ && !signs_.left_single_quote.empty()) {
      if (is_contraction()) {
        return &signs_.right_single_quote;
      }
      ++open_single_;
      return &signs_.left_single_quote;
    }
    // Smiths', doin'
    if (rest_.size() > 2 && !is_digit(line_.at(at + 1))) {
      return &signs_.right_single_quote;
    }
    if (open_single_ > 0 && closes(at)) {
      --open_single_;
      return &signs_.right_single_quote;
    }
    return nullptr;
  }

  const Line& line_;
  const hugo::Punctuation& signs_;
  std::string_view rest_;
  std::size_t line_end_ = 0;
  std::size_t run_end_ = 0;  // Of the same quotation marks.
  char32_t before_ = 0;
  bool can_open_ = false;
  bool can_close_ = false;
  std::size_t& open_single_;
  std::size_t& open_double_;
};

}  // namespace

void Typographer::set(cmark_node* block) {
  const Line line(block, marks_);
  if (line.text().find_first_of("'\"-.<>") == std::string::npos) {
    return;
  }
  Finder finder(line, punctuation_, open_single_, open_double_);
  for (const Line::Stretch& stretch : line.stretches()) {
    std::string text;
    bool is_changed = false;
    for (std::size_t at = stretch.begin; at < stretch.end;) {
      const Finder::Found found = finder.look(at);
      if (found.length == 0 || at + found.length > stretch.end) {
        text += line.text()[at++];
        continue;
      }
      text += marks_.add(line.text().substr(at, found.length), *found.sign);
      at += found.length;
      is_changed = true;
    }
    if (is_changed) {
      cmark_node_set_literal(stretch.node, text.c_str());
    }
  }
}

}  // namespace likes::markup
