#include "tools/dev/hugo_words.h"

#include <algorithm>
#include <string_view>

namespace likes::dev {
namespace {

struct SharedOption {
  std::string_view name;
  char letter;  ///< 0: none.
  const char* wanted;
};

constexpr const char* kBefore = "wanted it before '--'";

constexpr SharedOption kSharedOptions[] = {
    {"source", 's', kBefore},
    {"config", 0, kBefore},
    {"environment", 'e', kBefore},
    {"buildDrafts", 'D', kBefore},
    {"buildFuture", 'F', kBefore},
    {"buildExpired", 'E', kBefore},
    {"clock", 0, kBefore},
    {"port", 'p', "wanted --port before '--'"},
    {"configDir", 0, "wanted one file, or several in --config before '--'"},
    {"contentDir", 'c', "wanted contentDir in the configuration"},
    {"baseURL", 'b', "wanted --port before '--': the site is on localhost"},
};

/// Of the letters that hugo server knows, those behind which the rest of the word is a value.
constexpr std::string_view kLettersWithValue = "dlt";

const SharedOption* find_shared(std::string_view word) {
  if (word.starts_with("--")) {
    const std::string_view name = word.substr(2, word.find('=') - 2);
    const SharedOption* found =
        std::find_if(std::begin(kSharedOptions), std::end(kSharedOptions),
                     [&](const SharedOption& option) { return option.name == name; });
    return found == std::end(kSharedOptions) ? nullptr : found;
  }
  if (!word.starts_with('-')) {
    return nullptr;
  }
  for (const char letter : word.substr(1)) {
    for (const SharedOption& option : kSharedOptions) {
      if (option.letter == letter) {
        return &option;
      }
    }
    if (kLettersWithValue.find(letter) != std::string_view::npos) {
      break;
    }
  }
  return nullptr;
}

}  // namespace

Result<void> check_hugo_words(const std::vector<std::string>& words) {
  if (!words.empty() && !words.front().starts_with('-')) {
    return fail(ErrorCode::kInvalid,
                "unexpected argument '" + words.front() + "', wanted options for hugo behind '--'");
  }
  for (const std::string& word : words) {
    if (const SharedOption* option = find_shared(word); option != nullptr) {
      return fail(ErrorCode::kInvalid,
                  "found '" + word + "' behind '--', where hugo alone sees it; " + option->wanted);
    }
  }
  return {};
}

}  // namespace likes::dev
