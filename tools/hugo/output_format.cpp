#include "tools/hugo/output_format.h"

#include "tools/hugo/unicode.h"

namespace likes::hugo {
namespace {

OutputFormats standard_formats() {
  const OutputFormat formats[] = {
      {"html", "index", ".html", "", false, false, true},
      {"amp", "index", ".html", "amp", false, false, true},
      {"calendar", "index", ".ics", "", false, false, false},
      {"css", "styles", ".css", "", false, false, false},
      {"csv", "index", ".csv", "", false, false, false},
      {"gotmpl", "index", ".gotmpl", "", false, false, false},
      {"json", "index", ".json", "", false, false, false},
      {"markdown", "index", ".md", "", false, false, false},
      {"robots", "robots", ".txt", "", false, false, false},
      {"rss", "index", ".xml", "", false, true, false},
      {"sitemap", "sitemap", ".xml", "", true, false, false},
      {"webappmanifest", "manifest", ".webmanifest", "", false, false, false}};
  OutputFormats by_name;
  for (const OutputFormat& format : formats) {
    by_name.emplace(format.name, format);
  }
  return by_name;
}

/// The first suffix of a media type, with its dot.
std::string suffix_of(const std::string& media_type, const Value& root) {
  if (const Value* type = root.find_path({"mediatypes", media_type})) {
    const Value* delimiter = type->find("delimiter");
    const std::string dot = delimiter == nullptr ? "." : delimiter->to_text();
    const Value* suffixes = type->find("suffixes");
    const std::vector<std::string> words =
        suffixes == nullptr ? std::vector<std::string>() : suffixes->to_words();
    return words.empty() ? "" : dot + words.front();
  }
  static const std::map<std::string, std::string, std::less<>> kSuffixes = {
      {"text/html", ".html"},        {"text/plain", ".txt"},
      {"text/css", ".css"},          {"text/csv", ".csv"},
      {"text/calendar", ".ics"},     {"text/markdown", ".md"},
      {"text/xml", ".xml"},          {"application/xml", ".xml"},
      {"application/rss", ".xml"},   {"application/rss+xml", ".xml"},
      {"application/json", ".json"}, {"application/feed+json", ".json"},
      {"text/javascript", ".js"},    {"application/javascript", ".js"},
      {"application/toml", ".toml"}, {"application/yaml", ".yaml"},
      {"text/asciidoc", ".adoc"},    {"application/manifest+json", ".webmanifest"},
      {"image/svg+xml", ".svg"},     {"text/x-gotmpl", ".gotmpl"}};
  const auto found = kSuffixes.find(media_type);
  return found == kSuffixes.end() ? "" : found->second;
}

void change(OutputFormat& format, const Value& settings, const Value& root) {
  const auto text = [&settings](const char* key, std::string& target) {
    if (const Value* value = settings.find(key)) {
      target = value->to_text();
    }
  };
  const auto flag = [&settings](const char* key, bool& target) {
    if (const Value* value = settings.find(key)) {
      target = value->to_bool();
    }
  };
  text("path", format.path);
  text("basename", format.base_name);
  flag("ugly", format.is_ugly);
  flag("nougly", format.is_never_ugly);
  flag("permalinkable", format.is_permalinkable);
  if (const Value* media_type = settings.find("mediatype")) {
    format.suffix = suffix_of(to_lower(media_type->to_text()), root);
  }
}

}  // namespace

OutputFormats read_output_formats(const Value& root) {
  OutputFormats formats = standard_formats();
  const Value* configured = root.find("outputformats");
  if (configured == nullptr || configured->members() == nullptr) {
    return formats;
  }
  for (const auto& [name, settings] : *configured->members()) {
    if (settings.members() == nullptr) {
      continue;
    }
    const auto [format, is_new] = formats.try_emplace(name);
    if (is_new) {
      format->second.name = name;
      format->second.suffix.clear();
      format->second.is_permalinkable = false;
    }
    change(format->second, settings, root);
  }
  return formats;
}

}  // namespace likes::hugo
