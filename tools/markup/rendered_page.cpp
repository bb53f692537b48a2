#include "tools/markup/rendered_page.h"

#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "tools/hugo/content_head.h"
#include "tools/hugo/front_matter.h"
#include "tools/hugo/unicode.h"
#include "tools/markup/markdown.h"
#include "tools/markup/plain_text.h"
#include "tools/markup/rendering_cache.h"
#include "tools/markup/shortcodes.h"
#include "tools/markup/summary.h"
#include "tools/support/file_io.h"
#include "tools/support/parallel.h"

namespace likes::markup {
namespace {

enum class Format { kMarkdown, kHtml, kOther };

Format format_of(const hugo::Page& page) {
  const hugo::Value* markup = page.params.find("markup");
  const std::string name =
      markup == nullptr ? page.source.path.extension : hugo::to_lower(markup->to_text());
  constexpr std::array<std::string_view, 4> kMarkdown{"md", "markdown", "mdown", "goldmark"};
  if (std::find(kMarkdown.begin(), kMarkdown.end(), name) != kMarkdown.end()) {
    return Format::kMarkdown;
  }
  return name == "html" || name == "htm" ? Format::kHtml : Format::kOther;
}

/// Whether a text has a character of Chinese, Japanese or Korean.
bool has_cjk(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if ((static_cast<unsigned char>(text[at]) & 0x80U) == 0) {
      ++at;
      continue;
    }
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(static_cast<UChar32>(hugo::next_character(text, at)), &status)) {
      case USCRIPT_HAN:
      case USCRIPT_HANGUL:
      case USCRIPT_HIRAGANA:
      case USCRIPT_KATAKANA:
        return true;
      default:
        break;
    }
  }
  return false;
}

bool is_cjk_page(std::string_view content, const hugo::Page& page, const hugo::Language& language) {
  const hugo::Value* told = page.params.find("iscjklanguage");
  return told != nullptr ? told->to_bool() : language.has_cjk && has_cjk(content);
}

/// The summary and what counts as the content, of the HTML of a page's text.
DividedHtml divided(const std::string& html, bool has_divider, bool is_html,
                    const hugo::MarkupRules& rules) {
  if (!has_divider) {
    return {"", html};
  }
  return rules.html_summaries || is_html ? divide(html, is_html) : divide_of_old(html);
}

std::string summary_of(const DividedHtml& html, const std::string& plain, bool has_divider,
                       bool is_cjk, const hugo::Page& page, const hugo::Language& language,
                       const PageContext& context) {
  const hugo::Value* written = page.params.find("summary");
  const std::string own = written == nullptr ? "" : written->to_text();
  const bool is_divided = has_divider && (!html.summary.empty() || !language.markup.html_summaries);
  if (is_divided) {
    return html.summary;
  }
  if (!own.empty()) {
    return unwrap_paragraph(markdown_to_html(own, language.markup, context));
  }
  if (has_divider) {
    return "";
  }
  return language.markup.html_summaries ? first_paragraphs(html.content, language.summary_length,
                                                           is_cjk, language.markup.closes_summaries)
                                        : first_sentences(plain, language.summary_length, is_cjk);
}

Result<RenderedPage> render_file(const hugo::Page& page, const hugo::Config& config,
                                 PageLinks& links) {
  const Result<std::string> content = read_file(page.source.place, hugo::kMaxContentBytes);
  return content ? render_page(*content, page, config, &links) : tl::unexpected(content.error());
}

Result<RenderedPage> find_rendering(const hugo::Page& page, const hugo::Config& config,
                                    const LinkTargets& targets, StampedCache* cache) {
  PageLinks links(targets, page);
  if (cache == nullptr) {
    return render_file(page, config, links);
  }
  std::string key = rendering_key(page);
  const Stamp stamp = StampedCache::stamp(page.source.place);
  if (const std::optional<std::string_view> packed = cache->find(key, stamp)) {
    PageLinks now(targets, page);
    if (std::optional<RenderedPage> known = unpack_rendering(*packed, now)) {
      return std::move(*known);
    }
  }
  Result<RenderedPage> rendered = render_file(page, config, links);
  if (rendered) {
    cache->keep(std::move(key), stamp, pack_rendering(*rendered, links));
  }
  return rendered;
}

}  // namespace

Result<RenderedPage> render_page(std::string_view content, const hugo::Page& page,
                                 const hugo::Config& config, PageLinks* links) {
  const hugo::Language& language = config.languages[page.source.language];
  const Format format = format_of(page);
  if (format == Format::kOther) {
    return fail(ErrorCode::kInvalid,
                "found content that is neither Markdown nor HTML: its summary, its words and the "
                "time to read it are left out",
                page.place());
  }
  const Result<std::optional<hugo::FrontMatterBlock>> matter =
      hugo::find_front_matter(content, page.source.place);
  if (!matter) {
    return tl::unexpected(matter.error());
  }
  const std::string_view text = content.substr(matter->has_value() ? (**matter).end : 0);
  if (text.size() > kMaxRenderedBytes) {
    return fail(ErrorCode::kInvalid,
                "found a text of " + std::to_string(text.size()) +
                    " bytes to render, wanted at most " + std::to_string(kMaxRenderedBytes),
                page.place());
  }
  const bool is_cjk = is_cjk_page(content, page, language);
  const PageContext context{links};
  const auto to_html = [&](std::string_view markdown) {
    return format == Format::kHtml ? std::string(markdown)
                                   : markdown_to_html(markdown, language.markup, context);
  };
  Result<ExpandedText> expanded = expand_shortcodes(text, "<!--more-->", to_html);
  if (!expanded) {
    return fail(expanded.error().code, expanded.error().message, page.place());
  }
  const std::string html = restore_pieces(to_html(expanded->text), expanded->pieces);
  const DividedHtml parts =
      divided(html, expanded->has_divider, format == Format::kHtml, language.markup);
  const std::string plain = strip_html(
      parts.content, config.rules.strips_by_blocks ? Stripping::kByBlocks : Stripping::kOfOld);
  RenderedPage rendered;
  rendered.word_count = count_words(plain, is_cjk);
  // Hugos that strip tags in the old way read one word more in each minute.
  const std::int64_t words_a_minute =
      (is_cjk ? 500 : 212) + (config.rules.strips_by_blocks ? 0 : 1);
  rendered.reading_time = (rendered.word_count + words_a_minute - 1) / words_a_minute;
  rendered.summary =
      summary_of(parts, plain, expanded->has_divider, is_cjk, page, language, context);
  rendered.shortcodes = std::move(expanded->names);
  return rendered;
}

RenderedPages render_pages(const std::vector<const hugo::Page*>& pages, const hugo::Site& site,
                           const hugo::Config& config, StampedCache* cache) {
  std::vector<Result<RenderedPage>> rendered(pages.size());
  const LinkTargets targets(config, site);
  if (cache != nullptr) {
    cache->enter(rendering_world(config));
  }
  for_each_in_parallel(pages.size(), [&](std::size_t i) {
    rendered[i] = find_rendering(*pages[i], config, targets, cache);
  });
  if (cache != nullptr) {
    cache->save();
  }
  RenderedPages result;
  std::map<std::string, std::size_t> shortcodes;  // By name: the first page that has it.
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (!rendered[i]) {
      result.warnings.push_back(std::move(rendered[i].error()));
      result.pages.emplace_back();
      continue;
    }
    for (const std::string& name : rendered[i]->shortcodes) {
      shortcodes.emplace(name, i);
    }
    result.pages.emplace_back(std::move(*rendered[i]));
  }
  for (const auto& [name, first] : shortcodes) {
    result.warnings.push_back({ErrorCode::kInvalid,
                               "found the shortcode '" + name +
                                   "', whose template is not evaluated: what it would write is "
                                   "missing from summaries and counts",
                               pages[first]->place()});
  }
  return result;
}

}  // namespace likes::markup
