start_all()
server.wait_for_unit("hugo-likes.service")
server.wait_for_unit("caddy.service")
server.fail("systemctl start hugo-likes-restore-drill.service")
server.succeed("curl -sf -X POST http://server/like/posts/baking")
server.succeed("systemctl start hugo-likes-backup.service")
server.succeed("systemctl start hugo-likes-restore-drill.service")

with subtest("everything is lost and comes back"):
    server.succeed("systemctl stop hugo-likes.service hugo-likes.socket hugo-likes-admin.socket")
    server.succeed("runuser -u postgres -- dropdb hugo-likes")
    server.succeed("runuser -u postgres -- createdb --owner=hugo-likes hugo-likes")
    server.succeed(
        "cat /var/lib/private/hugo-likes-backup/likes-*.dump | "
        "runuser -u postgres -- pg_restore --role=hugo-likes --no-owner --exit-on-error -d hugo-likes"
    )
    server.succeed("systemctl start hugo-likes.socket hugo-likes-admin.socket hugo-likes.service")
    server.wait_until_succeeds("curl -sf http://server/likes/posts/baking | grep -q '\"total_likes\":1'")

with subtest("back to a moment between two likes"):
    server.succeed("systemctl start hugo-likes-pgbackrest.service")
    server.succeed("curl -sf -X POST http://server/like/posts/privacy")
    moment = server.succeed("runuser -u postgres -- psql -Atc 'select clock_timestamp()'").strip()
    server.succeed("curl -sf -X POST http://server/like/posts/http-api")
    segment = server.succeed("runuser -u postgres -- psql -Atc 'select pg_walfile_name(pg_switch_wal())'").strip()
    server.wait_until_succeeds(
        "runuser -u postgres -- psql -Atc 'select last_archived_wal from pg_stat_archiver' | "
        f"grep -x {segment}"
    )
    server.succeed("systemctl stop hugo-likes.socket hugo-likes-admin.socket hugo-likes.service postgresql.service")
    # Debian's PostgreSQL may end a moment after its service.
    server.wait_until_succeeds(
        "runuser -u postgres -- pgbackrest --stanza=hugo-likes --delta --type=time --target-action=promote "
        f"--target='{moment}' restore"
    )
    server.succeed("systemctl start postgresql.service hugo-likes.socket hugo-likes-admin.socket hugo-likes.service")
    server.wait_until_succeeds("curl -sf http://server/likes/posts/privacy | grep -q '\"total_likes\":1'")
    server.succeed("curl -sf http://server/likes/posts/http-api | grep -q '\"total_likes\":0'")
