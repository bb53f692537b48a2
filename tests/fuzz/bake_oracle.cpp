#include "tests/fuzz/bake_oracle.h"

#include <gumbo.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include "tools/bake/bake_page.h"
#include "tools/html/marker.h"

// gumbo 0.10 loses the names of attributes that come twice.
extern "C" const char* __lsan_default_suppressions() {  // NOLINT(bugprone-reserved-identifier)
  return "leak:libgumbo\n";
}

namespace likes::testing {
namespace {

/// As long as each other.
constexpr const char* kOneCount = "7000000000000001";
constexpr const char* kOtherCount = "8000000000000002";

class TreePrinter {
 public:
  explicit TreePrinter(bool texts) : texts_(texts) {}

  std::string print(const GumboNode& root) {
    // gumbo's trees may be as deep as the page is long; recursion would end in the stack's end.
    std::vector<Step> steps = {{&root, 0}};
    while (!steps.empty()) {
      const Step step = steps.back();
      steps.pop_back();
      print_node(*step.node, step.depth, steps);
    }
    return std::move(tree_);
  }

 private:
  struct Step {
    const GumboNode* node;
    std::size_t depth;
  };

  void line(std::size_t depth, const std::string& text) {
    was_text_ = false;
    tree_ += "\n" + std::to_string(depth) + " ";
    add(text);
  }

  void add(const std::string& text) {
    for (const char c : text) {
      tree_ += c == '\n' ? std::string("\\n") : std::string(1, c);
    }
  }

  void text(std::size_t depth, const std::string& text) {
    if (!texts_) {
      return;
    }
    if (!was_text_) {
      line(depth, "\"");
      was_text_ = true;
    }
    add(text);
  }

  void children(const GumboVector& children, std::size_t depth, std::vector<Step>& steps) {
    for (unsigned i = children.length; i > 0; --i) {
      steps.push_back({static_cast<const GumboNode*>(children.data[i - 1]), depth});
    }
  }

  void print_node(const GumboNode& node, std::size_t depth, std::vector<Step>& steps) {
    switch (node.type) {
      case GUMBO_NODE_DOCUMENT:
        line(depth, std::string("document ") + node.v.document.name);
        children(node.v.document.children, depth + 1, steps);
        break;
      case GUMBO_NODE_ELEMENT:
      case GUMBO_NODE_TEMPLATE: {
        const GumboElement& element = node.v.element;
        std::string name =
            "<" + std::to_string(element.tag_namespace) + ":" + std::to_string(element.tag);
        if (element.tag == GUMBO_TAG_UNKNOWN) {
          name += std::string(element.original_tag.data, element.original_tag.length);
        }
        for (unsigned i = 0; i < element.attributes.length; ++i) {
          const auto* attribute = static_cast<const GumboAttribute*>(element.attributes.data[i]);
          name += std::string(" ") + attribute->name + "='" + attribute->value + "'";
        }
        line(depth, name);
        children(element.children, depth + 1, steps);
        break;
      }
      case GUMBO_NODE_COMMENT:
        line(depth, std::string("<!--") + node.v.text.text);
        break;
      case GUMBO_NODE_TEXT:
      case GUMBO_NODE_WHITESPACE:
      case GUMBO_NODE_CDATA:
        text(depth, node.v.text.text);
        break;
    }
  }

  bool texts_;
  bool was_text_ = false;
  std::string tree_;
};

formats::LikeCounts counts_for(std::string_view page, std::int64_t total) {
  formats::LikeCounts counts;
  for (const html::Syntax syntax : {html::Syntax::kHtml, html::Syntax::kXml, html::Syntax::kJson}) {
    for (const html::Marker& marker : html::find_markers(page, "page", syntax).found) {
      counts.likes[marker.key].total = total;
    }
  }
  return counts;
}

std::string broken_as(std::string_view page, html::Syntax syntax) {
  const formats::LikeCounts counts = counts_for(page, std::stoll(kOneCount));
  const bake::BakedPage once = bake::bake_page(page, counts, "page", syntax);
  const bake::BakedPage twice = bake::bake_page(once.html, counts, "page", syntax);
  if (once.keys.empty() && once.html != page) {
    return "a page without markers has changed";
  }
  if (twice.html != once.html || twice.keys != once.keys) {
    return "baking twice is not baking once";
  }
  return "";
}

/// Pages that show nothing in a marker, or blanks, may mean something else with text in it: text,
/// not blanks, makes HTML open elements again and moves it out of tables.
bool shows_text_in_all(std::string_view page) {
  const std::vector<html::Marker> found = html::find_markers(page, "page").found;
  return std::all_of(found.begin(), found.end(), [page](const html::Marker& marker) {
    const std::string_view text = marker.text.in(page);
    return text.find_first_of("0123456789") != std::string_view::npos;
  });
}

bool has_word(std::string_view page, std::string_view word) {
  return std::search(page.begin(), page.end(), word.begin(), word.end(), [](char a, char b) {
           return std::tolower(static_cast<unsigned char>(a)) == b;
         }) != page.end();
}

}  // namespace

std::string tree_of(const std::string& page, bool texts) {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  GumboOutput* output = gumbo_parse_with_options(&options, page.data(), page.size());
  std::string tree = TreePrinter(texts).print(*output->document);
  gumbo_destroy_output(&options, output);
  return tree;
}

std::string broken_promise(std::string_view page) {
  for (const html::Syntax syntax : {html::Syntax::kHtml, html::Syntax::kXml, html::Syntax::kJson}) {
    if (std::string broken = broken_as(page, syntax); !broken.empty()) {
      return broken;
    }
  }
  // Pages that have our counts in their own text, in whatever spelling (an entity, a zero byte that
  // gumbo leaves out), would confuse us. Where gumbo knows an older standard it is no judge: what
  // stands in a <select> is no longer lost, and </p> and </br> end an <svg> or <math>.
  const bool has_foreign = has_word(page, "<svg") || has_word(page, "<math");
  const std::string own_tree = tree_of(std::string(page), true);
  if (has_word(own_tree, kOneCount) || has_word(own_tree, kOtherCount) ||
      has_word(page, "<select") ||
      (has_foreign && (has_word(page, "</p") || has_word(page, "</br")))) {
    return "";
  }
  const bake::BakedPage one =
      bake::bake_page(page, counts_for(page, std::stoll(kOneCount)), "page");
  const bake::BakedPage other =
      bake::bake_page(page, counts_for(page, std::stoll(kOtherCount)), "page");
  if (one.keys.empty()) {
    return "";
  }
  std::string one_tree = tree_of(one.html, true);
  std::string other_tree = tree_of(other.html, true);
  // Only in text: there the counts are the same when one is put for the other, line by line.
  std::size_t at = 0;
  while ((at = one_tree.find(kOneCount, at)) != std::string::npos) {
    const std::size_t line = one_tree.rfind('\n', at) + 1;
    const std::size_t mark = one_tree.find(' ', line) + 1;
    if (one_tree[mark] == '"') {
      one_tree.replace(at, std::string_view(kOtherCount).size(), kOtherCount);
    }
    at += std::string_view(kOtherCount).size();
  }
  if (one_tree != other_tree) {
    return "two counts give two trees:\n" + one_tree + "\n---\n" + other_tree;
  }
  // Text before <frameset> decides whether the page has frames; nobody puts a count there.
  if (shows_text_in_all(page) && !has_word(page, "<frameset")) {
    const std::string before = tree_of(std::string(page), false);
    const std::string after = tree_of(one.html, false);
    if (before != after) {
      return "the elements have changed:\n" + before + "\n---\n" + after;
    }
  }
  return "";
}

}  // namespace likes::testing
