#include "server/store/postgres_watch.h"

#include <cstddef>
#include <sstream>
#include <utility>

namespace likes::store {
namespace {

constexpr const char* kChannel = "hugo_likes";

/// A connection that says nothing may have nothing to say, or be dead without a word.
constexpr std::chrono::seconds kSilence{2};

/// More posts than these that changed one by one, as in an import, are read with all others.
constexpr std::size_t kMostPostsAtOnce = 500;

bool read_posts(std::istringstream& words, domain::Changes& changes) {
  for (std::int64_t id = 0; words >> id;) {
    changes.posts.push_back(id);
    words.ignore(1, ',');
  }
  return words.eof() && !changes.posts.empty();
}

bool read_given(std::istringstream& words, domain::Changes& changes) {
  domain::Changes::Given given;
  if (!(words >> given.first >> given.last)) {
    return false;
  }
  changes.given.push_back(std::move(given));
  return true;
}

bool read_likes(std::istringstream& words, domain::Changes& changes) {
  domain::Changes posts;
  if (!read_given(words, changes) || !read_posts(words, posts)) {
    return false;
  }
  changes.given.back().posts = std::move(posts.posts);
  return true;
}

bool read_taken(std::istringstream& words, domain::Changes& changes) {
  std::string hash;
  for (domain::Changes::Taken taken; words >> taken.post >> hash >> taken.window;) {
    if (hash.size() != 2 * taken.visitor.hash.size() ||
        hash.find_first_not_of("0123456789abcdef") != std::string::npos) {
      return false;
    }
    taken.visitor = visitor_of_hex(hash);
    changes.taken.push_back(taken);
    words.ignore(1, ',');
  }
  return words.eof() && !changes.taken.empty();
}

}  // namespace

void add_message(const std::string& message, domain::Changes& changes) {
  std::istringstream words(message);
  std::string kind;
  words >> kind;
  const bool understood = (kind == "posts" && read_posts(words, changes)) ||
                          (kind == "given" && read_given(words, changes)) ||
                          (kind == "likes" && read_likes(words, changes)) ||
                          (kind == "taken" && read_taken(words, changes));
  changes.everything = changes.everything || !understood || changes.posts.size() > kMostPostsAtOnce;
}

Result<domain::Changes> PostgresWatch::wait(std::chrono::milliseconds at_most) {
  const auto now = std::chrono::steady_clock::now();
  try {
    if (connection_) {
      const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(at_most);
      if (connection_->await_notification(0, static_cast<long>(microseconds.count())) > 0) {
        last_sign_ = now;
      } else if (now - last_sign_ > kSilence) {
        pqxx::nontransaction(*connection_).exec("select 1");
        last_sign_ = now;
      }
      return std::exchange(heard_, {});
    }
  } catch (const std::exception&) {
    // Lost: connecting anew tells whether the database is, too.
    listener_.reset();
    connection_.reset();
  }
  if (const Result<void> connected = connect(); !connected) {
    return tl::unexpected<Error>(connected.error());
  }
  last_sign_ = now;
  heard_ = {};
  domain::Changes changes;
  changes.everything = true;
  return changes;
}

Result<void> PostgresWatch::connect() {
  Result<std::unique_ptr<pqxx::connection>> made = connections_.connect();
  if (!made) {
    return tl::unexpected<Error>(made.error());
  }
  connection_ = std::move(*made);
  try {
    listener_ = std::make_unique<Listener>(
        *connection_, kChannel,
        [this](const std::string& message) { add_message(message, heard_); });
  } catch (const std::exception& e) {
    connection_.reset();
    return tl::unexpected<Error>(connections_.error(ErrorCode::kUnavailable, e.what()));
  }
  return {};
}

}  // namespace likes::store
