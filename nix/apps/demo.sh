# shellcheck shell=bash
# The demo site with likes, until Ctrl-C: demo [PORT]
port=${1:-3000}
folder=$(mktemp -d "${TMPDIR:-/tmp}/hugo-likes-XXXXXX")
trap 'kill "$(jobs -p)" 2>/dev/null || true; rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM

cp -r "$SITE" "$folder/site"
chmod -R u+w "$folder/site"
echo "The site with likes: http://localhost:$port/   (Ctrl-C stops; its likes are not kept)"
DATABASE_URL="sqlite:$folder/likes.sqlite" BIND_ADDRESS="127.0.0.1:$port" ADMIN_ADDRESS=off LOG_LEVEL=warning \
  ALLOWED_ORIGINS="http://localhost:$port" likes-server --site "$folder/site" "$POSTS" &
server=$!
# A like is in the HTML two seconds later.
while kill -0 "$server" 2>/dev/null; do
  sleep 2
  if ! { likes snapshot --from "http://127.0.0.1:$port" -o "$folder/likes.json" &&
    likes bake "$folder/site" --likes "$folder/likes.json"; } >"$folder/log" 2>&1; then
    cat "$folder/log" >&2
  fi
done
wait "$server"
