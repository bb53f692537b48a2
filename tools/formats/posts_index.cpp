#include "tools/formats/posts_index.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "tools/formats/json_text.h"
#include "tools/support/file_io.h"
#include "tools/support/parallel.h"
#include "tools/support/url.h"

namespace likes::formats {
namespace {

using nlohmann::json;

/// Reads the members of one entry and remembers the first thing that is wrong with it.
class EntryReader {
 public:
  EntryReader(const json& entry, std::string prefix) : entry_(entry), prefix_(std::move(prefix)) {}

  /// A string; null and absent both mean "".
  std::string text(const char* member) {
    const json::const_iterator found = entry_.find(member);
    if (found == entry_.end() || found->is_null()) {
      return "";
    }
    if (!found->is_string()) {
      complain(std::string("found ") + kind_of(*found) + " as \"" + member + "\", wanted a string");
      return "";
    }
    return found->get<std::string>();
  }

  /// A list of strings; null and absent both mean an empty one.
  std::vector<std::string> texts(const char* member) {
    const json::const_iterator found = entry_.find(member);
    std::vector<std::string> list;
    if (found == entry_.end() || found->is_null()) {
      return list;
    }
    if (!found->is_array()) {
      complain(std::string("found ") + kind_of(*found) + " as \"" + member + "\", wanted an array");
      return list;
    }
    for (const json& item : *found) {
      if (!item.is_string()) {
        complain(std::string("found ") + kind_of(item) + " in \"" + member + "\", wanted strings");
        return {};
      }
      list.push_back(item.get<std::string>());
    }
    return list;
  }

  void complain(const std::string& message) {
    if (complaint_.empty()) {
      complaint_ = prefix_ + message;
    }
  }

  [[nodiscard]] const std::string& complaint() const { return complaint_; }

 private:
  const json& entry_;
  std::string prefix_;
  std::string complaint_;
};

/// `posts/test-post` for `https://example.org/posts/test-post/`: what the key is where an index
/// does not say, as the original blog's does not.
Result<std::string> key_from_url(const std::string& url) {
  const Result<Url> parsed = parse_url(url);
  if (!parsed) {
    return tl::unexpected(parsed.error());
  }
  Result<std::string> path = percent_decode(parsed->path);
  if (!path) {
    return path;
  }
  const std::size_t first = path->find_first_not_of('/');
  if (first == std::string::npos) {
    return std::string();
  }
  return path->substr(first, path->find_last_not_of('/') - first + 1);
}

Result<Post> read_post(const json& entry, std::size_t number, const std::string& name) {
  const std::string prefix = "entry " + std::to_string(number) + ": ";
  if (!entry.is_object()) {
    return fail(ErrorCode::kInvalid, prefix + "found " + kind_of(entry) + ", wanted an object",
                {name});
  }
  EntryReader reader(entry, prefix);
  Post post;
  post.title = reader.text("title");
  post.slug = reader.text("slug");
  post.description = reader.text("description");
  post.date = reader.text("date");
  if (const std::string image = reader.text("featuredImage"); !image.empty()) {
    post.featured_image = image;
  }
  post.tags = reader.texts("tags");
  post.url = reader.text("url");
  post.key = reader.text("key");
  post.aliases = reader.texts("aliases");
  post.lang = reader.text("lang");
  post.section = reader.text("section");

  const Result<std::string> url_key = key_from_url(post.url);
  if (!url_key) {
    reader.complain("\"url\": " + url_key.error().message);
  } else if (post.key.empty()) {
    post.key = *url_key;
  }
  if (post.key.empty()) {
    reader.complain("found neither \"key\" nor a path in \"url\" to take it from");
  } else if (post.key.size() > kMaxKeyBytes) {
    reader.complain("\"key\" has " + std::to_string(post.key.size()) + " bytes, the limit is " +
                    std::to_string(kMaxKeyBytes));
  }
  if (!reader.complaint().empty()) {
    return fail(ErrorCode::kInvalid, reader.complaint(), {name});
  }
  return post;
}

/// Puts one entry together member by member: a tree of JSON for each post would cost more than all
/// else that is done with it.
class EntryWriter {
 public:
  explicit EntryWriter(std::string& text) : text_(text) { text_ += '{'; }

  void add(std::string_view member, const std::string& value) {
    start(member);
    append_string(text_, value);
  }
  void add(std::string_view member, const std::optional<std::string>& value) {
    start(member);
    if (value) {
      append_string(text_, *value);
    } else {
      text_ += "null";
    }
  }
  void add(std::string_view member, const std::vector<std::string>& texts) {
    start(member);
    text_ += '[';
    for (std::size_t i = 0; i < texts.size(); ++i) {
      text_ += i > 0 ? "," : "";
      append_string(text_, texts[i]);
    }
    text_ += ']';
  }
  void add(std::string_view member, std::int64_t number) {
    start(member);
    text_ += std::to_string(number);
  }
  void finish() { text_ += '}'; }

 private:
  void start(std::string_view member) {
    text_ += is_first_ ? "\"" : ",\"";
    text_ += member;
    text_ += "\":";
    is_first_ = false;
  }

  std::string& text_;
  bool is_first_ = true;
};

void append_post(std::string& text, const Post& post) {
  EntryWriter entry(text);
  entry.add("title", post.title);
  entry.add("slug", post.slug);
  entry.add("description", post.description);
  entry.add("date", post.date);
  entry.add("featuredImage", post.featured_image);
  entry.add("tags", post.tags);
  entry.add("url", post.url);
  entry.add("key", post.key);
  entry.add("aliases", post.aliases);
  entry.add("lang", post.lang);
  entry.add("section", post.section);
  if (post.rendered) {
    entry.add("summary", post.rendered->summary);
    entry.add("wordCount", post.rendered->word_count);
    entry.add("readingTime", post.rendered->reading_time);
  }
  entry.finish();
}

}  // namespace

Result<std::vector<Post>> read_posts_index(std::string_view text, const std::string& name) {
  const Result<json> parsed = parse_json(text, name, kMaxIndexBytes);
  if (!parsed) {
    return tl::unexpected(parsed.error());
  }
  if (!parsed->is_array()) {
    return fail(ErrorCode::kInvalid, "found " + kind_of(*parsed) + ", wanted an array of posts",
                {name});
  }
  if (parsed->size() > kMaxPosts) {
    return fail(ErrorCode::kInvalid,
                "has " + std::to_string(parsed->size()) + " entries, the limit is " +
                    std::to_string(kMaxPosts),
                {name});
  }
  std::vector<Post> posts;
  posts.reserve(parsed->size());
  std::unordered_map<std::string, std::size_t> number_of_key;
  for (const json& entry : *parsed) {
    const std::size_t number = posts.size() + 1;
    Result<Post> post = read_post(entry, number, name);
    if (!post) {
      return tl::unexpected(post.error());
    }
    const auto [other, is_new] = number_of_key.emplace(post->key, number);
    if (!is_new) {
      return fail(ErrorCode::kInvalid,
                  "entries " + std::to_string(other->second) + " and " + std::to_string(number) +
                      " have the same key '" + post->key + "'",
                  {name});
    }
    posts.push_back(*std::move(post));
  }
  return posts;
}

Result<std::vector<Post>> load_posts_index(const std::filesystem::path& file) {
  const Result<std::string> text = read_input(file.string(), kMaxIndexBytes);
  return text ? read_posts_index(*text, file.string()) : tl::unexpected(text.error());
}

std::string write_post(const Post& post) {
  constexpr std::size_t kNames = 160;  // The members' own, with what stands around the values.
  std::size_t bytes = kNames + post.title.size() + post.slug.size() + post.description.size() +
                      post.date.size() + post.url.size() + post.key.size() + post.section.size();
  for (const std::string& tag : post.tags) {
    bytes += tag.size() + 3;
  }
  std::string text;
  text.reserve(bytes);
  append_post(text, post);
  return text;
}

Result<void> write_lines(std::size_t count, bool is_array,
                         const std::function<void(std::string&, std::size_t)>& append,
                         const std::function<Result<void>(std::string_view)>& write) {
  constexpr std::size_t kLinesOfPart = 64;
  constexpr std::size_t kPartsAtOnce = 16;  // All of them would take as much memory as the rest.
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin < count; begin += kPartsAtOnce * kLinesOfPart) {
    parts.resize(std::min((count - begin + kLinesOfPart - 1) / kLinesOfPart, kPartsAtOnce));
    for_each_in_parallel(parts.size(), [&](std::size_t part) {
      const std::size_t first = begin + part * kLinesOfPart;
      parts[part].clear();
      for (std::size_t i = first; i < std::min(first + kLinesOfPart, count); ++i) {
        if (is_array) {
          parts[part] += i == 0 ? "[\n" : ",\n";
        }
        append(parts[part], i);
        if (!is_array) {
          parts[part] += '\n';
        }
      }
    });
    for (const std::string& part : parts) {
      if (Result<void> written = write(part); !written) {
        return written;
      }
    }
  }
  return is_array ? write(count == 0 ? "[]\n" : "\n]\n") : Result<void>();
}

}  // namespace likes::formats
