#!/usr/bin/env bash
# ./dev demo as its user meets it: Ctrl-C leaves no process and no locked file, it runs again on what
# it has made, and a busy port is one clear line.
set -euo pipefail
cd "$(dirname "$0")/../.."
set -m # Each demo in a process group of its own, as a terminal does it, so that Ctrl-C reaches all of it.
work=$(mktemp -d)
demo=
cleanup() {
  [ -z "$demo" ] || kill -KILL -- "-$demo" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

die() {
  echo "$*"
  cat "$work/output" 2>/dev/null || true
  exit 1
}

free_port() {
  local port
  for port in $(seq 3100 3999); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port" && return; }
  done
}
port=$(free_port)

start_demo() {
  rm -f "$work/lines" && mkfifo "$work/lines"
  ./dev demo --port "$port" --dir "$work/demo" >"$work/lines" 2>&1 &
  demo=$!
  # The reader stays until the demo has ended, so that writing never fails.
  exec 4<"$work/lines"
  : >"$work/output"
  while IFS= read -r -t 200 -u 4 line; do
    echo "$line" >>"$work/output"
    [[ $line != *"Ctrl-C stops."* ]] || return 0
  done
  die "the demo has not come up"
}

interrupt_demo() {
  local status=0
  kill -INT -- "-$demo"
  wait "$demo" || status=$?
  exec 4<&-
  [ "$status" -eq 130 ] || die "wanted exit 130 after Ctrl-C, found $status"
  ! pgrep -g "$demo" >/dev/null || die "Ctrl-C leaves processes: $(pgrep -a -g "$demo")"
  demo=
}

for run in first second; do
  start_demo
  curl -fsS "http://127.0.0.1:$port/" | grep -q '</html>' || die "$run run: no site"
  curl -fsS "http://127.0.0.1:$port/likes" | grep -q '"likes"' || die "$run run: no likes"
  if [ "$run" = second ]; then
    message=$(./dev demo --port "$port" --dir "$work/demo" 2>&1) && die "a busy port is not told"
    wanted="./dev: port $port is in use by another program; try ./dev demo --port $((port + 1))"
    [ "$message" = "$wanted" ] || die "wanted '$wanted', found '$message'"
  fi
  interrupt_demo
  DATABASE_URL="sqlite:$work/demo/likes.sqlite" build/dev/bin/likes-server verify ||
    die "$run run: the database is not left whole"
  ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || die "$run run: the port is still taken"
done
echo "two runs, each ended by Ctrl-C with nothing left behind"
