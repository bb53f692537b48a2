#include "tools/html/marker.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <utility>

#include "tools/html/character_reference.h"
#include "tools/html/embedded_text.h"
#include "tools/html/scanner.h"

namespace likes::html {
namespace {

constexpr std::size_t npos = std::string_view::npos;

/// Elements that lose text put into them, by the rules of tables, lists to choose from and pages;
/// and those whose text is no text for readers.
constexpr std::array<std::string_view, 15> kNoText = {
    "html",     "head",     "frameset", "table",    "thead",  "tbody", "tfoot",   "tr",
    "colgroup", "optgroup", "select",   "template", "script", "style", "noframes"};

/// The value of a tag's attribute; one that comes twice counts once, as in HTML.
std::optional<std::string> value_of(std::string_view name, const Tag& tag, std::string_view page) {
  for (const Attribute& attribute : tag.attributes) {
    if (same_name(attribute.name.in(page), name)) {
      return decode_attribute(attribute.value.in(page));
    }
  }
  return std::nullopt;
}

struct Problem {
  std::size_t offset;
  std::string message;
};

struct Findings {
  std::vector<Marker> markers;
  std::vector<Problem> problems;
  std::vector<Drawing> drawings;
};

/// Takes the tags of a text one after the other and keeps those that mark a count.
class Collector {
 public:
  Collector(std::string_view text, Findings& findings) : text_(text), findings_(findings) {}

  void see(const Tag& tag) {
    const std::string_view name = tag.name.in(text_);
    if (open_) {
      const bool closes = tag.is_end_tag && same_name(name, open_->tag.name.in(text_));
      const Range content = {open_->tag.bytes.end, tag.bytes.begin};
      if (closes && content.in(text_).find('<') == npos) {
        findings_.markers.push_back(
            {std::move(open_->key),
             value_of(kLocaleAttribute, open_->tag, text_).value_or(std::string()), content});
      } else {
        tell("holds more than text, wanted only the count");
      }
      open_.reset();
    }
    if (!tag.is_end_tag) {
      see_drawing(tag);
      if (std::optional<std::string> key = value_of(kMarkerAttribute, tag, text_)) {
        open_ = Open{*std::move(key), tag};
        if (has_name(kNoText, name)) {
          tell("is a <" + std::string(name) + ">, which cannot hold a count");
          open_.reset();
        }
      }
    }
  }

  void end() {
    if (open_) {
      tell("has no end tag");
    }
  }

 private:
  struct Open {
    std::string key;
    Tag tag;
  };

  void see_drawing(const Tag& tag) {
    Result<std::optional<Drawing>> drawing = read_drawing(tag, text_);
    if (!drawing) {
      findings_.problems.push_back({tag.bytes.begin, drawing.error().message});
    } else if (*drawing) {
      findings_.drawings.push_back(**std::move(drawing));
    }
  }

  void tell(const std::string& what) {
    findings_.problems.push_back({open_->tag.bytes.begin, "the element marked " +
                                                              std::string(kMarkerAttribute) +
                                                              "=\"" + open_->key + "\" " + what});
  }

  std::string_view text_;
  Findings& findings_;
  std::optional<Open> open_;
};

Findings find_in_html(std::string_view page) {
  Findings findings;
  Collector collector(page, findings);
  Scanner scanner(page);
  while (const std::optional<Tag> tag = scanner.next()) {
    collector.see(*tag);
  }
  collector.end();
  return findings;
}

/// Adds what is found in embedded HTML, with its places in the file.
void find_in_embedded(const EmbeddedText& text, Findings& findings) {
  if (!may_have_markers(text.html())) {
    return;
  }
  Findings inside = find_in_html(text.html());
  for (Problem& problem : inside.problems) {
    problem.offset = text.source_of({problem.offset, problem.offset})->begin;
  }
  for (Marker& marker : inside.markers) {
    if (const std::optional<Range> source = text.source_of(marker.text)) {
      marker.text = *source;
      findings.markers.push_back(std::move(marker));
    } else {
      inside.problems.push_back({text.source_of({marker.text.begin, marker.text.begin})->begin,
                                 "the text of the element marked " + std::string(kMarkerAttribute) +
                                     "=\"" + marker.key + "\" is in several pieces"});
    }
  }
  std::move(inside.problems.begin(), inside.problems.end(), std::back_inserter(findings.problems));
  std::move(inside.drawings.begin(), inside.drawings.end(), std::back_inserter(findings.drawings));
}

/// Behind the markup at `open` that is no tag: a comment, a declaration, an instruction.
std::size_t end_of_xml_markup(std::string_view file, std::size_t open) {
  const std::string_view rest = file.substr(open);
  std::string_view end = ">";
  if (rest.starts_with("<!--")) {
    end = "-->";
  } else if (rest.starts_with("<?")) {
    end = "?>";
  } else if (const std::size_t at = rest.find_first_of("[>"); at != npos && rest[at] == '[') {
    end = "]>";  // A document type with declarations of its own.
  }
  const std::size_t found = file.find(end, open + 2);
  return found == npos ? file.size() : found + end.size();
}

Findings find_in_xml(std::string_view file) {
  constexpr std::string_view kCdata = "<![CDATA[";
  Findings findings;
  Collector collector(file, findings);
  EmbeddedText text;
  std::size_t at = 0;
  while (at < file.size()) {
    const std::size_t open = std::min(file.find('<', at), file.size());
    add_xml_text(text, file, {at, open});
    at = open;
    if (file.substr(at).starts_with(kCdata)) {
      const std::size_t begin = at + kCdata.size();
      const std::size_t end = std::min(file.find("]]>", begin), file.size());
      text.start_piece();
      text.add_verbatim(file, {begin, end});
      text.start_piece();
      at = std::min(end + 3, file.size());
    } else if (at + 1 < file.size() && (file[at + 1] == '!' || file[at + 1] == '?')) {
      text.start_piece();
      at = end_of_xml_markup(file, at);
    } else {
      find_in_embedded(text, findings);
      text.clear();
      const std::optional<Tag> tag = at < file.size() ? read_tag(file, at) : std::nullopt;
      if (!tag) {
        break;
      }
      collector.see(*tag);
      at = tag->bytes.end;
    }
  }
  collector.end();
  return findings;
}

/// The closing quote of the string that begins at `begin`, or the file's end.
std::size_t end_of_json_string(std::string_view file, std::size_t begin) {
  std::size_t at = begin;
  while ((at = file.find_first_of("\"\\", at)) != npos && file[at] == '\\') {
    at += 2;
  }
  return std::min(at, file.size());
}

Findings find_in_json(std::string_view file) {
  Findings findings;
  EmbeddedText text;
  std::size_t open = 0;
  while ((open = file.find('"', open)) != npos) {
    const Range inside = {open + 1, end_of_json_string(file, open + 1)};
    if (may_have_markers(inside.in(file))) {
      text.clear();
      if (add_json_string(text, file, inside)) {
        find_in_embedded(text, findings);
      } else {
        findings.problems.push_back(
            {open, "the string mentions " + std::string(kMarkerAttribute) + " but is no JSON"});
      }
    }
    open = inside.end + 1;
  }
  return findings;
}

Findings find_in(std::string_view file, Syntax syntax) {
  switch (syntax) {
    case Syntax::kHtml:
      return find_in_html(file);
    case Syntax::kXml:
      return find_in_xml(file);
    case Syntax::kJson:
      return find_in_json(file);
  }
  return {};
}

}  // namespace

bool may_have_markers(std::string_view file) {
  const std::size_t before_dash = kMarkerAttribute.find('-');  // "data", in all names.
  std::size_t at = 0;
  // memchr is many times faster than any loop of ours, and dashes are rare.
  while ((at = file.find('-', at)) != npos) {
    for (const std::string_view name : {kMarkerAttribute, kDrawnAttribute, kListAttribute}) {
      if (at >= before_dash && same_name(file.substr(at - before_dash, name.size()), name)) {
        return true;
      }
    }
    ++at;
  }
  return false;
}

Markers find_markers(std::string_view file, const std::string& name, Syntax syntax) {
  Markers markers;
  if (!may_have_markers(file)) {
    return markers;
  }
  Findings findings = find_in(file, syntax);
  markers.drawings = std::move(findings.drawings);
  const auto by_place = [](const Problem& a, const Problem& b) { return a.offset < b.offset; };
  std::stable_sort(findings.problems.begin(), findings.problems.end(), by_place);
  std::size_t line = 1;
  std::size_t counted = 0;
  for (Problem& problem : findings.problems) {
    const std::string_view skipped = file.substr(counted, problem.offset - counted);
    line += static_cast<std::size_t>(std::count(skipped.begin(), skipped.end(), '\n'));
    counted = problem.offset;
    markers.problems.push_back({ErrorCode::kInvalid, std::move(problem.message), {name, line}});
  }
  std::stable_sort(findings.markers.begin(), findings.markers.end(),
                   [](const Marker& a, const Marker& b) { return a.text.begin < b.text.begin; });
  // In XML, the text of a marked element may itself look like HTML with a marker; the element it
  // is.
  std::size_t end = 0;
  for (Marker& marker : findings.markers) {
    if (marker.text.begin >= end) {
      end = marker.text.end;
      markers.found.push_back(std::move(marker));
    }
  }
  return markers;
}

}  // namespace likes::html
