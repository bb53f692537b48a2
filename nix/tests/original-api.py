import json

start_all()
server.wait_for_unit("hugo-likes.service")
server.wait_for_unit("caddy.service")


def ask(words):
    return json.loads(server.succeed(f"curl -s {words}"))


liked = ask("-X POST http://server/api/like/privacy")
assert liked["success"] is True and liked["total_likes"] == 1, liked
assert liked["message"] == "Like recorded successfully", liked
again = ask("-X POST http://server/api/like/privacy")
assert again["success"] is False and again["total_likes"] == 1, again
assert again["message"] == "You can only like a post once per hour", again
count = ask("http://server/api/likes/privacy")
assert count["success"] is True and count["total_likes"] == 1, count
unknown = ask("-X POST http://server/api/like/no-such-post")
assert unknown["success"] is False and unknown["message"] == "Blog post not found", unknown
server.fail("curl -sf http://server/metrics")
