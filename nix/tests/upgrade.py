start_all()
server.wait_for_unit("hugo-likes.service")
server.wait_for_unit("caddy.service")
folder = "/var/lib/private/hugo-likes"

with subtest("what a server of the first schema left: seven likes of a post"):
    server.succeed("systemctl stop hugo-likes.socket hugo-likes-admin.socket hugo-likes.service")
    server.succeed(f"rm {folder}/likes.sqlite*")
    server.succeed(
        f"cd /etc/migrations; sqlite() {{ sqlite3 {folder}/likes.sqlite \"$@\"; }}; "
        "sqlite 'create table schema_migrations (number integer not null primary key, name text not null, "
        "checksum text not null, applied_at text not null)'; "
        "number=0; for file in 0001-posts.sql 0002-likes-sqlite.sql; do "
        "number=$((number + 1)); sqlite <$file; name=${file%.sql}; "
        "sqlite \"insert into schema_migrations values "
        "($number, '${name%-sqlite}', '$(sha256sum <$file | cut -d' ' -f1)', '2026-01-01T00:00:00Z')\"; done; "
        "sqlite \"insert into posts values (1, 'posts/baking', true, 7);"
        "insert into like_days values (1, '2026-01-01', 7);"
        "insert into likes (post_id, window_start, liked_at) select 1, 1767225600, 1767225600 + value "
        "from json_each('[1,2,3,4,5,6,7]')\""
    )
    server.succeed(f"chown --recursive --reference={folder} {folder}/")

with subtest("the server of today takes it over"):
    server.succeed("systemctl start hugo-likes.socket hugo-likes-admin.socket hugo-likes.service")
    server.wait_until_succeeds("curl -sf http://server/likes/posts/baking | grep -q '\"total_likes\":7'")
    server.succeed("curl -sf -X POST http://server/like/posts/baking | grep -q '\"total_likes\":8'")
