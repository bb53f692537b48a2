#include "tools/markup/rendering_cache.h"

#include <cstdint>
#include <utility>

#include "tools/hugo/packed_page.h"
#include "tools/support/cache_file.h"

namespace likes::markup {

std::string rendering_world(const hugo::Config& config) {
  CacheWriter world;
  world.text(config.identity);
  for (const hugo::Language& language : config.languages) {
    world.text(language.base_url);
  }
  return world.bytes();
}

std::string rendering_key(const hugo::Page& page) {
  CacheWriter key;
  key.text(page.source.place);
  key.text(page.source.file);
  key.count(page.source.language);
  key.text(page.rel_permalink);
  for (const char* name : kParams) {
    const hugo::Value* value = page.params.find(name);
    pack(key, value == nullptr ? hugo::Value() : *value);
  }
  return key.bytes();
}

std::string pack_rendering(const RenderedPage& rendered, const PageLinks& links) {
  CacheWriter out;
  out.text(rendered.summary);
  out.number(rendered.word_count);
  out.number(rendered.reading_time);
  out.count(rendered.shortcodes.size());
  for (const std::string& name : rendered.shortcodes) {
    out.text(name);
  }
  out.count(links.asked().size());
  for (const AskedLink& asked : links.asked()) {
    out.number(asked.is_image);
    out.text(asked.destination);
    out.text(asked.answer);
  }
  return out.bytes();
}

std::optional<RenderedPage> unpack_rendering(std::string_view packed, PageLinks& links) {
  CacheReader in(packed);
  RenderedPage rendered;
  rendered.summary = in.text();
  rendered.word_count = in.number<std::int64_t>();
  rendered.reading_time = in.number<std::int64_t>();
  for (std::size_t count = in.count(); count > 0; --count) {
    rendered.shortcodes.emplace(in.text());
  }
  for (std::size_t count = in.count(); count > 0; --count) {
    const bool is_image = in.number<bool>();
    const std::string destination(in.text());
    const std::string_view answer = in.text();
    if ((is_image ? links.image(destination) : links.link(destination)) != answer) {
      return std::nullopt;
    }
  }
  return in.ok() ? std::optional(std::move(rendered)) : std::nullopt;
}

}  // namespace likes::markup
