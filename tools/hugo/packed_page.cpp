#include "tools/hugo/packed_page.h"

#include <array>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace likes::hugo {
namespace {

static_assert(std::is_trivially_copyable_v<Date> && std::is_trivially_copyable_v<DateTime>);

void pack_all(CacheWriter& out, const std::vector<std::string>& texts) {
  out.count(texts.size());
  for (const std::string& text : texts) {
    out.text(text);
  }
}

std::vector<std::string> unpack_all(CacheReader& in) {
  std::vector<std::string> texts(in.count());
  for (std::string& text : texts) {
    text = in.text();
  }
  return texts;
}

void pack_data(CacheWriter& out, const Value::Array& array) {
  out.count(array.size());
  for (const Value& each : array) {
    pack(out, each);
  }
}

void pack_data(CacheWriter& out, const Value::Map& map) {
  out.count(map.size());
  for (const auto& [key, value] : map) {
    out.text(key);
    pack(out, value);
  }
}

void pack_data(CacheWriter& out, const std::string& text) {
  out.text(text);
}

template <class Plain>
void pack_data(CacheWriter& out, const Plain& plain) {
  out.number(plain);
}

Value unpack_array(CacheReader& in) {
  Value::Array array(in.count());
  for (Value& each : array) {
    each = unpack_value(in);
  }
  return Value(std::move(array));
}

Value unpack_map(CacheReader& in) {
  Value::Map map;
  for (std::size_t count = in.count(); count > 0; --count) {
    std::string key(in.text());
    map.emplace_hint(map.end(), std::move(key), unpack_value(in));
  }
  return Value(std::move(map));
}

/// By the place of its type among those of Value::Data.
Value unpack_data(CacheReader& in, std::uint8_t type) {
  switch (type) {
    case 1:
      return Value(in.number<bool>());
    case 2:
      return Value(in.number<std::int64_t>());
    case 3:
      return Value(in.number<double>());
    case 4:
      return Value(std::string(in.text()));
    case 5:
      return Value(in.number<DateTime>());
    case 6:
      return unpack_array(in);
    case 7:
      return unpack_map(in);
    default:
      return Value();
  }
}

/// The members of a page of one type, in the order in which they are packed.
template <class AnyPage>
auto texts_of(AnyPage& page) {
  return std::array{&page.title,        &page.link_title, &page.description,
                    &page.slug,         &page.url,        &page.section,
                    &page.type,         &page.layout,     &page.translation_key,
                    &page.link,         &page.target,     &page.permalink,
                    &page.rel_permalink};
}

template <class AnyPage>
auto lists_of(AnyPage& page) {
  return std::array{&page.keywords, &page.formats, &page.aliases};
}

template <class AnyPage>
auto dates_of(AnyPage& page) {
  return std::array{&page.date, &page.lastmod, &page.publish_date, &page.expiry_date};
}

}  // namespace

void pack(CacheWriter& out, const Value& value) {
  out.number(static_cast<std::uint8_t>(value.data().index()));
  out.count(value.line);
  out.count(value.column);
  out.count(value.source);
  if (!value.is_null()) {
    std::visit([&out](const auto& data) { pack_data(out, data); }, value.data());
  }
}

Value unpack_value(CacheReader& in) {
  const auto type = in.number<std::uint8_t>();
  const std::array<std::uint32_t, 3> place = {
      in.number<std::uint32_t>(), in.number<std::uint32_t>(), in.number<std::uint32_t>()};
  Value value = unpack_data(in, type);
  value.line = place[0];
  value.column = place[1];
  value.source = place[2];
  return value;
}

void pack(CacheWriter& out, const Page& page) {
  for (const std::string* text : texts_of(page)) {
    out.text(*text);
  }
  for (const std::vector<std::string>* list : lists_of(page)) {
    pack_all(out, *list);
  }
  for (const Date* date : dates_of(page)) {
    out.number(*date);
  }
  out.number(page.weight);
  out.number(page.is_draft);
  out.number(page.is_headless);
  out.number(page.listing);
  pack(out, page.params);
}

std::unique_ptr<Page> unpack_page(CacheReader& in) {
  std::unique_ptr<Page> page = std::make_unique<Page>();
  for (std::string* text : texts_of(*page)) {
    *text = in.text();
  }
  for (std::vector<std::string>* list : lists_of(*page)) {
    *list = unpack_all(in);
  }
  for (Date* date : dates_of(*page)) {
    *date = in.number<Date>();
  }
  page->weight = in.number<std::int64_t>();
  page->is_draft = in.number<bool>();
  page->is_headless = in.number<bool>();
  page->listing = in.number<Listing>();
  page->params = unpack_value(in);
  return page;
}

}  // namespace likes::hugo
