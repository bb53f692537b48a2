#include "tools/markup/marks.h"

#include <algorithm>
#include <array>

#include "tools/markup/bare_link.h"
#include "tools/support/character_set.h"
#include "tools/support/html_text.h"

namespace likes::markup {
namespace {

// The private use area from U+E000 to U+F8FF is EE 80 80 to EF A3 BF in UTF-8.
constexpr std::size_t kMaxMarks = 0xF900 - 0xE000;
constexpr unsigned char kFirstLead = 0xEE;
constexpr unsigned char kLastLead = 0xEF;

unsigned byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

/// The place of a private character in its area; kMaxMarks for any other.
std::size_t private_index(std::string_view text, std::size_t at) {
  if (byte_at(text, at) < kFirstLead || byte_at(text, at) > kLastLead ||
      at + Marks::kBytes > text.size()) {
    return kMaxMarks;
  }
  const std::size_t code = ((byte_at(text, at) & 0x0FU) << 12U) |
                           ((byte_at(text, at + 1) & 0x3FU) << 6U) |
                           (byte_at(text, at + 2) & 0x3FU);
  return code >= 0xE000 && code < 0xF900 ? code - 0xE000 : kMaxMarks;
}

std::string encode(std::size_t index) {
  const std::size_t code = 0xE000 + index;
  return {static_cast<char>(0xE0U | (code >> 12U)),
          static_cast<char>(0x80U | ((code >> 6U) & 0x3FU)),
          static_cast<char>(0x80U | (code & 0x3FU))};
}

// Longer ones are no links.
constexpr std::size_t kMaxAddress = 4096;

constexpr std::string_view kSigns = "*_~`[]&!\"'";

/// What a private character may begin with, and what besides is looked at in a text.
constexpr CharacterSet kLeads("\xEE\xEF");
constexpr CharacterSet kSpecial("hwf\\&\xEE\xEF");

struct Entity {
  std::string_view source;
  std::string_view html;
};

/// Those that stand for a sign that the typographer or the rule for `<<` would look at, and the one
/// that templates for links get as it is.
constexpr std::array kEntities{
    Entity{"&amp;", "&amp;"},   Entity{"&quot;", "&quot;"}, Entity{"&#34;", "&quot;"},
    Entity{"&#x22;", "&quot;"}, Entity{"&#X22;", "&quot;"}, Entity{"&#39;", "'"},
    Entity{"&#039;", "'"},      Entity{"&#x27;", "'"},      Entity{"&#X27;", "'"},
    Entity{"&apos;", "'"},      Entity{"&lt;", "&lt;"},     Entity{"&#60;", "&lt;"},
    Entity{"&#x3C;", "&lt;"},   Entity{"&#x3c;", "&lt;"},   Entity{"&gt;", "&gt;"},
    Entity{"&#62;", "&gt;"},    Entity{"&#x3E;", "&gt;"},   Entity{"&#x3e;", "&gt;"},
    Entity{"&#45;", "-"},       Entity{"&#46;", "."},       Entity{"&hyphen;", "\xE2\x80\x90"}};

std::string_view html_of_escaped(char c) {
  switch (c) {
    case '"':
      return "&quot;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '\'':
      return "'";
    case '-':
      return "-";
    case '.':
      return ".";
    default:
      return "";
  }
}

/// What the typographer writes where nothing is configured is decoded, too.
std::string unescape(std::string_view html) {
  struct Named {
    std::string_view html;
    std::string_view plain;
  };
  constexpr std::array kNamed{Named{"&quot;", "\""},
                              Named{"&lt;", "<"},
                              Named{"&gt;", ">"},
                              Named{"&amp;", "&"},
                              Named{"&lsquo;", "\xE2\x80\x98"},
                              Named{"&rsquo;", "\xE2\x80\x99"},
                              Named{"&ldquo;", "\xE2\x80\x9C"},
                              Named{"&rdquo;", "\xE2\x80\x9D"},
                              Named{"&ndash;", "\xE2\x80\x93"},
                              Named{"&mdash;", "\xE2\x80\x94"},
                              Named{"&hellip;", "\xE2\x80\xA6"},
                              Named{"&laquo;", "\xC2\xAB"},
                              Named{"&raquo;", "\xC2\xBB"}};
  const auto* named = std::find_if(kNamed.begin(), kNamed.end(),
                                   [html](const Named& each) { return each.html == html; });
  return std::string(named == kNamed.end() ? html : named->plain);
}

}  // namespace

const Marks::Mark* Marks::find(std::string_view text, std::size_t at) const {
  const std::size_t index = private_index(text, at);
  return index < marks_.size() ? &marks_[index] : nullptr;
}

std::string Marks::add(const std::string& source, const std::string& html) {
  // A quotation mark is written in two ways, so that both parts make the key.
  const auto [known, is_new] = by_source_.emplace(source + '\0' + html, marks_.size());
  if (is_new && marks_.size() == kMaxMarks) {
    by_source_.erase(known);
    return "";
  }
  if (is_new) {
    marks_.push_back({source, html});
  }
  return encode(known->second);
}

std::string Marks::add_private(std::string_view character) {
  const std::string sign = add(std::string(character), std::string(character));
  return sign.empty() ? std::string(character) : sign;
}

std::string Marks::protect(std::string_view markdown) {
  std::string text;
  text.reserve(markdown.size() + markdown.size() / 16);
  const auto append = [this, &text](std::string_view source, std::string_view html) {
    const std::string sign = add(std::string(source), std::string(html));
    text += sign.empty() ? source : std::string_view(sign);
  };
  for (std::size_t at = 0; at < markdown.size();) {
    const std::size_t plain = kSpecial.first_in(markdown.substr(at));
    text += markdown.substr(at, plain);
    at += plain;
    if (at == markdown.size()) {
      break;
    }
    const char c = markdown[at];
    const std::size_t begin = at;
    const bool is_destination = at > 1 && markdown.substr(at - 2, 2) == "](";
    if ((c == 'h' || c == 'w' || c == 'f') && !is_destination &&
        (at == 0 || may_precede_address(markdown[at - 1]))) {
      // Within an address nothing is emphasis, a link's end or a character reference.
      for (std::size_t end = at + bare_address_length(markdown.substr(at, kMaxAddress)); at < end;
           ++at) {
        const std::string_view sign = markdown.substr(at, 1);
        if (kSigns.find(sign.front()) == std::string_view::npos) {
          text += sign;
        } else {
          std::string html;
          append_escaped(html, sign);
          append(sign, html);
        }
      }
    }
    if (at > begin) {
      continue;
    }
    if (c == '\\' && at + 1 < markdown.size()) {
      const std::string_view html = html_of_escaped(markdown[at + 1]);
      if (html.empty()) {
        text += markdown.substr(at, 2);
      } else {
        append(markdown.substr(at, 2), html);
      }
      at += 2;
      continue;
    }
    if (c == '&') {
      const auto* entity = std::find_if(
          kEntities.begin(), kEntities.end(),
          [&](const Entity& each) { return markdown.substr(at).starts_with(each.source); });
      if (entity != kEntities.end()) {
        append(entity->source, entity->html);
        at += entity->source.size();
        continue;
      }
    }
    if (private_index(markdown, at) < kMaxMarks) {
      text += add_private(markdown.substr(at, kBytes));
      at += kBytes;
      continue;
    }
    text += c;
    ++at;
  }
  return text;
}

template <class Plain, class Marked>
void Marks::for_each_piece(std::string_view text, const Plain& plain, const Marked& marked) const {
  std::size_t begin = 0;  // Of what is no sign.
  for (std::size_t at = kLeads.first_in(text); at < text.size();) {
    if (const Mark* mark = find(text, at)) {
      plain(text.substr(begin, at - begin));
      marked(*mark);
      at += kBytes;
      begin = at;
    } else {
      ++at;
    }
    at += kLeads.first_in(text.substr(at));
  }
  plain(text.substr(begin));
}

std::string Marks::to_source(std::string_view text) const {
  std::string source;
  for_each_piece(
      text, [&source](std::string_view plain) { source += plain; },
      [&source](const Mark& mark) { source += mark.source; });
  return source;
}

std::string Marks::to_html(std::string_view text) const {
  std::string html;
  for_each_piece(
      text, [&html](std::string_view plain) { append_escaped(html, plain); },
      [&html](const Mark& mark) { html += mark.html; });
  return html;
}

std::string Marks::to_plain(std::string_view text) const {
  std::string all;
  for_each_piece(
      text, [&all](std::string_view plain) { all += plain; },
      [&all](const Mark& mark) { all += unescape(mark.html); });
  return all;
}

std::string_view Marks::source_at(std::string_view text, std::size_t at) const {
  const Mark* mark = find(text, at);
  return mark == nullptr ? std::string_view() : std::string_view(mark->source);
}

}  // namespace likes::markup
