#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "server/likes/page_names.h"
#include "tools/support/result.h"

/// What other programs keep of the likes of pages. Only their files' formats are known here.
namespace likes::exchange {

using PageCounts = Result<std::vector<domain::PageLikes>>;

/// `{"/posts/hello/": 42, …}`
[[nodiscard]] PageCounts read_paths(std::string_view json, const std::string& name);

/// What Waline's admin page exports. Its first reaction is the like; the others are left out.
[[nodiscard]] PageCounts read_waline(std::string_view json, const std::string& name);

/// What applause-button's server answers to a question about many pages:
/// `[{"url": "https://example.org/posts/hello/", "claps": 42}, …]`
[[nodiscard]] PageCounts read_applause(std::string_view json, const std::string& name);

/// Artalk's SQLite database: the votes for pages. (Its export, Artrans, has those of comments
/// only.)
[[nodiscard]] PageCounts read_artalk(const std::filesystem::path& database);

/// Isso's SQLite database. It counts the likes of comments; those of a page's comments are added
/// up.
[[nodiscard]] PageCounts read_isso(const std::filesystem::path& database);

/// A plain dump of the original blog's PostgreSQL database, as pg_dump writes it.
[[nodiscard]] PageCounts read_flakm_dump(std::string_view sql, const std::string& name);

}  // namespace likes::exchange
