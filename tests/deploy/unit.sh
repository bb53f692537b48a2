#!/usr/bin/env bash
# Usage: unit.sh LIKES_SERVER
# systemd finds nothing wrong with the unit, where the server is installed.
set -euo pipefail
unit=$(dirname "$0")/../../server/deploy/hugo-likes.service
command -v systemd-analyze >/dev/null || {
  echo "wanted systemd-analyze; install the Debian package systemd"
  exit 1
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# This build's server, and without the man page, in place of what is not installed.
sed "s|^ExecStart=/usr/bin/likes-server|ExecStart=$(realpath "$1")|; /^Documentation=man:/d" \
  "$unit" >"$work/hugo-likes.service"
# It ends with 0 also when a word is unknown to it; what it says is what counts.
found=$(systemd-analyze verify --man=no "$work/hugo-likes.service" 2>&1) || true
[ -z "$found" ] || {
  echo "$found"
  exit 1
}
