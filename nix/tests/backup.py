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
