start_all()
server.wait_for_unit("hugo-likes.service")
server.wait_for_unit("caddy.service")
server.wait_for_unit("hugo-likes-refresh.timer")
page = "http://server/posts/quick-start/"
baked = r'data-likes-count="?posts/quick-start"?[^>]*>'

client.wait_until_succeeds(f"curl -sf {page} | grep -qE '{baked}'")
client.succeed("curl -sf -X POST http://server/like/posts/quick-start | grep -q '\"success\":true'")
client.wait_until_succeeds(f"curl -sf {page} | grep -qE '{baked}1<'")

with subtest("a failed refresh leaves the old site"):
    server.succeed(
        "mkdir -p /run/systemd/system/hugo-likes.service.d; "
        "printf '[Service]\\nEnvironment=DATABASE_URL=sqlite:/nowhere/likes\\n' "
        ">/run/systemd/system/hugo-likes.service.d/broken.conf; systemctl daemon-reload"
    )
    server.fail("systemctl restart hugo-likes.service")
    server.fail("systemctl start hugo-likes-refresh.service")
    # The timer may have started it anew at this moment.
    server.wait_until_succeeds("systemctl is-failed hugo-likes-refresh.service")
    client.succeed(f"curl -sf {page} | grep -qE '{baked}1<'")
