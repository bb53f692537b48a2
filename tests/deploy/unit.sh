#!/usr/bin/env bash
# Usage: unit.sh SYSTEMD_ANALYZE LIKES_SERVER
# systemd finds nothing wrong with the unit, where the server is installed.
set -euo pipefail
unit=$(dirname "$0")/../../server/deploy/hugo-likes.service
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# This build's server, and without the man page, in place of what is not installed.
sed "s|^ExecStart=/usr/bin/likes-server|ExecStart=$(realpath "$2")|; /^Documentation=man:/d" \
  "$unit" >"$work/hugo-likes.service"
found=$("$1" verify --man=no "$work/hugo-likes.service" 2>&1) || {
  echo "$found"
  exit 1
}
