start_all()
server.wait_for_unit("hugo-likes.service")
server.wait_for_unit("nginx.service")
server.fail("systemctl is-active postgresql.service")
server.succeed("curl -sf -X POST http://server/like/posts/baking | grep -q '\"total_likes\":1'")
server.succeed("systemctl start hugo-likes-refresh.service")
server.succeed("curl -sf http://server/posts/baking/ | grep -qE 'data-likes-count=\"?posts/baking\"?[^>]*>1<'")

with subtest("the server sees nothing but its own state"):
    pid = server.succeed("systemctl show -P MainPID hugo-likes.service").strip()
    server.succeed(f"grep -q '^NoNewPrivs:.1' /proc/{pid}/status")
    server.succeed(f"grep -q '^Seccomp:.2' /proc/{pid}/status")
    server.succeed(f"grep -q '^CapBnd:.0000000000000000' /proc/{pid}/status")
    server.succeed("test \"$(stat -c %U /var/lib/private/hugo-likes/likes.sqlite)\" != root")
