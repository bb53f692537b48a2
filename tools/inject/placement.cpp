#include "tools/inject/placement.h"

#include <algorithm>

#include "tools/html/character_reference.h"
#include "tools/html/scanner.h"

namespace likes::inject {
namespace {

constexpr std::string_view kBlank = " \t\n\f\r";
constexpr std::string_view kEndsName = ".#[";

std::string_view trim(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(kBlank), text.size());
  const std::size_t end = text.find_last_not_of(kBlank);
  return end == std::string_view::npos ? "" : text.substr(begin, end + 1 - begin);
}

bool has_word(std::string_view words, std::string_view word) {
  for (std::size_t at = 0; (at = words.find(word, at)) != std::string_view::npos; ++at) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || kBlank.find(words[at - 1]) != std::string_view::npos;
    if (begins && (end == words.size() || kBlank.find(words[end]) != std::string_view::npos)) {
      return true;
    }
  }
  return false;
}

/// An element that a selector has found, until its end tag comes.
struct Candidate {
  std::string_view name;
  std::size_t depth = 1;                  ///< Elements of its name that are open, itself included.
  std::optional<std::size_t> place = {};  ///< Where a button goes, once that is known.
};

/// Behind an element, but at the end of one that holds all there is.
std::size_t place_at_end(const html::Tag& end_tag, std::string_view name) {
  const bool is_inside = html::same_name(name, "article") || html::same_name(name, "main");
  return is_inside ? end_tag.bytes.begin : end_tag.bytes.end;
}

}  // namespace

std::optional<Selector> Selector::read(std::string_view text) {
  Selector selector;
  const std::size_t end_of_name = std::min(text.find_first_of(kEndsName), text.size());
  selector.name_ = text.substr(0, end_of_name);
  std::size_t at = end_of_name;
  while (at < text.size()) {
    const char kind = text[at++];
    const std::size_t end =
        std::min(kind == '[' ? text.find(']', at) : text.find_first_of(kEndsName, at), text.size());
    const std::string_view part = text.substr(at, end - at);
    at = kind == '[' ? end + 1 : end;
    const std::size_t equals = std::min(part.find('='), part.size());
    if (part.empty() || (kind == '[' && (end == text.size() || equals == 0))) {
      return std::nullopt;
    }
    if (kind != '[') {
      selector.conditions_.push_back(
          {kind == '.' ? "class" : "id", std::string(part), kind == '.'});
    } else if (equals == part.size()) {
      selector.conditions_.push_back({std::string(part), std::nullopt});
    } else {
      std::string_view value = part.substr(equals + 1);
      if (value.size() > 1 && (value.front() == '"' || value.front() == '\'')) {
        value = value.substr(1, value.size() - 2);
      }
      selector.conditions_.push_back({std::string(part.substr(0, equals)), std::string(value)});
    }
  }
  const bool is_simple = text.find_first_of(" \t\n>+~:*") == std::string_view::npos;
  return text.empty() || !is_simple ? std::nullopt : std::optional<Selector>(selector);
}

Result<std::vector<Selector>> Selector::read_list(std::string_view text) {
  std::vector<Selector> selectors;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const std::string_view part = trim(text.substr(at, end - at));
    at = end + 1;
    std::optional<Selector> selector = read(part);
    if (!selector) {
      return fail(ErrorCode::kInvalid, "found '" + std::string(part) +
                                           "', wanted a selector such as article, .post-content, "
                                           "#text or [itemprop=articleBody]");
    }
    selectors.push_back(*std::move(selector));
  }
  return selectors;
}

bool Selector::matches(const html::Tag& tag, std::string_view page) const {
  if (tag.is_end_tag || !(name_.empty() || html::same_name(name_, tag.name.in(page)))) {
    return false;
  }
  return std::all_of(conditions_.begin(), conditions_.end(), [&](const Condition& condition) {
    const auto attribute = std::find_if(
        tag.attributes.begin(), tag.attributes.end(), [&](const html::Attribute& candidate) {
          return html::same_name(candidate.name.in(page), condition.attribute);
        });
    if (attribute == tag.attributes.end()) {
      return false;
    }
    const std::string value = html::decode_attribute(attribute->value.in(page));
    return !condition.value ||
           (condition.is_word ? has_word(value, *condition.value) : value == *condition.value);
  });
}

Places find_places(std::string_view page, const std::vector<Selector>& selectors) {
  Places places;
  std::vector<std::optional<Candidate>> candidates(selectors.size());
  html::Scanner scanner(page);
  while (const std::optional<html::Tag> tag = scanner.next()) {
    const std::string_view name = tag->name.in(page);
    if (tag->is_end_tag && !places.head && html::same_name(name, "head")) {
      places.head = tag->bytes.begin;
    }
    places.has_form = places.has_form ||
                      std::any_of(tag->attributes.begin(), tag->attributes.end(),
                                  [page](const html::Attribute& attribute) {
                                    return html::same_name(attribute.name.in(page), "data-likes");
                                  });
    for (std::size_t i = 0; i < selectors.size(); ++i) {
      std::optional<Candidate>& candidate = candidates[i];
      if (!candidate) {
        if (selectors[i].matches(*tag, page)) {
          candidate = Candidate{name};
        }
      } else if (!candidate->place && html::same_name(name, candidate->name)) {
        candidate->depth += tag->is_end_tag ? -1 : 1;
        if (candidate->depth == 0) {
          candidate->place = place_at_end(*tag, name);
        }
      }
    }
  }
  for (const std::optional<Candidate>& candidate : candidates) {
    if (candidate && candidate->place) {
      places.button = candidate->place;
      break;
    }
  }
  return places;
}

}  // namespace likes::inject
