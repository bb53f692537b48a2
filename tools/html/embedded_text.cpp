#include "tools/html/embedded_text.h"

#include <algorithm>
#include <charconv>

#include "tools/html/character_reference.h"
#include "tools/support/utf8.h"

namespace likes::html {
namespace {

constexpr std::size_t npos = std::string_view::npos;

/// The four hex digits at `at`, or nothing.
std::optional<char32_t> hex_at(std::string_view text, std::size_t at) {
  constexpr std::size_t kDigits = 4;
  if (at + kDigits > text.size()) {
    return std::nullopt;
  }
  unsigned code = 0;
  const char* const end = text.data() + at + kDigits;
  const std::from_chars_result read = std::from_chars(text.data() + at, end, code, 16);
  if (read.ec != std::errc() || read.ptr != end) {
    return std::nullopt;
  }
  return static_cast<char32_t>(code);
}

struct JsonEscape {
  char32_t character;
  std::size_t length;
};

/// The escape at the start of `text`, which is a backslash.
std::optional<JsonEscape> json_escape(std::string_view text) {
  constexpr std::string_view kShort = "\"\\/bfnrt";
  constexpr std::string_view kMeans = "\"\\/\b\f\n\r\t";
  if (text.size() < 2) {
    return std::nullopt;
  }
  if (text[1] != 'u') {
    const std::size_t which = kShort.find(text[1]);
    if (which == npos) {
      return std::nullopt;
    }
    return JsonEscape{static_cast<char32_t>(kMeans[which]), 2};
  }
  const std::optional<char32_t> first = hex_at(text, 2);
  if (!first) {
    return std::nullopt;
  }
  if (*first >= 0xD800 && *first <= 0xDBFF && text.substr(6).starts_with("\\u")) {
    const std::optional<char32_t> second = hex_at(text, 8);
    if (second && *second >= 0xDC00 && *second <= 0xDFFF) {
      return JsonEscape{0x10000 + ((*first - 0xD800) << 10U) + (*second - 0xDC00), 12};
    }
  }
  return JsonEscape{*first, 6};
}

}  // namespace

void EmbeddedText::add_verbatim(std::string_view file, Range source) {
  if (source.begin < source.end) {
    runs_.push_back({html_.size(), source, true, piece_});
    html_ += source.in(file);
  }
}

void EmbeddedText::add_character(char32_t character, Range source) {
  runs_.push_back({html_.size(), source, false, piece_});
  append_utf8(html_, character);
}

void EmbeddedText::clear() {
  html_.clear();
  runs_.clear();
  start_piece();
}

const EmbeddedText::Run& EmbeddedText::run_at(std::size_t offset) const {
  return *std::prev(
      std::upper_bound(runs_.begin(), runs_.end(), offset,
                       [](std::size_t wanted, const Run& run) { return wanted < run.begin; }));
}

std::optional<Range> EmbeddedText::source_of(Range bytes) const {
  const Run& first = run_at(bytes.begin);
  const std::size_t begin =
      first.source.begin + (first.is_verbatim ? bytes.begin - first.begin : 0);
  if (bytes.begin == bytes.end) {
    return Range{begin, begin};
  }
  const Run& last = run_at(bytes.end - 1);
  if (last.piece != first.piece) {
    return std::nullopt;
  }
  return Range{begin,
               last.is_verbatim ? last.source.begin + (bytes.end - last.begin) : last.source.end};
}

void add_xml_text(EmbeddedText& text, std::string_view file, Range source) {
  std::size_t at = source.begin;
  while (at < source.end) {
    const std::size_t ampersand = std::min(file.find('&', at), source.end);
    text.add_verbatim(file, {at, ampersand});
    at = ampersand;
    if (at < source.end) {
      const std::optional<CharacterReference> reference =
          character_reference(Range{at, source.end}.in(file));
      if (reference) {
        text.add_character(reference->character, {at, at + reference->length});
        at += reference->length;
      } else {
        text.add_verbatim(file, {at, at + 1});
        ++at;
      }
    }
  }
}

bool add_json_string(EmbeddedText& text, std::string_view file, Range source) {
  std::size_t at = source.begin;
  while (at < source.end) {
    const std::size_t backslash = std::min(file.find('\\', at), source.end);
    text.add_verbatim(file, {at, backslash});
    at = backslash;
    if (at < source.end) {
      const std::optional<JsonEscape> escape = json_escape(Range{at, source.end}.in(file));
      if (!escape) {
        return false;
      }
      text.add_character(escape->character, {at, at + escape->length});
      at += escape->length;
    }
  }
  return true;
}

}  // namespace likes::html
