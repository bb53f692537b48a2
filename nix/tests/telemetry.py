start_all()
server.wait_for_unit("hugo-likes.service")
server.wait_for_unit("caddy.service")
server.wait_for_unit("opentelemetry-collector.service")
server.succeed("curl -sf -X POST http://server/like/posts/baking")


def wait_for(line):
    # Not -q, which would end before journalctl has written all.
    server.wait_until_succeeds(f"journalctl --unit=opentelemetry-collector.service | grep -E -- '{line}' >/dev/null")


with subtest("what /metrics counts"):
    wait_for("-> Name: likes_recorded_total")

with subtest("the traces of a like"):
    wait_for(r"-> service.name: Str\(likes-server\)")
    wait_for("Name +: POST /like/")
    wait_for("Name +: record likes")

with subtest("a like is counted while the collector is away"):
    server.succeed("systemctl stop opentelemetry-collector.service")
    server.succeed("curl -sf -X POST http://server/like/posts/privacy | grep -q '\"total_likes\":1'")
    server.succeed("systemctl is-active hugo-likes.service")
