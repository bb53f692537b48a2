#include "tools/html/drawing.h"

#include <charconv>
#include <tuple>

#include "tools/html/character_reference.h"

namespace likes::html {
namespace {

/// The value of an attribute; of one that comes twice the first, as in HTML.
std::optional<std::string> value_of(const Tag& tag, std::string_view page, std::string_view name) {
  for (const Attribute& attribute : tag.attributes) {
    if (same_name(attribute.name.in(page), name)) {
      return decode_attribute(attribute.value.in(page));
    }
  }
  return std::nullopt;
}

Result<std::size_t> number(std::string_view name, const std::string& text, std::size_t max) {
  std::size_t value = 0;
  const char* const end = text.data() + text.size();
  const std::from_chars_result read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end || value == 0 || value > max) {
    return fail(ErrorCode::kInvalid, "found " + std::string(name) + "=\"" + text +
                                         "\", wanted a number from 1 to " + std::to_string(max));
  }
  return value;
}

}  // namespace

bool Drawing::operator<(const Drawing& other) const {
  return std::tie(kind, key, limit, days, section, lang, drawn) <
         std::tie(other.kind, other.key, other.limit, other.days, other.section, other.lang,
                  other.drawn);
}

Result<std::optional<Drawing>> read_drawing(const Tag& tag, std::string_view page) {
  const std::optional<std::string> drawn = value_of(tag, page, kDrawnAttribute);
  const std::optional<std::string> list = value_of(tag, page, kListAttribute);
  if (!drawn && !list) {
    return std::optional<Drawing>();
  }
  const std::optional<std::string> trend = value_of(tag, page, kTrendAttribute);
  constexpr std::string_view kDays = "data-likes-days";
  const std::optional<std::string> days = value_of(tag, page, kDays);
  if (!list && !trend && !days) {
    return std::optional<Drawing>();
  }
  Drawing drawing;
  drawing.kind = list ? Drawing::Kind::kList : Drawing::Kind::kTrend;
  drawing.drawn = drawn.value_or("");
  if (days || !list) {
    const Result<std::size_t> read = number(kDays, days.value_or(""), kMaxDrawnDays);
    if (!read) {
      return tl::unexpected(read.error());
    }
    drawing.days = *read;
  }
  if (!list) {
    drawing.key = trend.value_or("");
    return drawing;
  }
  const Result<std::size_t> limit = number(kListAttribute, *list, kMaxListEntries);
  if (!limit) {
    return tl::unexpected(limit.error());
  }
  drawing.limit = *limit;
  drawing.section = value_of(tag, page, "data-likes-section").value_or("");
  drawing.lang = value_of(tag, page, "data-likes-lang").value_or("");
  return drawing;
}

}  // namespace likes::html
