#include "server/store/sqlite_store.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "server/store/open_store.h"
#include "tests/server/store/backends.h"
#include "tests/support/catch.h"
#include "tests/support/temp_dir.h"

namespace likes::testing {
namespace {

constexpr std::int64_t kHour = 3600;

/// Whether the bytes are anywhere on the disk: in the database or beside it.
template <class Bytes>
bool is_on_disk(const TempDir& folder, const Bytes& bytes) {
  const std::string wanted(bytes.begin(), bytes.end());
  return std::any_of(std::filesystem::directory_iterator(folder.path()), {},
                     [&](const auto& entry) {
                       std::ifstream file(entry.path(), std::ios::binary);
                       const std::string all{std::istreambuf_iterator<char>(file), {}};
                       return all.find(wanted) != std::string::npos;
                     });
}

TEST_CASE("what is forgotten is on no page of the file, nor in its log") {
  const TempDir folder;
  const std::string url = "sqlite:" + (folder.path() / "likes.sqlite").string();
  must(store::migrate(url));
  const std::unique_ptr<domain::Store> store = must(store::open_store(url));
  must(store->list_posts(std::vector<domain::Post>{{"posts/a", "", {}}}));
  domain::Like like{"posts/a", {}, 0, 1};
  std::generate(like.visitor.hash.begin(), like.visitor.hash.end(),
                [next = 0xa0]() mutable { return static_cast<unsigned char>(next++); });
  must(store->record(std::vector<domain::Like>{like}));
  const domain::VisitorKey key = must(store->visitor_key(0, kHour));
  REQUIRE(is_on_disk(folder, like.visitor.hash));
  REQUIRE(is_on_disk(folder, key));

  must(store->forget_visitors(kHour));
  CHECK_FALSE(is_on_disk(folder, like.visitor.hash));
  CHECK(is_on_disk(folder, key));
  CHECK(must(store->visitor_key(kHour, kHour)) != key);
  CHECK_FALSE(is_on_disk(folder, key));
}

}  // namespace
}  // namespace likes::testing
