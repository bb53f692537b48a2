#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/html/tag.h"

namespace likes::html {

/// HTML that stands in another file in an escaped form, and where in that file it stands:
///
///     file   <description>&lt;b&gt;<![CDATA[42</b>]]></description>
///     html                <   b>           42</b>
class EmbeddedText {
 public:
  /// Adds bytes of the file that mean themselves.
  void add_verbatim(std::string_view file, Range source);

  /// Adds a character that the file has in an escaped form.
  void add_character(char32_t character, Range source);

  /// What is added next does not stand behind the last in the file without a gap.
  void start_piece() { ++piece_; }

  [[nodiscard]] std::string_view html() const { return html_; }

  /// Where bytes of html() stand in the file; nothing when they are in more than one piece.
  [[nodiscard]] std::optional<Range> source_of(Range bytes) const;

  void clear();

 private:
  struct Run {
    std::size_t begin;  ///< In html_.
    Range source;
    bool is_verbatim;
    std::size_t piece;
  };

  [[nodiscard]] const Run& run_at(std::size_t offset) const;

  std::string html_;
  std::vector<Run> runs_;
  std::size_t piece_ = 0;
};

/// Adds text of an XML file, with its character references (`&lt;`, `&#34;`) replaced.
void add_xml_text(EmbeddedText& text, std::string_view file, Range source);

/// Adds the inside of a JSON string; false when it is none, by its escapes.
[[nodiscard]] bool add_json_string(EmbeddedText& text, std::string_view file, Range source);

}  // namespace likes::html
