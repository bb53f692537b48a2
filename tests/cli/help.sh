#!/usr/bin/env bash
# Usage: help.sh LIKES LIKES_SERVER VERSION
# Every help text fits a terminal, has no tabs, starts with its usage and names its own options.
set -euo pipefail
likes=$(realpath "$1") server=$(realpath "$2") version=$3
failures=0

complain() {
  echo "$*"
  failures=$((failures + 1))
}

check_help() {
  local name=$1 text
  shift
  text=$("$@" --help) || complain "$name: --help exits with $?"
  [[ $text == "Usage: $name"* ]] || complain "$name: does not start with 'Usage: $name'"
  ! grep -nP '\t' <<<"$text" || complain "$name: holds a tab"
  ! grep -nE '.{81}' <<<"$text" || complain "$name: a line is longer than 80"
  ! grep -nE ' +$' <<<"$text" || complain "$name: a line ends in blanks"
  [ "$text" = "$("$@" -h)" ] || complain "$name: -h and --help differ"
  grep -q -- '-h, --help' <<<"$text" || complain "$name: does not mention -h, --help"
}

check_help "likes" "$likes"
check_help "likes" "$(dirname "$likes")/likes-online"
for command in index snapshot bake refresh inject check report dev; do
  check_help "likes $command" "$likes" "$command"
done
check_help "likes-server" "$server"
for command in migrate verify purge import export; do
  check_help "likes-server $command" "$server" "$command"
done

[ "$("$likes" --version)" = "likes $version" ] || complain "likes --version: wanted $version"
[ "$("$server" --version)" = "likes-server $version" ] || complain "likes-server --version: wanted $version"

echo "$failures complaints about help texts"
[ "$failures" -eq 0 ]
