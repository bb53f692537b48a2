#include "tools/check/content_policy.h"

#include "tests/support/catch.h"

namespace likes::check {
namespace {

constexpr const char* kSelf = "https://example.org/posts/a/";
constexpr const char* kOwn = "https://example.org/like/posts/a";
constexpr const char* kOther = "https://likes.example.org/like/posts/a";

TEST_CASE("a policy allows what its sources match") {
  struct Case {
    const char* name;
    const char* policy;
    Use use;
    const char* target;
    const char* blocked_by;  ///< "" where it is allowed.
  };
  const Case cases[] = {
      {"no policy", "", Use::kFetch, kOther, ""},
      {"self for the own origin", "connect-src 'self'", Use::kFetch, kOwn, ""},
      {"self for another", "connect-src 'self'", Use::kFetch, kOther, "connect-src 'self'"},
      {"none", "connect-src 'none'", Use::kFetch, kOwn, "connect-src 'none'"},
      {"no sources", "form-action", Use::kForm, kOwn, "form-action"},
      {"star", "connect-src *", Use::kFetch, kOther, ""},
      {"origin", "connect-src https://likes.example.org", Use::kFetch, kOther, ""},
      {"any case", "Connect-Src HTTPS://Likes.Example.ORG", Use::kFetch, kOther, ""},
      {"host alone", "connect-src likes.example.org", Use::kFetch, kOther, ""},
      {"http allows https", "connect-src http://likes.example.org", Use::kFetch, kOther, ""},
      {"https does not allow http", "connect-src https://likes.example.org", Use::kFetch,
       "http://likes.example.org/", "connect-src https://likes.example.org"},
      {"scheme alone", "connect-src https:", Use::kFetch, kOther, ""},
      {"another scheme", "connect-src wss:", Use::kFetch, kOther, "connect-src wss:"},
      {"any subdomain", "connect-src *.example.org", Use::kFetch, kOther, ""},
      {"a subdomain is not the domain", "connect-src *.example.org", Use::kFetch, kOwn,
       "connect-src *.example.org"},
      {"the end of a name is no subdomain", "connect-src *.example.org", Use::kFetch,
       "https://badexample.org/", "connect-src *.example.org"},
      {"port", "connect-src https://example.org:3000", Use::kFetch, "https://example.org:3000/",
       ""},
      {"another port", "connect-src https://example.org", Use::kFetch, "https://example.org:3000/",
       "connect-src https://example.org"},
      {"any port", "connect-src https://example.org:*", Use::kFetch, "https://example.org:3000/",
       ""},
      {"self is not another port", "connect-src 'self'", Use::kFetch, "https://example.org:3000/",
       "connect-src 'self'"},
      {"folder", "form-action https://likes.example.org/like/", Use::kForm, kOther, ""},
      {"another folder", "form-action https://likes.example.org/likes/", Use::kForm, kOther,
       "form-action https://likes.example.org/likes/"},
      {"one path", "form-action https://likes.example.org/like/posts/a", Use::kForm, kOther, ""},
      {"the beginning of a path", "form-action https://likes.example.org/like", Use::kForm, kOther,
       "form-action https://likes.example.org/like"},
      {"default-src stands in for connect-src", "default-src 'self'", Use::kFetch, kOther,
       "default-src 'self'"},
      {"connect-src wins over default-src", "default-src 'none'; connect-src 'self'", Use::kFetch,
       kOwn, ""},
      {"nothing stands in for form-action", "default-src 'none'", Use::kForm, kOther, ""},
      {"the first of two counts", "form-action 'none'; form-action *", Use::kForm, kOwn,
       "form-action 'none'"},
      {"space and empty directives", " ;; \n form-action\t'self'  https://likes.example.org ;",
       Use::kForm, kOther, ""},
      {"none among others is no source", "form-action 'none' 'self'", Use::kForm, kOwn, ""},
      {"a nonce is no host", "connect-src 'nonce-abc'", Use::kFetch, kOwn,
       "connect-src 'nonce-abc'"},
  };
  for (const Case& c : cases) {
    DYNAMIC_SECTION(c.name) {
      const std::optional<std::string> blocked =
          blocking_directive(c.policy, c.use, *parse_url(c.target), *parse_url(kSelf));
      CHECK(blocked.value_or("") == c.blocked_by);
    }
  }
}

}  // namespace
}  // namespace likes::check
