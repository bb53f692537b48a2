#pragma once

#include <cmark-gfm.h>

#include <cstddef>

#include "tools/hugo/markup_rules.h"
#include "tools/markup/marks.h"

namespace likes::markup {

/// Replaces quotation marks, apostrophes, dashes and dots by signs for what the configuration
/// writes instead, as Goldmark's typographer does. A quotation that is opened in one paragraph may
/// be closed in another of the same document.
class Typographer {
 public:
  Typographer(const hugo::Punctuation& punctuation, Marks& marks)
      : punctuation_(punctuation), marks_(marks) {}

  /// Does so in the text of the next paragraph, heading or cell.
  void set(cmark_node* block);

 private:
  const hugo::Punctuation& punctuation_;
  Marks& marks_;
  std::size_t open_single_ = 0;
  std::size_t open_double_ = 0;
};

}  // namespace likes::markup
