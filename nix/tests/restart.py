start_all()
server.wait_for_unit("hugo-likes.service")
server.wait_for_unit("caddy.service")
server.succeed("curl -sf -X POST http://server/like/posts/baking")

with subtest("readers who come while the server restarts are answered"):
    server.succeed(
        "(for i in $(seq 200); do curl -sSf -o /dev/null http://127.0.0.1:3000/likes || echo lost; done) &> /tmp/asked & "
        "asking=$!; for i in 1 2 3; do systemctl restart hugo-likes.service; done; wait $asking"
    )
    lost = server.succeed("cat /tmp/asked")
    assert lost == "", lost

with subtest("a killed server comes back"):
    server.succeed("systemctl kill --signal=KILL hugo-likes.service")
    server.wait_until_succeeds("curl -sf http://server/likes/posts/baking | grep -q '\"total_likes\":1'")

with subtest("a reboot"):
    server.shutdown()
    server.start()
    server.wait_for_unit("caddy.service")
    server.wait_until_succeeds("curl -sf http://server/likes/posts/baking | grep -q '\"total_likes\":1'")
