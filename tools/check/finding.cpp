#include "tools/check/finding.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tools/formats/json_text.h"

namespace likes::check {
namespace {

using nlohmann::ordered_json;

struct RuleText {
  const char* name;
  const char* heading;
};

RuleText text_of(Rule rule) {
  switch (rule) {
    case Rule::kSite:
      return {"site", "the site's configuration and content"};
    case Rule::kSharedSlug:
      return {"shared-slug", "posts with one slug"};
    case Rule::kSharedAlias:
      return {"shared-alias", "former keys that another post has as well"};
    case Rule::kNoMarkup:
      return {"no-markup", "pages without likes"};
    case Rule::kUnknownKey:
      return {"unknown-key", "keys in pages that no post has"};
    case Rule::kPageWithoutPost:
      return {"page-without-post", "pages that show their own likes and are no post"};
    case Rule::kMarker:
      return {"marker", "markers that cannot be baked"};
    case Rule::kOverlay:
      return {"overlay", "pages of another version of the theme component"};
    case Rule::kPostWithoutPage:
      return {"post-without-page", "posts without a page"};
    case Rule::kPostWithoutMarker:
      return {"post-without-marker", "posts that no page shows likes of"};
    case Rule::kPolicy:
      return {"policy", "Content-Security-Policies that keep likes from their server"};
    case Rule::kGone:
      return {"gone", "likes of posts that are no more"};
    case Rule::kRenamed:
      return {"renamed", "likes under a former key"};
  }
  return {"", ""};
}

std::string severity_name(Severity severity) {
  return severity == Severity::kError ? "error" : "note";
}

ordered_json number_or_null(const std::optional<std::size_t>& number) {
  return number ? ordered_json(*number) : ordered_json(nullptr);
}

/// Lines and columns count from 1.
ordered_json place_or_null(std::size_t number) {
  return number_or_null(number == 0 ? std::nullopt : std::optional(number));
}

ordered_json text_or_null(const std::string& text) {
  return text.empty() ? ordered_json(nullptr) : ordered_json(text);
}

/// By severity, then by rule; within these as they were found.
std::vector<Finding> sorted(std::vector<Finding> findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return a.severity != b.severity ? a.severity < b.severity : a.rule < b.rule;
  });
  return findings;
}

/// Keys and policies come from pages; whatever is in them, a finding is one line.
std::string on_one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c >= 0 && c < ' '; }, ' ');
  return text;
}

}  // namespace

std::size_t count_errors(const std::vector<Finding>& findings) {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [](const Finding& finding) { return finding.severity == Severity::kError; }));
}

std::string name_of(Rule rule) {
  return text_of(rule).name;
}

std::string to_text(const std::vector<Finding>& findings) {
  std::string text;
  const Finding* last = nullptr;
  const std::vector<Finding> all = sorted(findings);
  for (const Finding& finding : all) {
    if (last == nullptr || last->rule != finding.rule || last->severity != finding.severity) {
      text += std::string(last == nullptr ? "" : "\n") + severity_name(finding.severity) + ": " +
              text_of(finding.rule).heading + "\n";
    }
    last = &finding;
    const bool is_nowhere = finding.where.file.empty();
    const Location key_place = {finding.key};
    const Error line = {ErrorCode::kInvalid, finding.message,
                        is_nowhere ? key_place : finding.where};
    text += on_one_line(line.to_string()) + "\n";
  }
  return text;
}

std::string to_json(const std::vector<Finding>& findings, const Extent& extent) {
  ordered_json list = ordered_json::array();
  for (const Finding& finding : sorted(findings)) {
    ordered_json entry;
    entry["severity"] = severity_name(finding.severity);
    entry["rule"] = name_of(finding.rule);
    entry["key"] = text_or_null(finding.key);
    entry["file"] = text_or_null(finding.where.file);
    entry["line"] = place_or_null(finding.where.line);
    entry["column"] = place_or_null(finding.where.column);
    entry["message"] = finding.message;
    list.push_back(std::move(entry));
  }
  const std::size_t errors = count_errors(findings);
  ordered_json report;
  report["posts"] = extent.posts;
  report["pages"] = number_or_null(extent.pages);
  report["counts"] = number_or_null(extent.counts);
  report["errors"] = errors;
  report["notes"] = findings.size() - errors;
  report["findings"] = std::move(list);
  return formats::to_line(report) + "\n";
}

}  // namespace likes::check
