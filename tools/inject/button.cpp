#include "tools/inject/button.h"

#include <array>
#include <string_view>
#include <utility>

#include "tools/hugo/decoder.h"
#include "tools/support/html_text.h"
#include "tools/support/url.h"

namespace likes::inject {
namespace {

constexpr std::string_view kHeart =
    "<svg viewBox=\"0 0 24 24\" width=\"20\" height=\"20\" aria-hidden=\"true\" "
    "focusable=\"false\"><path d=\"M12 20.5C7.2 16.8 3.5 13.4 3.5 9.3c0-2.7 2-4.8 4.5-4.8 1.7 0 "
    "3.2 1 4 2.5.8-1.5 2.3-2.5 4-2.5 2.5 0 4.5 2.1 4.5 4.8 0 4.1-3.7 7.5-8.5 11.2z\"/></svg>";

/// What the script may say, by the attribute that it looks in.
constexpr std::array<std::pair<const char*, const char*>, 7> kMessages = {
    {{"data-post", "likes_thanks"},
     {"data-delete", "likes_undone"},
     {"data-already", "likes_already"},
     {"data-0", "likes_offline"},
     {"data-1", "likes_failed"},
     {"data-404", "likes_gone"},
     {"data-429", "likes_often"}}};

std::string escaped(std::string_view text) {
  std::string html;
  append_escaped(html, text, Quotes::kNumbered);
  return html;
}

}  // namespace

Result<std::string> button_html(const Button& button) {
  const std::string language = button.language.substr(0, button.language.find('-'));
  const bool is_known = kTexts.count(language) == 1;
  const std::string name = is_known ? language : "en";
  const Result<hugo::Value> texts = hugo::decode_toml(kTexts.at(name), {"i18n/" + name + ".toml"});
  if (!texts) {
    return tl::unexpected(texts.error());
  }
  const auto text = [&texts](std::string_view id) {
    const hugo::Value* found = texts->find_path({id, "other"});
    return found == nullptr ? std::string() : escaped(found->to_text());
  };
  const std::string key = escaped(button.key);
  const std::string api = escaped(button.api);
  std::string html = "<form class=\"likes\" id=\"likes\" method=\"post\" action=\"" + api +
                     "/like/" + percent_encode_path(button.key) + "\" data-likes=\"" + key +
                     "\" data-likes-api=\"" + api + "\" data-likes-fresh=\"" +
                     std::to_string(button.fresh_seconds * 1000) +
                     "\"><button type=\"submit\" aria-pressed=\"false\">" + std::string(kHeart) +
                     "<span>" + text("likes_like") + "</span><span " +
                     (is_known ? "data-likes-locale=\"" + language + "\" " : "") +
                     "data-likes-count=\"" + key + "\">\u2013</span></button><output";
  for (const auto& [attribute, id] : kMessages) {
    html += std::string(" ") + attribute + "=\"" + text(id) + "\"";
  }
  html += "></output><noscript><span>" + text("likes_soon") + "</span></noscript></form>";
  return html;
}

}  // namespace likes::inject
