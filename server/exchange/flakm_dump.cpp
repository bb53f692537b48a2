#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "server/exchange/other_programs.h"
#include "tools/support/utc_time.h"

namespace likes::exchange {
namespace {

using Fields = std::vector<std::string>;

Fields split(std::string_view line, char separator) {
  Fields fields;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find(separator, begin), line.size());
    fields.emplace_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return fields;
}

/// The columns of `COPY public.TABLE (a, b, c) FROM stdin;`, or nothing where it is another line.
std::optional<Fields> copy_columns(const std::string& line, const std::string& table) {
  const std::size_t open = line.find(" (");
  const std::size_t close = line.find(") FROM stdin;");
  if (!line.starts_with("COPY ") || open == std::string::npos || close == std::string::npos) {
    return std::nullopt;
  }
  const std::string copied = line.substr(5, open - 5);
  if (copied != table && !copied.ends_with("." + table)) {
    return std::nullopt;
  }
  Fields columns = split(line.substr(open + 2, close - open - 2), ',');
  for (std::string& column : columns) {
    column.erase(0, column.find_first_not_of(' '));
  }
  return columns;
}

/// The UTC day of `2024-05-06 23:08:09.123456-05:30`.
std::optional<std::string> day_of(const std::string& time) {
  if (time.size() < 19 || time[10] != ' ') {
    return std::nullopt;
  }
  std::string text = time.substr(0, 19) + "Z";
  text[10] = 'T';
  const std::optional<std::int64_t> local = parse_utc_timestamp(text);
  const std::size_t sign = time.find_first_of("+-", 19);
  if (!local || sign == std::string::npos) {
    return std::nullopt;
  }
  std::int64_t offset = 0;
  std::int64_t unit = 3600;
  for (const std::string& part : split(time.substr(sign + 1), ':')) {
    if (part.size() != 2 || part.find_first_not_of("0123456789") != std::string::npos) {
      return std::nullopt;
    }
    offset += unit * std::stoll(part);
    unit /= 60;
  }
  return utc_day(*local - (time[sign] == '+' ? offset : -offset));
}

std::size_t index_of(const Fields& columns, const char* name) {
  return static_cast<std::size_t>(
      std::distance(columns.begin(), std::find(columns.begin(), columns.end(), name)));
}

using Days = std::map<std::pair<std::string, std::string>, std::int64_t>;

/// One row of blog_post_likes, or of the newer fediverse_reactions, which has no use for its time.
Result<void> count_row(const Fields& columns, const Fields& row, const Location& where,
                       Days& days) {
  const std::size_t slug = index_of(columns, "post_slug");
  if (row.size() != columns.size() || slug == columns.size()) {
    return fail(ErrorCode::kInvalid,
                "found " + std::to_string(row.size()) + " fields, wanted " +
                    std::to_string(columns.size()) + " with a post_slug",
                where);
  }
  const std::size_t kind = index_of(columns, "kind");
  if (kind != columns.size()) {
    days[{row[slug], ""}] += row[kind] == "Like" ? 1 : 0;
    return {};
  }
  const std::size_t liked_at = index_of(columns, "liked_at");
  if (liked_at == columns.size() || row[liked_at] == "\\N") {
    ++days[{row[slug], ""}];
    return {};
  }
  const std::optional<std::string> day = day_of(row[liked_at]);
  if (!day) {
    return fail(ErrorCode::kInvalid,
                "liked_at: found '" + row[liked_at] + "', wanted a time with its zone", where);
  }
  ++days[{row[slug], *day}];
  return {};
}

}  // namespace

PageCounts read_flakm_dump(std::string_view sql, const std::string& name) {
  if (sql.starts_with("PGDMP")) {
    return fail(ErrorCode::kInvalid,
                "is a compressed dump; first run: pg_restore -f likes.sql FILE", {name});
  }
  Days days;
  std::optional<Fields> columns;
  bool found = false;
  std::istringstream lines{std::string(sql)};
  std::string line;
  for (std::size_t number = 1; std::getline(lines, line); ++number) {
    if (!columns) {
      columns = copy_columns(line, "blog_post_likes");
      found = found || columns;
      columns = columns ? columns : copy_columns(line, "fediverse_reactions");
    } else if (line == "\\.") {
      columns.reset();
    } else if (Result<void> counted = count_row(*columns, split(line, '\t'), {name, number}, days);
               !counted) {
      return tl::unexpected<Error>(counted.error());
    }
  }
  if (!found) {
    return fail(ErrorCode::kInvalid,
                "found no 'COPY blog_post_likes', wanted a plain dump of the blog's database "
                "(pg_dump without --inserts)",
                {name});
  }
  if (columns) {
    return fail(ErrorCode::kInvalid, "the dump ends in the middle of a table", {name});
  }
  std::vector<domain::PageLikes> pages;
  for (const auto& [page, likes] : days) {
    pages.push_back({page.first, page.second, likes});
  }
  return pages;
}

}  // namespace likes::exchange
