start_all()
server.wait_for_unit("hugo-likes.service")
server.wait_for_unit("caddy.service")
like = "curl -s -o /dev/null -w '%{http_code}' -X POST http://server/like/posts/"
for key, wanted in [("baking", "200"), ("privacy", "200"), ("http-api", "429")]:
    found = server.succeed(like + key)
    assert found == wanted, f"{key}: found {found}, wanted {wanted}"
    # What a reader claims to be changes nothing.
found = server.succeed(like + "http-api -H 'X-Forwarded-For: 203.0.113.1'")
assert found == "429", found
found = client.succeed(like + "http-api")
assert found == "200", found
