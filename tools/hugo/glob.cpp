#include "tools/hugo/glob.h"

#include <algorithm>

#include "tools/hugo/unicode.h"
#include "tools/support/character_set.h"

namespace likes::hugo {
namespace {

/// ASCII without capital letters.
constexpr CharacterSet kLower = CharacterSet("").and_range('\x01', '@').and_range('[', '\x7F');

/// Braces multiply; beyond this many alternatives the rest is not looked at.
constexpr std::size_t kMaxAlternatives = 1000;

/// Where the brace that opens at `open` closes, or npos.
std::size_t closing_brace(std::string_view pattern, std::size_t open) {
  std::size_t depth = 0;
  for (std::size_t at = open; at < pattern.size(); ++at) {
    if (pattern[at] == '{') {
      ++depth;
    } else if (pattern[at] == '}' && --depth == 0) {
      return at;
    }
  }
  return std::string_view::npos;
}

std::vector<std::string> expand_braces(const std::string& pattern) {
  std::vector<std::string> done;
  std::vector<std::string> waiting = {pattern};
  while (!waiting.empty() && done.size() < kMaxAlternatives && waiting.size() < kMaxAlternatives) {
    const std::string next = std::move(waiting.back());
    waiting.pop_back();
    const std::size_t open = next.find('{');
    const std::size_t close =
        open == std::string::npos ? std::string::npos : closing_brace(next, open);
    if (close == std::string::npos) {
      done.push_back(next);
      continue;
    }
    std::size_t depth = 0;
    std::size_t begin = open + 1;
    for (std::size_t at = open + 1; at <= close; ++at) {
      if (depth == 0 && (next[at] == ',' || at == close)) {
        waiting.push_back(next.substr(0, open) + next.substr(begin, at - begin) +
                          next.substr(close + 1));
        begin = at + 1;
      } else if (next[at] == '{') {
        ++depth;
      } else if (next[at] == '}') {
        --depth;
      }
    }
  }
  return done;
}

/// One character of a path against `[a-z]` at `at`, which then stands behind it.
bool matches_set(std::string_view pattern, std::size_t& at, char c) {
  const std::size_t close = pattern.find(']', at + 1);
  if (close == std::string_view::npos) {
    return c == pattern[at++];
  }
  std::string_view set = pattern.substr(at + 1, close - at - 1);
  at = close + 1;
  const bool is_negated = set.starts_with('!') || set.starts_with('^');
  if (is_negated) {
    set.remove_prefix(1);
  }
  bool found = false;
  for (std::size_t i = 0; i < set.size(); ++i) {
    if (i + 2 < set.size() && set[i + 1] == '-') {
      found = found || (set[i] <= c && c <= set[i + 2]);
      i += 2;
    } else {
      found = found || set[i] == c;
    }
  }
  return found != is_negated;
}

/// `reached[i]` says whether the pattern so far can match the first i characters of the path.
bool matches_one(std::string_view pattern, std::string_view path) {
  // Most patterns are a folder and `**`: what is plain in them needs no table.
  const std::size_t plain = std::min(pattern.find_first_of("*?["), pattern.size());
  if (!path.starts_with(pattern.substr(0, plain))) {
    return false;
  }
  pattern.remove_prefix(plain);
  path.remove_prefix(plain);
  if (pattern.empty() || pattern == "**") {
    return path.empty() || !pattern.empty();
  }
  std::vector<bool> reached(path.size() + 1, false);
  reached[0] = true;
  for (std::size_t at = 0; at < pattern.size();) {
    std::vector<bool> next(path.size() + 1, false);
    if (pattern[at] == '*') {
      const bool crosses = pattern.substr(at).starts_with("**");
      bool open = false;
      for (std::size_t i = 0; i <= path.size(); ++i) {
        const bool stopped = i > 0 && !crosses && path[i - 1] == '/';
        open = reached[i] || (open && !stopped);
        next[i] = open;
      }
      at += crosses ? 2 : 1;
    } else {
      std::size_t after = at + 1;
      for (std::size_t i = 0; i < path.size(); ++i) {
        if (!reached[i]) {
          continue;
        }
        std::size_t here = at;
        if (pattern[at] == '?') {
          next[i + 1] = path[i] != '/';
        } else if (pattern[at] == '[') {
          next[i + 1] = matches_set(pattern, here, path[i]);
          after = here;
        } else {
          next[i + 1] = pattern[at] == path[i];
        }
      }
      at = after;
    }
    if (std::find(next.begin(), next.end(), true) == next.end()) {
      return false;
    }
    reached = std::move(next);
  }
  return reached[path.size()];
}

}  // namespace

Glob::Glob(std::string_view pattern) : alternatives_(expand_braces(to_lower(pattern))) {}

bool Glob::matches(std::string_view path) const {
  std::string lowered;
  if (!kLower.has_all_of(path)) {  // Few are not.
    lowered = to_lower(path);
    path = lowered;
  }
  return std::any_of(alternatives_.begin(), alternatives_.end(),
                     [path](const std::string& pattern) { return matches_one(pattern, path); });
}

}  // namespace likes::hugo
