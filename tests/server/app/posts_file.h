#pragma once

namespace likes::testing {

inline constexpr const char* kPostsJson = R"([
{"title":"Hello","slug":"hello","description":"","date":"2026-11-01T00:00:00Z","url":"https://Example.org/posts/hello/","key":"posts/hello","aliases":["old/hello"]},
{"title":"Second","slug":"second","description":"","date":"2026-11-02T00:00:00Z","url":"https://example.org/posts/second/","key":"posts/second","aliases":[]}
])";

}  // namespace likes::testing
