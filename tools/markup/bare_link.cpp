#include "tools/markup/bare_link.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "tools/markup/nodes.h"
#include "tools/support/character_set.h"

namespace likes::markup {
namespace {

constexpr std::size_t kMaxHost = 256;
constexpr std::size_t kMaxLabel = 63;
constexpr CharacterSet kBlanks(" \t");
constexpr CharacterSet kBeforeAddress(" \t\n*_~(");

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_alphanumeric(char c) {
  return is_lower(c) || (c >= 'A' && c <= 'Z') || is_digit(c);
}

bool is_one_of(char c, std::string_view signs) {
  return signs.find(c) != std::string_view::npos;
}

template <class Predicate>
std::size_t skip_while(std::string_view text, std::size_t at, Predicate is_wanted) {
  while (at < text.size() && is_wanted(text[at])) {
    ++at;
  }
  return at;
}

/// Where a host that begins at `at` ends behind its last `.` with lower-case letters; 0 for none.
std::size_t end_of_host(std::string_view text, std::size_t at) {
  const std::size_t run = skip_while(text.substr(0, at + kMaxHost + 1), at, [](char c) {
    return is_alphanumeric(c) || is_one_of(c, "-@:%._+~#=");
  });
  for (std::size_t dot = run; dot-- > at + 1;) {
    if (text[dot] == '.' && dot + 1 < text.size() && is_lower(text[dot + 1])) {
      return skip_while(text, dot + 1, is_lower);
    }
  }
  return 0;
}

std::size_t end_of_path(std::string_view text, std::size_t at, bool has_dollar) {
  if (at >= text.size() || !is_one_of(text[at], "/#?")) {
    return at;
  }
  return skip_while(text, at, [has_dollar](char c) {
    return is_alphanumeric(c) || is_one_of(c, "-@:%_+.~#!?&/=();,'\">^{}[]`") ||
           (has_dollar && c == '$');
  });
}

/// Leaves off what ends a sentence rather than an address.
std::size_t trim_address(std::string_view text, std::size_t end) {
  if (text[end - 1] == '.') {
    --end;
  } else if (text[end - 1] == ')') {
    const std::string_view address = text.substr(0, end);
    const auto closing = std::count(address.begin(), address.end(), ')');
    const auto opening = std::count(address.begin(), address.end(), '(');
    end -= closing > opening ? std::min(static_cast<std::size_t>(closing - opening), end - 1) : 0;
  } else if (text[end - 1] == ';') {
    std::size_t begin = end - 1;
    while (begin > 0 && is_alphanumeric(text[begin - 1])) {
      --begin;
    }
    end = begin < end - 1 && begin > 0 && text[begin - 1] == '&' ? begin - 1 : end;
  }
  while (end > 1 && is_one_of(text[end - 1], "?!.,:*_~")) {
    --end;
  }
  return end;
}

/// Where the domain of a mail address ends, labels of letters, digits and hyphens; 0 for none.
std::size_t end_of_domain(std::string_view text, std::size_t at) {
  std::size_t end = 0;
  for (;;) {
    const std::size_t label = skip_while(text.substr(0, at + kMaxLabel), at,
                                         [](char c) { return is_alphanumeric(c) || c == '-'; });
    std::size_t last = label;
    while (last > at && text[last - 1] == '-') {
      --last;
    }
    if (last == at || !is_alphanumeric(text[at])) {
      return end;
    }
    end = last;
    if (last != label || label >= text.size() || text[label] != '.') {
      return end;
    }
    at = label + 1;
  }
}

/// The text of one node cut into what is a link and what is none.
class TextLinker {
 public:
  TextLinker(cmark_node* node, const Marks& marks, bool begins_line)
      : node_(node),
        marks_(marks),
        text_(literal(node)),
        begins_line_(begins_line),
        may_have_mail_(text_.find('@') != std::string::npos) {}

  void link() {
    for (std::size_t at = 0; at < text_.size();) {
      const bool may_begin = at == 0 ? begins_line_ : may_precede_address(text_[at - 1]);
      const std::size_t length = may_begin ? length_at(at) : 0;
      if (length > 0) {
        add_text(at);
        add_link(text_.substr(at, length));
        done_ = at + length;
      }
      at += length > 0 ? length : 1;
    }
    if (done_ > 0) {
      const std::string rest = text_.substr(done_);
      cmark_node_set_literal(node_, rest.c_str());
    }
  }

 private:
  /// How many bytes of the text at `at` are an address.
  std::size_t length_at(std::size_t at) {
    is_mail_ = false;
    const std::string_view rest = std::string_view(text_).substr(at);
    const bool may_be_address =
        rest.starts_with("http") || rest.starts_with("www.") || rest.starts_with("ftp:");
    if (!may_be_address && !may_have_mail_) {
      return 0;
    }
    const std::string_view word = rest.substr(0, kBlanks.first_in(rest));
    if (!may_be_address && word.find('@') == std::string_view::npos) {
      return 0;
    }
    // Signs are longer than what they stand for, so that lengths are brought back to them.
    const std::string source = marks_.to_source(word);
    std::size_t length = bare_address_length(source);
    if (length == 0) {
      length = bare_mail_length(source);
      is_mail_ = length > 0;
    }
    std::size_t end = 0;
    for (std::size_t seen = 0; seen < length && end < word.size();) {
      const std::string_view mark = marks_.source_at(word, end);
      seen += mark.empty() ? 1 : mark.size();
      end += mark.empty() ? 1 : Marks::kBytes;
    }
    return length == 0 ? 0 : end;
  }

  void add_text(std::size_t end) {
    if (end > done_) {
      insert(text_node(text_.substr(done_, end - done_)));
    }
  }

  void add_link(const std::string& address) {
    cmark_node* link = cmark_node_new(CMARK_NODE_LINK);
    const std::string source = marks_.to_source(address);
    const char* scheme = is_mail_ ? "mailto:" : source.starts_with("www.") ? "http://" : "";
    cmark_node_set_url(link, (scheme + address).c_str());
    cmark_node_append_child(link, text_node(address));
    insert(link);
  }

  static cmark_node* text_node(const std::string& text) {
    cmark_node* node = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node_set_literal(node, text.c_str());
    return node;
  }

  void insert(cmark_node* node) { cmark_node_insert_before(node_, node); }

  cmark_node* node_;
  const Marks& marks_;
  std::string text_;
  bool begins_line_;
  bool may_have_mail_;
  bool is_mail_ = false;
  std::size_t done_ = 0;
};

/// Whether an address may begin with the node's text: at the begin of a line or behind a sign of
/// emphasis.
bool begins_line(cmark_node* text) {
  cmark_node* before = cmark_node_previous(text);
  if (before == nullptr) {
    cmark_node* parent = cmark_node_parent(text);
    return parent != nullptr;
  }
  switch (cmark_node_get_type(before)) {
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
    case CMARK_NODE_EMPH:
    case CMARK_NODE_STRONG:
      return true;
    default:
      return type_name(before) == "strikethrough";
  }
}

}  // namespace

bool may_precede_address(char c) {
  return kBeforeAddress.has(c);
}

std::size_t bare_address_length(std::string_view text) {
  std::size_t end = 0;
  if (text.starts_with("www.")) {
    end = end_of_host(text, 4);
    end = end == 0 ? 0 : end_of_path(text, end, false);
  } else {
    for (const std::string_view scheme : {"http://", "https://", "ftp://"}) {
      if (text.starts_with(scheme)) {
        end = end_of_host(text, scheme.size());
      }
    }
    if (end > 0 && end + 1 < text.size() && text[end] == ':' && is_digit(text[end + 1])) {
      end = skip_while(text, end + 1, is_digit);
    }
    end = end == 0 ? 0 : end_of_path(text, end, true);
  }
  return end == 0 ? 0 : trim_address(text, end);
}

std::size_t bare_mail_length(std::string_view text) {
  const std::size_t at = skip_while(
      text, 0, [](char c) { return is_alphanumeric(c) || is_one_of(c, "!#$%&'*+-./=?^_`{|}~"); });
  if (at == 0 || at >= text.size() || text[at] != '@' || !(is_alphanumeric(text[0]))) {
    return 0;
  }
  const std::size_t end = end_of_domain(text, at + 1);
  if (end == 0 || text.substr(at, end - at).find('.') == std::string_view::npos) {
    return 0;
  }
  return end < text.size() && (text[end] == '-' || text[end] == '_') ? 0 : end;
}

void link_addresses(cmark_node* document, const Marks& marks) {
  std::vector<cmark_node*> texts;
  const TreeIterator each(cmark_iter_new(document));
  for (cmark_event_type event = cmark_iter_next(each.get()); event != CMARK_EVENT_DONE;
       event = cmark_iter_next(each.get())) {
    cmark_node* node = cmark_iter_get_node(each.get());
    const cmark_node_type type = cmark_node_get_type(node);
    if (event == CMARK_EVENT_ENTER && (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE)) {
      cmark_iter_reset(each.get(), node, CMARK_EVENT_EXIT);
    } else if (event == CMARK_EVENT_ENTER && type == CMARK_NODE_TEXT) {
      texts.push_back(node);
    }
  }
  for (cmark_node* text : texts) {
    TextLinker(text, marks, begins_line(text)).link();
  }
}

}  // namespace likes::markup
