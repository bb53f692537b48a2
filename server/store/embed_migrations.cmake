# Writes a C++ file that holds the migrations of FOLDER:
#   cmake -DFOLDER=migrations -DOUTPUT=embedded_migrations.cpp -P embed_migrations.cmake
# A wrong name, a gap in the numbers or a missing half of a pair stops the build.
cmake_minimum_required(VERSION 3.25)

file(GLOB files RELATIVE ${FOLDER} ${FOLDER}/*.sql)
list(SORT files)

set(names "")
foreach(file IN LISTS files)
  if(NOT file MATCHES "^([0-9][0-9][0-9][0-9]-[a-z0-9-]+)\\.sql$")
    message(FATAL_ERROR "migrations/${file}: wanted a name like 0001-posts.sql")
  endif()
  string(REGEX REPLACE "-(postgres|sqlite)$" "" name ${CMAKE_MATCH_1})
  list(APPEND names ${name})
endforeach()
list(REMOVE_DUPLICATES names)

set(number 0)
set(postgres "")
set(sqlite "")
foreach(name IN LISTS names)
  math(EXPR number "${number} + 1")
  string(SUBSTRING "000${number}" 0 -1 padded)
  string(LENGTH ${padded} length)
  math(EXPR from "${length} - 4")
  string(SUBSTRING ${padded} ${from} 4 padded)
  if(NOT name MATCHES "^${padded}-")
    message(FATAL_ERROR "migrations/${name}: wanted the number ${padded}")
  endif()
  foreach(dialect postgres sqlite)
    set(file ${FOLDER}/${name}.sql)
    if(NOT EXISTS ${file})
      set(file ${FOLDER}/${name}-${dialect}.sql)
    elseif(EXISTS ${FOLDER}/${name}-${dialect}.sql)
      message(FATAL_ERROR "migrations/${name}-${dialect}.sql: ${name}.sql is for all dialects")
    endif()
    if(NOT EXISTS ${file})
      message(FATAL_ERROR "migrations/${name}: ${name}-${dialect}.sql is missing")
    endif()
    file(READ ${file} sql)
    file(SHA256 ${file} checksum)
    set(entry "{${number}, \"${name}\", \"${checksum}\", R\"sql(${sql})sql\"}")
    string(APPEND ${dialect} "    ${entry},\n")
  endforeach()
endforeach()

file(WRITE ${OUTPUT} "// Made from migrations/ by embed_migrations.cmake.
#include \"server/store/migrations.h\"

namespace likes::store {
namespace {

constexpr Migration kPostgresMigrations[] = {
${postgres}};

constexpr Migration kSqliteMigrations[] = {
${sqlite}};

}  // namespace

std::span<const Migration> embedded_migrations(Dialect dialect) {
  if (dialect == Dialect::kPostgres) {
    return kPostgresMigrations;
  }
  return kSqliteMigrations;
}

}  // namespace likes::store
")
