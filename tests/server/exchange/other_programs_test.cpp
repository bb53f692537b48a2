#include "server/exchange/other_programs.h"

#include <SQLiteCpp/Database.h>

#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace likes::exchange {
namespace {

using domain::PageLikes;
using Pages = std::vector<PageLikes>;

/// The pages, or the error in place of the first one.
Pages pages(const PageCounts& counts) {
  return counts ? *counts : Pages{{counts.error().to_string(), "", -1}};
}

std::string message(const PageCounts& counts) {
  return counts ? "no error" : counts.error().to_string();
}

std::string database_with(const testing::TempDir& folder, const std::string& sql) {
  const std::string path = (folder.path() / "other.db").string();
  SQLite::Database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(sql);
  return path;
}

}  // namespace

TEST_CASE("counts by path") {
  CHECK(pages(read_paths(R"({"/posts/a/": 42, "/posts/b/": "7", "c": 0})", "f")) ==
        Pages{{"/posts/a/", "", 42}, {"/posts/b/", "", 7}, {"c", "", 0}});
  CHECK(pages(read_paths(R"({"a": 1000000000})", "f")) == Pages{{"a", "", 1'000'000'000}});
  const std::string wanted = ", wanted a count from 0 to 1000000000";
  CHECK(message(read_paths(R"({"a": 1000000001})", "f")) == "f: \"a\": found 1000000001" + wanted);
  CHECK(message(read_paths(R"({"a": 18446744073709551615})", "f")) ==
        "f: \"a\": found 18446744073709551615" + wanted);
  CHECK(message(read_paths(R"({"a": -1})", "f")) == "f: \"a\": found -1" + wanted);
  CHECK(message(read_paths(R"({"a": "many"})", "f")) == "f: \"a\": found \"many\"" + wanted);
  CHECK(message(read_paths(R"({"a": 1.5})", "f")) == "f: \"a\": found 1.5" + wanted);
  CHECK(message(read_paths("[1]", "f")) ==
        R"(f: the file: found an array, wanted an object like {"/posts/hello/": 42})");
  CHECK(message(read_paths("{\n\"a\" 1}", "f")).starts_with("f:2:5: is no valid JSON: "));
}

TEST_CASE("Waline's export: the first reaction of every page") {
  const std::string data =
      R"({"Comment":[{"url":"/c/"}],"Counter":[
        {"objectId":1,"url":"/posts/a/","time":900,"reaction0":5,"reaction1":99},
        {"objectId":2,"url":"/posts/b/","time":3,"reaction0":null},
        {"objectId":3,"url":"/posts/c/","time":1}],"Users":[]})";
  const Pages wanted = {{"/posts/a/", "", 5}, {"/posts/b/", "", 0}, {"/posts/c/", "", 0}};
  const std::string file = R"({"type":"waline","version":1,"data":)" + data + "}";
  CHECK(pages(read_waline(file, "f")) == wanted);
  CHECK(pages(read_waline(R"({"errno":0,"errmsg":"","data":)" + file + "}", "f")) == wanted);
  CHECK(message(read_waline(R"({"data":{"Comment":[]}})", "f"))
            .ends_with(R"(wanted Waline's export, an object with "data"."Counter")"));
  CHECK(
      message(read_waline(R"({"data":{"Counter":[{"url":"a","reaction0":1},{"time":1}]}})", "f")) ==
      R"(f: Counter[1]: found an object, wanted an object with "url")");
  CHECK(message(read_waline(R"({"data":{"Counter":[{"url":"a","reaction0":"x"}]}})", "f")) ==
        R"(f: Counter[0].reaction0: found "x", wanted a count from 0 to 1000000000)");
}

TEST_CASE("applause-button's answer about many pages") {
  CHECK(pages(read_applause(
            R"([{"url":"https://example.org/a/","claps":12},{"url":"b","claps":"3"}])", "f")) ==
        Pages{{"https://example.org/a/", "", 12}, {"b", "", 3}});
  CHECK(message(read_applause(R"({"a":1})", "f")) ==
        "f: the file: found an object, wanted an array");
}

TEST_CASE("Artalk's database: the votes for pages") {
  const char* const table = GENERATE("pages", "atk_pages");
  const testing::TempDir folder;
  const std::string name = table;
  const std::string path = database_with(
      folder, "create table " + name +
                  " (id integer primary key, deleted_at datetime, key text, title text,"
                  " site_name text, vote_up integer, vote_down integer, pv integer);"
                  "create table my_pages (key text);"
                  "insert into " +
                  name +
                  " (deleted_at, key, vote_up, vote_down) values (null, '/b/', 4, 1),"
                  " (null, '/a/', 2, 0), (null, '/b/', 1, 0), ('2026-01-01', '/gone/', 9, 0),"
                  " (null, '/none/', 0, 3)");
  CHECK(pages(read_artalk(path)) == Pages{{"/a/", "", 2}, {"/b/", "", 5}});
}

TEST_CASE("Isso's database: the likes of a page's comments") {
  const testing::TempDir folder;
  const std::string path = database_with(
      folder,
      "create table threads (id integer primary key, uri varchar(256) unique, title varchar(256));"
      "create table comments (tid references threads(id), id integer primary key, text varchar,"
      " likes integer default 0, dislikes integer default 0);"
      "insert into threads values (1, '/posts/a/', 'A'), (2, '/posts/b/', 'B');"
      "insert into comments (tid, likes) values (1, 2), (1, 3), (2, 0)");
  CHECK(pages(read_isso(path)) == Pages{{"/posts/a/", "", 5}});
  CHECK(message(read_artalk(path)) ==
        path + ": found a database without Artalk's table of pages with their votes");
}

TEST_CASE("what is no database is told so") {
  const testing::TempDir folder;
  const std::string text = folder.write("export.json", std::string(2000, '{')).string();
  CHECK(message(read_isso(text)).starts_with(text + ": cannot be read as a SQLite database: "));
  CHECK(message(read_artalk("/nowhere/artalk.db"))
            .starts_with("/nowhere/artalk.db: cannot be read as a SQLite database: "));
  const std::string empty = database_with(folder, "create table x (a)");
  CHECK(message(read_isso(empty)) ==
        empty + ": found a database without Isso's tables threads and comments");
}

}  // namespace likes::exchange
