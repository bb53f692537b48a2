#include "tools/markup/attributes.h"

#include <algorithm>
#include <cctype>

namespace likes::markup {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_name_character(char c) {
  return is_ascii_letter(c) || is_digit(c) || c == '_' || c == ':' || c == '.' || c == '-';
}

/// What may stand in `#id` and `.class`.
bool is_word_character(char c) {
  return !is_space(c) && (std::ispunct(static_cast<unsigned char>(c)) == 0 || c == '_' ||
                          c == '-' || c == ':' || c == '.');
}

class AttributeReader {
 public:
  explicit AttributeReader(std::string_view text) : text_(text) {}

  std::optional<Attributes> read() {
    if (peek() != '{') {
      return std::nullopt;
    }
    ++at_;
    for (;;) {
      skip_spaces();
      if (peek() == '}') {
        ++at_;
        return at_ == text_.size() ? std::optional<Attributes>(std::move(attributes_))
                                   : std::nullopt;
      }
      if (!read_one()) {
        return std::nullopt;
      }
      skip_spaces();
      if (peek() == ',') {
        ++at_;
      }
    }
  }

 private:
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void skip_spaces() {
    while (at_ < text_.size() && is_space(text_[at_])) {
      ++at_;
    }
  }

  template <class Predicate>
  std::string take_while(Predicate is_wanted) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_wanted(text_[at_])) {
      ++at_;
    }
    return std::string(text_.substr(begin, at_ - begin));
  }

  void add(const std::string& name, std::string value) {
    const auto same = std::find_if(attributes_.begin(), attributes_.end(),
                                   [&name](const auto& each) { return each.first == name; });
    if (name == "class" && same != attributes_.end()) {
      same->second += " " + value;
    } else {
      attributes_.emplace_back(name, std::move(value));
    }
  }

  bool read_one() {
    const char c = peek();
    if (c == '#' || c == '.') {
      ++at_;
      add(c == '#' ? "id" : "class", take_while(is_word_character));
      return true;
    }
    if (!is_ascii_letter(c) && c != '_' && c != ':') {
      return false;
    }
    const std::string name = take_while(is_name_character);
    skip_spaces();
    if (peek() != '=') {
      return false;
    }
    ++at_;
    skip_spaces();
    return read_value(name);
  }

  bool read_value(const std::string& name) {
    if (peek() != '"') {
      const std::string value = take_while([](char c) { return is_name_character(c) || c == '+'; });
      if (!value.empty()) {
        add(name, value);
      }
      return !value.empty();
    }
    std::string value;
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
        ++at_;
      }
      value += text_[at_];
    }
    if (at_ == text_.size()) {
      return false;
    }
    ++at_;
    add(name, value);
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Attributes attributes_;
};

}  // namespace

std::optional<Attributes> read_attributes(std::string_view text) {
  return AttributeReader(text).read();
}

Attributes take_attributes(std::string& text) {
  const std::size_t end = text.find_last_not_of(" \t");
  if (end == std::string::npos || text[end] != '}') {
    return {};
  }
  const std::size_t begin = text.rfind('{', end);
  if (begin == std::string::npos) {
    return {};
  }
  std::optional<Attributes> attributes =
      read_attributes(std::string_view(text).substr(begin, end + 1 - begin));
  if (!attributes) {
    return {};
  }
  text.erase(begin);
  text.erase(text.find_last_not_of(" \t") + 1);
  return std::move(*attributes);
}

}  // namespace likes::markup
