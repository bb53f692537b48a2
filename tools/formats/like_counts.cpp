#include "tools/formats/like_counts.h"

#include <sodium.h>

#include <array>
#include <limits>
#include <numeric>
#include <utility>

#include "tools/formats/json_text.h"
#include "tools/support/file_io.h"
#include "tools/support/utc_time.h"

namespace likes::formats {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

// The messages of these three go on from the name of the post.

Result<std::int64_t> read_count(const json& value, std::string_view member) {
  const bool whole = value.is_number_integer();
  const bool too_large = value.is_number_unsigned() &&
                         value.get<std::uint64_t>() >
                             static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (!whole || too_large || value.get<std::int64_t>() < 0) {
    return fail(ErrorCode::kInvalid, std::string(member) + ": found " +
                                         (whole ? value.dump() : kind_of(value)) +
                                         ", wanted a count");
  }
  return value.get<std::int64_t>();
}

Result<DayCount> read_day(const json& value) {
  if (!value.is_array() || value.size() != 2 || !value[0].is_string() ||
      !is_utc_day(value[0].get_ref<const std::string&>())) {
    return fail(ErrorCode::kInvalid, ": wanted [\"YYYY-MM-DD\", count] in \"days\"");
  }
  const Result<std::int64_t> count = read_count(value[1], " \"days\"");
  if (!count) {
    return tl::unexpected(count.error());
  }
  return DayCount{value[0].get<std::string>(), *count};
}

Result<PostLikes> read_post_likes(const json& value) {
  if (!value.is_object() || !value.contains("total")) {
    return fail(ErrorCode::kInvalid, ": wanted an object with \"total\"");
  }
  const Result<std::int64_t> total = read_count(value["total"], " \"total\"");
  if (!total) {
    return tl::unexpected(total.error());
  }
  PostLikes likes;
  likes.total = *total;
  const auto days = value.find("days");
  if (days == value.end()) {
    return likes;
  }
  if (!days->is_array()) {
    return fail(ErrorCode::kInvalid, ": found " + kind_of(*days) + " as \"days\", wanted an array");
  }
  likes.days.reserve(days->size());
  for (const json& item : *days) {
    Result<DayCount> day = read_day(item);
    if (!day) {
      return tl::unexpected(day.error());
    }
    likes.days.push_back(*std::move(day));
  }
  return likes;
}

Result<std::int64_t> read_generated(const json& document) {
  const json value = document.value("generated", json());
  const std::optional<std::int64_t> seconds =
      value.is_string() ? parse_utc_timestamp(value.get_ref<const std::string&>()) : std::nullopt;
  if (!seconds) {
    return fail(
        ErrorCode::kInvalid,
        "\"generated\": wanted a time like \"2026-11-20T08:30:00Z\", found " + value.dump());
  }
  return *seconds;
}

Result<LikeCounts> read_document(const json& document) {
  if (!document.is_object() || !document.contains("likes") || !document["likes"].is_object()) {
    return fail(ErrorCode::kInvalid,
                "wanted an object with \"generated\", \"total\" and \"likes\"");
  }
  LikeCounts counts;
  const Result<std::int64_t> generated = read_generated(document);
  if (!generated) {
    return tl::unexpected(generated.error());
  }
  counts.newest = *generated;
  for (const auto& [key, value] : document["likes"].items()) {
    Result<PostLikes> likes = read_post_likes(value);
    if (!likes) {
      return fail(likes.error().code, "likes of \"" + key + "\"" + likes.error().message);
    }
    // They come sorted.
    counts.likes.emplace_hint(counts.likes.end(), key, *std::move(likes));
  }
  return counts;
}

}  // namespace

std::int64_t LikeCounts::total() const {
  return std::accumulate(
      likes.begin(), likes.end(), std::int64_t{0},
      [](std::int64_t sum, const auto& entry) { return sum + entry.second.total; });
}

Result<LikeCounts> read_like_counts(std::string_view text, const std::string& name) {
  const Result<json> parsed = parse_json(text, name, kMaxCountsBytes);
  if (!parsed) {
    return tl::unexpected(parsed.error());
  }
  Result<LikeCounts> counts = read_document(*parsed);
  if (!counts) {
    Error error = counts.error();
    error.where.file = name;
    return tl::unexpected(error);
  }
  return counts;
}

Result<LikeCounts> load_like_counts(const std::filesystem::path& file) {
  const Result<std::string> text = read_input(file.string(), kMaxCountsBytes);
  return text ? read_like_counts(*text, file.string()) : tl::unexpected(text.error());
}

LikeCountsWriter::LikeCountsWriter(std::int64_t newest, std::int64_t total)
    : text_("{\"generated\":\"" + utc_timestamp(newest) + "\",\"total\":" + std::to_string(total) +
            ",\"likes\":{") {}

void LikeCountsWriter::add(const std::string& key, const PostLikes& likes) {
  text_ += is_empty_ ? "\n" : ",\n";
  is_empty_ = false;
  // By hand, since a document of each post would take longer than all the rest of a refresh.
  text_.append(to_line(ordered_json(key))).append(":{\"total\":");
  text_ += std::to_string(likes.total);
  text_ += ",\"days\":[";
  for (std::size_t i = 0; i < likes.days.size(); ++i) {
    text_.append(i == 0 ? "[\"" : ",[\"").append(likes.days[i].day).append("\",");
    text_ += std::to_string(likes.days[i].likes);
    text_ += ']';
  }
  text_ += "]}";
}

std::string LikeCountsWriter::finish() {
  text_ += is_empty_ ? "}}\n" : "\n}}\n";
  return std::move(text_);
}

std::string write_like_counts(const LikeCounts& counts) {
  LikeCountsWriter writer(counts.newest, counts.total());
  for (const auto& [key, likes] : counts.likes) {
    writer.add(key, likes);
  }
  return writer.finish();
}

std::string entity_tag(std::string_view bytes) {
  [[maybe_unused]] static const int ready = sodium_init();
  std::array<unsigned char, 16> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  std::array<char, 2 * hash.size() + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return "\"" + std::string(hex.data()) + "\"";
}

}  // namespace likes::formats
