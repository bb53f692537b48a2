#include "server/exchange/other_programs.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>

#include <charconv>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>

#include "server/exchange/limits.h"
#include "tools/formats/json_text.h"

namespace likes::exchange {
namespace {

using domain::PageLikes;
using nlohmann::json;

/// A count, as a number or as digits. Nothing for what is neither, or too large.
std::optional<std::int64_t> count_of(const json& value) {
  std::int64_t count = -1;
  if (value.is_number_integer()) {
    count = value.is_number_unsigned() && value.get<std::uint64_t>() > kMaxImportedLikes
                ? -1
                : value.get<std::int64_t>();
  } else if (value.is_string()) {
    const std::string& text = value.get_ref<const std::string&>();
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, count);
    count = error == std::errc() && stop == end ? count : -1;
  }
  return count < 0 || count > kMaxImportedLikes ? std::nullopt : std::optional(count);
}

tl::unexpected<Error> wrong(const std::string& name, const std::string& place, const json& found,
                            const std::string& wanted) {
  const std::string text = found.is_primitive() ? formats::to_line(found) : formats::kind_of(found);
  return fail(ErrorCode::kInvalid, place + ": found " + text.substr(0, 100) + ", wanted " + wanted,
              {name});
}

constexpr const char* kWantedCount = "a count from 0 to 1000000000";

/// The pages of an array of objects; null as a count is 0.
PageCounts read_array(const json& array, const std::string& place, const char* page_member,
                      const char* count_member, const std::string& name) {
  if (!array.is_array()) {
    return wrong(name, place.empty() ? "the file" : place, array, "an array");
  }
  std::vector<PageLikes> pages;
  for (std::size_t i = 0; i < array.size(); ++i) {
    const std::string entry = place + "[" + std::to_string(i) + "]";
    const json& item = array[i];
    if (!item.is_object() || !item.contains(page_member) || !item[page_member].is_string()) {
      return wrong(name, entry, item, std::string("an object with \"") + page_member + "\"");
    }
    const json value = item.contains(count_member) ? item[count_member] : json();
    const std::optional<std::int64_t> count = value.is_null() ? 0 : count_of(value);
    if (!count) {
      return wrong(name, entry + "." + count_member, value, kWantedCount);
    }
    pages.push_back({item[page_member].get<std::string>(), "", *count});
  }
  return pages;
}

/// Runs one question on another program's database, which stays as it is.
PageCounts read_database(const std::filesystem::path& path,
                         const std::function<std::string(SQLite::Database&)>& question,
                         const std::string& wanted) {
  try {
    SQLite::Database database(path.string(), SQLite::OPEN_READONLY);
    const std::string sql = question(database);
    if (sql.empty()) {
      return fail(ErrorCode::kInvalid, "found a database without " + wanted, {path.string()});
    }
    std::vector<PageLikes> pages;
    SQLite::Statement statement(database, sql);
    while (statement.executeStep()) {
      const std::int64_t count = statement.getColumn(1).getInt64();
      if (count < 0 || count > kMaxImportedLikes) {
        return fail(ErrorCode::kInvalid,
                    "found " + std::to_string(count) + " likes of " +
                        statement.getColumn(0).getString() + ", wanted " + kWantedCount,
                    {path.string()});
      }
      pages.push_back({statement.getColumn(0).getString(), "", count});
    }
    return pages;
  } catch (const SQLite::Exception& e) {
    return fail(ErrorCode::kInvalid,
                std::string("cannot be read as a SQLite database: ") + e.what(), {path.string()});
  }
}

}  // namespace

PageCounts read_paths(std::string_view text, const std::string& name) {
  const Result<json> parsed = formats::parse_json(text, name, kMaxImportBytes);
  if (!parsed) {
    return tl::unexpected<Error>(parsed.error());
  }
  if (!parsed->is_object()) {
    return wrong(name, "the file", *parsed, R"(an object like {"/posts/hello/": 42})");
  }
  std::vector<PageLikes> pages;
  for (const auto& [page, value] : parsed->items()) {
    const std::optional<std::int64_t> count = count_of(value);
    if (!count) {
      return wrong(name, "\"" + page + "\"", value, kWantedCount);
    }
    pages.push_back({page, "", *count});
  }
  return pages;
}

PageCounts read_waline(std::string_view text, const std::string& name) {
  const Result<json> parsed = formats::parse_json(text, name, kMaxImportBytes);
  if (!parsed) {
    return tl::unexpected<Error>(parsed.error());
  }
  // The page saves the export itself; the address that it asks wraps it once more.
  const json* place = &*parsed;
  for (int depth = 0; depth < 2 && place->is_object() && place->contains("data"); ++depth) {
    place = &(*place)["data"];
  }
  if (!place->is_object() || !place->contains("Counter")) {
    return wrong(name, "the file", *parsed, "Waline's export, an object with \"data\".\"Counter\"");
  }
  return read_array((*place)["Counter"], "Counter", "url", "reaction0", name);
}

PageCounts read_applause(std::string_view text, const std::string& name) {
  const Result<json> parsed = formats::parse_json(text, name, kMaxImportBytes);
  if (!parsed) {
    return tl::unexpected<Error>(parsed.error());
  }
  return read_array(*parsed, "", "url", "claps", name);
}

PageCounts read_artalk(const std::filesystem::path& database) {
  const auto question = [](SQLite::Database& file) -> std::string {
    // Its tables may have a prefix, which is the user's choice.
    SQLite::Statement find(file,
                           "select m.name from sqlite_master as m "
                           "where m.type = 'table' and (m.name = 'pages' or m.name like '%_pages') "
                           "and exists (select 1 from pragma_table_info(m.name) "
                           "where name = 'vote_up') order by length(m.name) limit 1");
    if (!find.executeStep()) {
      return "";
    }
    const std::string table = find.getColumn(0).getString();
    return "select key, sum(vote_up) from \"" + table +
           "\" where deleted_at is null and vote_up <> 0 group by key order by key";
  };
  return read_database(database, question, "Artalk's table of pages with their votes");
}

PageCounts read_isso(const std::filesystem::path& database) {
  const auto question = [](SQLite::Database& file) -> std::string {
    if (!file.tableExists("threads") || !file.tableExists("comments")) {
      return "";
    }
    return "select threads.uri, sum(comments.likes) from comments "
           "join threads on threads.id = comments.tid where comments.likes <> 0 "
           "group by threads.uri order by threads.uri";
  };
  return read_database(database, question, "Isso's tables threads and comments");
}

}  // namespace likes::exchange
