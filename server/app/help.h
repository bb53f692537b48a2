#pragma once

namespace likes::app {

/// What `--help` prints; tests hold it against the settings.
inline constexpr const char* kServeHelp = R"(Usage: likes-server [serve] [OPTIONS] [POSTS.json]
       likes-server migrate | verify | purge | import | export [OPTIONS]

Takes and counts the likes of a Hugo site.

Commands:
  serve    Answer requests (what happens when no command is named)
  migrate  Bring the database's schema up to date and end
  verify   Compare the database's totals, days and likes and end
  purge    Take back likes that are abuse
  import   Take over the likes of another server or program
  export   Print all likes

POSTS.json is the file that 'likes index' writes: the posts that can be liked.
It is read at the start, when it changes and on SIGHUP. SIGTERM and Ctrl-C end
the server. Under systemd it says when it is ready, and takes sockets over.

Options, each with its environment variable; an option wins over a variable:
  --posts-file FILE         POSTS_FILE: the same as POSTS.json
  --database-url URL        DATABASE_URL: sqlite:PATH or postgresql://...
                            (default: sqlite:likes.sqlite)
  --bind-address HOST:PORT  BIND_ADDRESS: where readers' requests come in
                            (default: 127.0.0.1:3000; port 0: a free one)
  --admin-address HOST:PORT ADMIN_ADDRESS: where /metrics is, or 'off'
                            (default: 127.0.0.1:9090)
  --allowed-origins LIST    ALLOWED_ORIGINS: pages that may send likes, such as
                            https://example.org (default: those of the posts)
  --trusted-proxies LIST    TRUSTED_PROXIES: networks, such as 10.0.0.0/8, whose
                            X-Forwarded-For is believed (default: none)
  --like-window TIME        LIKE_WINDOW: one like per post, visitor and window;
                            90s, 5m, 1h, 7d or 'off' (default: 1h)
  --rate-limit N/TIME       RATE_LIMIT: likes of all posts a visitor may send,
                            or 'off' (default: 30/60s)
  --rate-ceiling N/TIME     RATE_CEILING: likes that all visitors together may
                            send, or 'off' (default: 100000/1s)
  --visitor-key-file FILE   VISITOR_KEY_FILE: 32 bytes or 64 hex digits, the key
                            of visitor hashes (default: made by the server)
  --site DIR                SITE_DIR: also serve the site's pages from here
                            (default: none)
  --log-level LEVEL         LOG_LEVEL: debug, info, warning, error or off
                            (default: info)
  --log-format FORMAT       LOG_FORMAT: text or json (default: text)
  --dev                     For your own machine: a SQLite file in the cache
                            folder, pages of any localhost port, no limits
                            to liking, also of posts that POSTS.json lacks (a
                            warning says so), no /metrics; what is set wins
  -h, --help                Print this
  --version                 Print the version

Traces go to a collector by OTLP over HTTP, where the program was built with
opentelemetry-cpp, by OpenTelemetry's own variables alone:
  OTEL_EXPORTER_OTLP_ENDPOINT  Such as http://localhost:4318; without it, or
                               OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, none is sent
  OTEL_EXPORTER_OTLP_PROTOCOL  http/protobuf or http/json
                               (default: http/protobuf)
  OTEL_EXPORTER_OTLP_HEADERS   Such as api-key=secret
  OTEL_EXPORTER_OTLP_TIMEOUT   Milliseconds for one export; the server's end
                               may wait for one (default: 2000)
  OTEL_SERVICE_NAME            (default: likes-server)
  OTEL_RESOURCE_ATTRIBUTES     Such as deployment.environment.name=production
  OTEL_TRACES_SAMPLER          always_on, always_off, traceidratio, or the same
                               behind parentbased_, for requests that come with
                               a traceparent (default: parentbased_always_on)
  OTEL_TRACES_SAMPLER_ARG      For traceidratio, from 0 to 1 (default: 1)
  OTEL_PROPAGATORS             'none' ignores traceparent
  OTEL_TRACES_EXPORTER         'none' sends nothing, nor does
                               OTEL_SDK_DISABLED=true

Example:
  likes index -o posts.json
  likes-server --dev --site public posts.json
)";

inline constexpr const char* kMigrateHelp = R"(Usage: likes-server migrate [OPTIONS]

Brings the database's schema up to date and ends. 'serve' does the same at its
start; this is for those who want to do it at a time of their own.

Options:
  --database-url URL  DATABASE_URL: sqlite:PATH or postgresql://...
                      (default: sqlite:likes.sqlite)
  --dev               The database of 'serve --dev'
  -h, --help          Print this

Example:
  likes-server migrate --database-url sqlite:likes.sqlite
)";

inline constexpr const char* kVerifyHelp = R"(Usage: likes-server verify [OPTIONS]

Compares what the database counted with what it holds: each post's total, its
days and its likes. Prints every contradiction and then ends with 1.

Options:
  --database-url URL  DATABASE_URL: sqlite:PATH or postgresql://...
                      (default: sqlite:likes.sqlite)
  --dev               The database of 'serve --dev'
  -h, --help          Print this

Example:
  likes-server verify --database-url sqlite:likes.sqlite
)";

inline constexpr const char* kPurgeHelp = R"(Usage: likes-server purge [OPTIONS]

Takes back likes that are abuse: those that fit all that is said. Without --yes
it only prints, by post and day, what would go. Totals and days follow; counts
that were imported stay. It may be used while servers run, which hear of it.

Options:
  --post KEY          Likes of this post
  --from TIME         Likes from this moment on, 2026-11-20 or
                      2026-11-20T08:30:00Z (UTC)
  --to TIME           Likes before this moment
  --burst LIKES/TIME  Of these, those that came in a burst: more than so many
                      of one post within so long, such as 20/60s. All likes of
                      a burst go, as nobody can tell which of them are honest
  --yes               Take them back, for good
  --database-url URL  DATABASE_URL: sqlite:PATH or postgresql://...
                      (default: sqlite:likes.sqlite)
  --dev               The database of 'serve --dev'
  -h, --help          Print this

Example:
  likes-server purge --post posts/hello --from 2026-11-20 --burst 20/60s
)";

inline constexpr const char* kImportHelp = R"(Usage: likes-server import [OPTIONS] FORMAT FILE

Takes over likes. What was taken over before is not added again, so a second
run adds nothing, and a later one what is new since. All or nothing is done.

Formats:
  jsonl     What 'likes-server export' prints
  csv       The same by 'likes-server export --format csv'
  flakm     The blog that this server replaces: the address of its database,
            postgresql://..., or a plain dump of it by pg_dump
  waline    Waline's export (JSON); its first reaction is the like
  artalk    Artalk's SQLite database: votes for pages
  isso      Isso's SQLite database: likes of a page's comments, added up
  applause  applause-button: [{"url": "https://...", "claps": 42}, ...]
  paths     {"/posts/hello/": 42, ...}

Options:
  --dry-run           Print what would be new and change nothing
  --unknown WHAT      Pages that are no posts: 'refuse' ends the import and
                      names them, 'skip' leaves them out, 'keep' keeps their
                      likes until there is such a post (default: refuse)
  --posts-file FILE   POSTS_FILE: the posts.json that pages are looked up in,
                      by address, key, former key or slug (default: the keys of
                      the posts that the database lists)
  --source NAME       Tells two sources of one format apart, whose counts add
                      up (default: the format's name)
  --database-url URL  DATABASE_URL: sqlite:PATH or postgresql://...
                      (default: sqlite:likes.sqlite)
  --dev               The database of 'serve --dev'
  -h, --help          Print this

Example:
  likes-server import --dry-run --posts-file posts.json waline waline.json
)";

inline constexpr const char* kExportHelp = R"(Usage: likes-server export [OPTIONS]

Prints all likes, one line for each post and second, and the counts that were
imported. Who liked is not among it. 'likes-server import' takes it, also from
SQLite to PostgreSQL or back.

Options:
  --format FORMAT     jsonl or csv (default: jsonl)
  -o, --output FILE   Write this file instead, whole or not at all
  --database-url URL  DATABASE_URL: sqlite:PATH or postgresql://...
                      (default: sqlite:likes.sqlite)
  --dev               The database of 'serve --dev'
  -h, --help          Print this

Example:
  likes-server export --format csv -o likes.csv
)";

}  // namespace likes::app
