#include "tools/snapshot/snapshot.h"

#include <httplib.h>

#include <utility>

#include "tools/support/file_io.h"
#include "tools/support/url.h"

namespace likes::snapshot {
namespace {

constexpr int kMaxRedirects = 5;

struct Answer {
  int status = 0;
  std::string body;
  std::string location;  ///< Where a redirect leads.
};

/// One GET. `known_tag` is the entity tag of what we have, or "".
Result<Answer> get(const Url& url, const std::string& known_tag, const SnapshotLimits& limits) {
  const std::string address = url.origin() + url.path;
  const std::chrono::steady_clock::time_point end =
      std::chrono::steady_clock::now() + limits.answer;
  httplib::Client client(url.origin());
  client.set_connection_timeout(limits.connect);
  client.set_read_timeout(limits.silence);
  httplib::Headers headers = {{"Accept", "application/json"}, {"User-Agent", "hugo-likes"}};
#ifdef CPPHTTPLIB_ZLIB_SUPPORT
  // httplib asks for it by itself only where it keeps the whole answer.
  headers.emplace("Accept-Encoding", "gzip");
#endif
  if (!known_tag.empty()) {
    headers.emplace("If-None-Match", known_tag);
  }
  Answer answer;
  bool too_large = false;
  bool too_slow = false;
  const httplib::Result result =
      client.Get(url.path, headers, [&](const char* bytes, std::size_t size) {
        too_large = answer.body.size() + size > limits.bytes;
        too_slow = std::chrono::steady_clock::now() > end;
        if (!too_large) {
          answer.body.append(bytes, size);
        }
        return !too_large && !too_slow;
      });
  if (too_large) {
    return fail(ErrorCode::kInvalid, address + " sends more than the limit of " +
                                         std::to_string(limits.bytes) + " bytes");
  }
  if (too_slow) {
    return fail(ErrorCode::kUnavailable, address + " is still sending after " +
                                             std::to_string(limits.answer.count() / 1000) +
                                             " seconds");
  }
  if (!result) {
    return fail(ErrorCode::kUnavailable,
                "cannot get " + address + ": " + httplib::to_string(result.error()));
  }
  answer.status = result->status;
  answer.location = result->get_header_value("Location");
  return answer;
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// Where a redirect leads, as an absolute address.
std::string resolved(const std::string& location, const Url& from) {
  if (location.starts_with("//")) {
    return from.scheme + ":" + location;
  }
  return location.starts_with("/") ? from.origin() + location : location;
}

/// The counts at `url` or where it redirects to. httplib would follow redirects by itself, but
/// takes a 304 for one.
Result<Answer> get_following(Url url, const std::string& known_tag, const SnapshotLimits& limits) {
  for (int hop = 0; hop <= kMaxRedirects; ++hop) {
    Result<Answer> answer = get(url, known_tag, limits);
    if (!answer || answer->status == 200 || answer->status == 304) {
      return answer;
    }
    const std::string address = url.origin() + url.path;
    if (!is_redirect(answer->status)) {
      return fail(ErrorCode::kUnavailable, address + " answers with status " +
                                               std::to_string(answer->status) + ", wanted 200");
    }
    Result<Url> next = parse_url(resolved(answer->location, url));
    if (!next) {
      return fail(ErrorCode::kInvalid, address + " redirects: " + next.error().message);
    }
    url = *std::move(next);
  }
  return fail(ErrorCode::kUnavailable, "found more than " + std::to_string(kMaxRedirects) +
                                           " redirects on the way to the counts");
}

}  // namespace

Result<Snapshot> take_snapshot(const std::string& server, const std::filesystem::path& file,
                               const SnapshotLimits& limits) {
  const Result<Url> url = parse_url(server);
  if (!url) {
    return tl::unexpected(url.error());
  }
  // Only its bytes are wanted, to ask whether there are newer ones; to understand them takes longer
  // than all the rest of a run without news.
  const Result<std::string> known = file == "-" ? fail(ErrorCode::kNotFound, "is an output")
                                                : read_file(file, formats::kMaxCountsBytes);
  Url counts_url = *url;
  counts_url.path.erase(counts_url.path.find_last_not_of('/') + 1);
  counts_url.path += "/likes";
  const Result<Answer> answer =
      get_following(counts_url, known ? formats::entity_tag(*known) : "", limits);
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  if (answer->status == 304) {
    if (!known) {
      return fail(ErrorCode::kInvalid, server + " answers 304 to a request that named no version");
    }
    Result<formats::LikeCounts> counts = formats::read_like_counts(*known, file.string());
    if (!counts) {
      return tl::unexpected(counts.error());
    }
    return Snapshot{*std::move(counts), false};
  }
  Result<formats::LikeCounts> counts =
      formats::read_like_counts(answer->body, url->origin() + " /likes");
  if (!counts) {
    return tl::unexpected(counts.error());
  }
  const std::string bytes = formats::write_like_counts(*counts);
  const bool changed = !known || *known != bytes;
  if (changed) {
    if (Result<void> written = write_output(file.string(), bytes); !written) {
      return tl::unexpected(written.error());
    }
  }
  return Snapshot{*std::move(counts), changed};
}

}  // namespace likes::snapshot
