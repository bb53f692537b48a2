#include "tools/hugo/front_matter.h"

#include <algorithm>

namespace likes::hugo {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::size_t count_lines(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

/// Where front matter begins. It costs nothing until something is wrong.
struct Begin {
  const std::string& file;
  std::size_t line;
  std::size_t at;

  [[nodiscard]] Location where() const { return {file, line, 0}; }
};

/// Between two lines that start with `delimiter`. What stands behind the first one is data already
/// (blanks, if all is well), as for Hugo.
Result<FrontMatterBlock> find_delimited(std::string_view content, const Begin& begin,
                                        std::string_view delimiter) {
  const DataFormat format = delimiter == "+++" ? DataFormat::kToml : DataFormat::kYaml;
  const std::size_t first_newline = content.find('\n', begin.at);
  if (first_newline != std::string_view::npos) {
    const std::size_t text = begin.at + delimiter.size();
    for (std::size_t line = first_newline + 1; line < content.size();) {
      if (content[line] == delimiter[0] && content.substr(line).starts_with(delimiter)) {
        return FrontMatterBlock{format, content.substr(text, line - text), begin.line,
                                line + delimiter.size()};
      }
      const std::size_t newline = content.find('\n', line);
      line = newline == std::string_view::npos ? content.size() : newline + 1;
    }
  }
  return fail(ErrorCode::kInvalid,
              "found front matter that is not closed, wanted a line that starts with " +
                  std::string(delimiter),
              begin.where());
}

/// From one brace to the one that closes it; braces within strings do not count.
Result<FrontMatterBlock> find_braced(std::string_view content, const Begin& begin) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t at = begin.at; at < content.size(); ++at) {
    const char c = content[at];
    if (c == '\\' && in_string) {
      ++at;
    } else if (c == '"') {
      in_string = !in_string;
    } else if (!in_string && c == '{') {
      ++depth;
    } else if (!in_string && c == '}' && --depth == 0) {
      return FrontMatterBlock{DataFormat::kJson, content.substr(begin.at, at + 1 - begin.at),
                              begin.line, at + 1};
    }
  }
  return fail(ErrorCode::kInvalid, "found front matter that is not closed, wanted a '}'",
              begin.where());
}

/// All lines from `begin` that start with "#+".
FrontMatterBlock find_keywords(std::string_view content, const Begin& begin) {
  std::size_t end = begin.at;
  while (content.substr(end).starts_with("#+")) {
    end = std::min(content.find('\n', end), content.size() - 1) + 1;
  }
  return {DataFormat::kOrg, content.substr(begin.at, end - begin.at), begin.line, end};
}

Result<FrontMatterBlock> find_block(std::string_view content, const Begin& begin) {
  const std::string_view rest = content.substr(begin.at);
  if (rest.starts_with("+++") || rest.starts_with("---")) {
    return find_delimited(content, begin, rest.substr(0, 3));
  }
  if (rest.starts_with("#+")) {
    return find_keywords(content, begin);
  }
  return find_braced(content, begin);
}

}  // namespace

Result<std::optional<FrontMatterBlock>> find_front_matter(std::string_view content,
                                                          const std::string& file) {
  const std::size_t mark = content.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  const std::size_t at = content.find_first_not_of(" \t\r\n", mark);
  if (at == std::string_view::npos) {
    return std::nullopt;
  }
  const Begin begin{file, 1 + count_lines(content.substr(0, at)), at};
  const std::string_view rest = content.substr(at);
  if (!rest.starts_with("#+") && !rest.starts_with("+++") && !rest.starts_with("---") &&
      !rest.starts_with("{")) {
    return std::nullopt;
  }
  Result<FrontMatterBlock> block = find_block(content, begin);
  if (!block) {
    return tl::unexpected(block.error());
  }
  if (block->text.size() > kMaxFrontMatterBytes) {
    return fail(ErrorCode::kInvalid,
                "found front matter of " + std::to_string(block->text.size()) +
                    " bytes, wanted at most " + std::to_string(kMaxFrontMatterBytes),
                begin.where());
  }
  return *block;
}

Result<Value> read_front_matter(const std::optional<FrontMatterBlock>& block,
                                const std::string& file, const VersionRules& rules) {
  if (!block) {
    return Value::map();
  }
  return decode(block->format, block->text, {file, block->line, 0},
                rules.yaml_1_2 ? YamlDialect::kNew : YamlDialect::kOld);
}

}  // namespace likes::hugo
