#!/usr/bin/env bash
# Usage: wrong_input.sh LIKES LIKES_SERVER
# What a user sees who gives a program something wrong: one clear line, the right exit code, and no
# file that was not there before.
set -euo pipefail
likes=$(realpath "$1") server=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export ADMIN_ADDRESS=off BIND_ADDRESS=127.0.0.1:0
failures=0

# wrong STATUS 'TEXT' COMMAND...: the command exits with STATUS and TEXT is in what it prints.
wrong() {
  local status=0 wanted=$1 text=$2 out
  shift 2
  out=$("$@" 2>&1 </dev/null) || status=$?
  if [ "$status" -ne "$wanted" ] || [[ $out != *"$text"* ]]; then
    echo "'${*##*/}': wanted exit $wanted and '$text', found exit $status and:"
    echo "$out"
    failures=$((failures + 1))
  fi
}

site() { # site NAME: a small Hugo site that is right
  mkdir -p "$1/content/posts"
  printf 'baseURL = "https://example.org/"\n' >"$1/config.toml"
  printf '+++\ntitle = "A"\ndate = 2026-01-01\n+++\nText.\n' >"$1/content/posts/a.md"
}

# likes index
mkdir empty
wrong 1 "empty: found no " "$likes" index --source empty -o posts.json
site toml && printf 'baseURL = "https://example.org/"\ntitle = = 1\n' >toml/config.toml
wrong 1 "toml/config.toml:2:" "$likes" index --source toml -o posts.json
site matter && printf '+++\ntitle = "A"\ndate = 2026-01-01\ndraft = maybe\n+++\n' >matter/content/posts/a.md
wrong 1 "content/posts/a.md:4" "$likes" index --source matter -o posts.json
site yaml && printf -- '---\ntitle: "A"\nlist: [1, 2\n---\n' >yaml/content/posts/a.md
wrong 1 "content/posts/a.md:" "$likes" index --source yaml -o posts.json
site open && printf '+++\ntitle = "A"\n' >open/content/posts/a.md
wrong 1 "content/posts/a.md:" "$likes" index --source open -o posts.json
[ ! -e posts.json ] || { echo "a failed index has written posts.json" && failures=$((failures + 1)); }
wrong 2 "unknown option '--sorce', did you mean '--source'?" "$likes" index --sorce x

# likes snapshot, likes bake
wrong 1 "is no http(s) address" "$likes" snapshot --from localhost:3000
wrong 1 "cannot get http://127.0.0.1:9/likes" "$likes" snapshot --from http://127.0.0.1:9
wrong 2 "wanted --from URL" "$likes" snapshot
wrong 1 "site/data/likes.json: cannot read: No such file or directory" "$likes" bake public
printf '{"generated": 7}' >likes.json
wrong 1 'likes.json: wanted an object with "generated", "total" and "likes"' \
  "$likes" bake public --likes likes.json
wrong 2 "unknown option '--like', did you mean '--likes'?" "$likes" bake public --like x
wrong 2 "unknown command 'bkae', did you mean 'bake'?" "$likes" bkae
wrong 2 "unknown command 'refersh', did you mean 'refresh'?" "$likes" refersh
mkdir alone && cp "$likes" alone/likes
wrong 1 "alone/likes-online: cannot run what it needs: No such file" alone/likes snapshot --from localhost

# likes-server
printf '[]\n' >posts.json
printf 'not json\n' >broken.json
wrong 1 "broken.json:1:" env DATABASE_URL=sqlite:a.sqlite "$server" broken.json
wrong 1 "missing.json" env DATABASE_URL=sqlite:a.sqlite "$server" missing.json
wrong 1 "DATABASE_URL: found 'mysql://" env DATABASE_URL=mysql://db/likes "$server" posts.json
wrong 1 "DATABASE_URL" \
  env DATABASE_URL=postgresql://someone:hunter2@127.0.0.1:9/likes "$server" posts.json
[[ $(DATABASE_URL=postgresql://someone:hunter2@127.0.0.1:9/likes "$server" posts.json 2>&1) != *hunter2* ]] ||
  { echo "a password is printed" && failures=$((failures + 1)); }
wrong 1 "LIKE_WINDOW" env LIKE_WINDOW=soon DATABASE_URL=sqlite:a.sqlite "$server" posts.json
wrong 1 "BIND_ADDRESS" env BIND_ADDRESS=nowhere DATABASE_URL=sqlite:a.sqlite "$server" posts.json
wrong 1 "TRUSTED_PROXIES" env TRUSTED_PROXIES=10.0.0.0/99 DATABASE_URL=sqlite:a.sqlite "$server" posts.json
wrong 2 "unknown command 'migrat', did you mean 'migrate'?" "$server" migrat
wrong 1 "migration.json: cannot read" env DATABASE_URL=sqlite:a.sqlite "$server" migration.json
wrong 1 "migrat:1:" env DATABASE_URL=sqlite:a.sqlite \
  sh -c 'echo "not json" >migrat && "$0" migrat' "$server"
wrong 2 "unknown option '--sit', did you mean '--site'?" "$server" --sit public

echo "$failures complaints about wrong input"
[ "$failures" -eq 0 ]
