#include "tools/markup/summary.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "tools/html/scanner.h"
#include "tools/hugo/unicode.h"
#include "tools/markup/plain_text.h"

namespace likes::markup {
namespace {

constexpr std::string_view kEnd = "</p>";

bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// A piece of HTML between white space that Hugo does not take for a word: `</a>`, `href="…`.
bool is_token(std::string_view piece) {
  if (piece == ">") {
    return true;
  }
  std::string_view name = piece;
  const bool is_tag = name.starts_with('<');
  if (is_tag) {
    name.remove_prefix(name.starts_with("</") ? 2 : 1);
  }
  const std::size_t letters = static_cast<std::size_t>(
      std::find_if_not(name.begin(), name.end(), is_ascii_letter) - name.begin());
  if (letters == 0) {
    return false;
  }
  const std::string_view rest = name.substr(letters);
  return is_tag ? rest.empty() || rest == ">" : rest.starts_with("=\"") || rest.starts_with("='");
}

std::int64_t count_piece(std::string_view piece, bool is_cjk) {
  const std::string_view word = trim_space(piece);
  if (word.empty() || is_token(word)) {
    return 0;
  }
  return is_cjk ? count_word(strip_html(word), is_cjk) : 1;
}

/// Where the pattern `<p[^>]*>` that ends with the `>` at `end` begins; npos where it does not.
std::size_t begin_of_paragraph_tag(std::string_view html, std::size_t end) {
  const std::size_t previous = end == 0 ? std::string_view::npos : html.rfind('>', end - 1);
  const std::size_t from = previous == std::string_view::npos ? 0 : previous + 1;
  const std::size_t begin = html.find("<p", from);
  return begin != std::string_view::npos && begin + 2 <= end ? begin : std::string_view::npos;
}

/// The cut that surrounds the divider, and the end tags that are to be kept with the summary.
struct Cut {
  std::size_t low = 0;
  std::size_t high = 0;
  std::size_t tags_low = 0;
  std::size_t tags_high = 0;
};

/// Widens the divider to the paragraph that it is alone in; where there is text before it, the
/// paragraph's end stays.
Cut widen(std::string_view html, std::size_t divider) {
  Cut cut{divider, divider + kDivider.size(), 0, 0};
  bool keeps_end = false;
  // Hugo's own pattern finds a bare `<p>` anywhere before; what it then skips is as long as that.
  const std::size_t bare = html.find("<p>");
  for (std::size_t at = divider; at-- > 0;) {
    if (html[at] == '>') {
      if (const std::size_t begin = begin_of_paragraph_tag(html, at);
          begin != std::string_view::npos) {
        cut.low = begin;
        break;
      }
      if (bare != std::string_view::npos && bare + 2 <= at) {
        at -= std::min<std::size_t>(at, 2);
        continue;
      }
    }
    std::size_t character = at;
    if (!hugo::is_space(hugo::next_character(html, character))) {
      keeps_end = true;
      break;
    }
  }
  const std::size_t end = html.find(kEnd, cut.high);
  const std::size_t behind = end == std::string_view::npos ? html.size() : end + kEnd.size();
  if (keeps_end) {
    cut.tags_low = cut.high;
    cut.tags_high = behind;
  } else {
    cut.high = behind;
  }
  if (cut.high < html.size() && html[cut.high] == '\n') {
    ++cut.high;
  }
  return cut;
}

/// Where the elements end that are open at `cut`; `cut` itself where one of them does not end.
std::size_t end_of_elements(std::string_view html, std::size_t cut) {
  constexpr std::array<std::string_view, 14> kVoid{"area",  "base",   "br",    "col",  "embed",
                                                   "hr",    "img",    "input", "link", "meta",
                                                   "param", "source", "track", "wbr"};
  std::vector<std::string_view> open;
  html::Scanner scanner(html);
  bool is_behind = false;
  while (const std::optional<html::Tag> tag = scanner.next()) {
    if (tag->bytes.begin >= cut && !is_behind) {
      is_behind = true;
      if (open.empty()) {
        break;
      }
    }
    const std::string_view name = tag->name.in(html);
    if (!tag->is_end_tag) {
      if (!tag->is_self_closing && !html::has_name(kVoid, name)) {
        open.push_back(name);
      }
      continue;
    }
    const auto same = std::find_if(open.rbegin(), open.rend(), [name](std::string_view each) {
      return html::same_name(each, name);
    });
    if (same != open.rend()) {
      open.erase(std::next(same).base(), open.end());
    }
    if (is_behind && open.empty()) {
      return tag->bytes.end;
    }
  }
  return cut;
}

bool ends_sentence(char32_t c) {
  return c == '.' || c == '?' || c == '!' || c == '"' || c == '\n';
}

std::string first_characters(std::string_view plain, std::int64_t length) {
  std::string text;
  std::int64_t count = 0;
  for (const std::string_view word : split_words(plain)) {
    if (count >= length) {
      break;
    }
    const std::string blank = text.empty() ? "" : " ";
    const auto characters = static_cast<std::int64_t>(count_characters(word));
    if (characters == static_cast<std::int64_t>(word.size())) {
      ++count;
    } else if (count + characters < length) {
      count += characters;
    } else {
      std::size_t at = 0;
      for (; at < word.size() && count < length; ++count) {
        static_cast<void>(hugo::next_character(word, at));
      }
      return text + blank + std::string(word.substr(0, at));
    }
    text += blank + std::string(word);
  }
  return text;
}

}  // namespace

DividedHtml divide(const std::string& html, bool is_html) {
  const std::size_t divider = html.find(kDivider);
  if (divider == std::string::npos) {
    return {"", html};
  }
  const Cut cut = is_html ? Cut{divider, divider + kDivider.size(), 0, 0} : widen(html, divider);
  std::string summary = html.substr(0, cut.low);
  if (divider > cut.high) {
    summary += html.substr(cut.high, divider - cut.high);
  }
  summary += html.substr(cut.tags_low, cut.tags_high - cut.tags_low);
  return {std::string(trim_space(summary)),
          std::string(trim_space(html.substr(0, cut.low) + html.substr(cut.high)))};
}

std::string first_paragraphs(std::string_view html, std::int64_t length, bool is_cjk,
                             bool keeps_elements) {
  if (length <= 0) {
    return "";
  }
  std::int64_t count = 0;
  for (std::size_t at = 0; at < html.size();) {
    const std::size_t end = html.find(kEnd, at);
    if (end == std::string_view::npos) {
      break;
    }
    const std::string_view paragraph = html.substr(at, end - at);
    std::size_t word = 0;
    for (std::size_t next = 0; next < paragraph.size() && count < length;) {
      const std::size_t begin = next;
      const bool is_space = hugo::is_space(hugo::next_character(paragraph, next));
      // The last word is counted without its last character, as Hugo counts it.
      if (is_space || next == paragraph.size()) {
        count += count_piece(paragraph.substr(word, begin - word), is_cjk);
        word = begin;
      }
    }
    if (count >= length) {
      const std::size_t cut = end + kEnd.size();
      return std::string(
          trim_space(html.substr(0, keeps_elements ? end_of_elements(html, cut) : cut)));
    }
    at = end + kEnd.size() - 1;
  }
  return std::string(trim_space(html));
}

DividedHtml divide_of_old(const std::string& html) {
  const std::size_t divider = html.find(kDivider);
  if (divider == std::string::npos) {
    return {"", html};
  }
  const std::size_t begin = std::min(html.rfind("<p", divider), divider);
  const std::size_t end = html.find("</p", divider);
  const std::size_t behind = end == std::string::npos ? divider + kDivider.size()
                                                      : std::min(end + kEnd.size(), html.size());
  std::string rest = html.substr(behind);
  rest.erase(0, std::min(rest.find_first_not_of('\n'), rest.size()));
  rest.erase(rest.find_last_not_of('\n') + 1);
  return {std::string(trim_space(html.substr(0, begin))), html.substr(0, begin) + rest};
}

std::string first_sentences(std::string_view plain, std::int64_t length, bool is_cjk) {
  if (is_cjk) {
    return first_characters(plain, length);
  }
  std::int64_t words = 0;
  std::size_t last = std::string_view::npos;
  for (std::size_t at = 0; at < plain.size();) {
    const std::size_t begin = at;
    if (hugo::is_space(hugo::next_character(plain, at))) {
      last = begin;
      if (++words >= length) {
        break;
      }
    }
  }
  if (last == std::string_view::npos) {
    return std::string(plain);
  }
  for (std::size_t at = last; at < plain.size();) {
    if (ends_sentence(hugo::next_character(plain, at))) {
      return std::string(trim_space(plain.substr(0, at)));
    }
  }
  return std::string(plain);
}

std::string unwrap_paragraph(std::string_view html) {
  constexpr std::string_view kBegin = "<p>";
  const std::size_t first = html.find(kBegin);
  if (first == std::string_view::npos || html.find(kBegin, first + 1) != std::string_view::npos) {
    return std::string(html);
  }
  std::string_view text = trim_space(html);
  if (text.starts_with(kBegin) && text.ends_with(kEnd)) {
    text = trim_space(text.substr(kBegin.size(), text.size() - kBegin.size() - kEnd.size()));
  }
  return std::string(text);
}

}  // namespace likes::markup
