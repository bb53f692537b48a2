# shellcheck shell=bash disable=SC2034
# For the scripts beside this one, sourced: Nix over this machine's own tools, with nix/hostpkgs in place of
# nixpkgs, in Nix' real sandbox and without a network.

# Wants TOP. HOME becomes the folder that is given, so that nobody's settings count; CCACHE is a compiler
# cache that builds may use: use_stand_in FOLDER [CCACHE]
use_stand_in() {
  local state paths="/usr /bin /lib /lib64 /etc/alternatives"
  # A store path of the stand-in does not depend on the versions of Debian's packages, hence a store for
  # each state of them.
  state=$(dpkg-query -W -f='${Package} ${Version}\n' 2>/dev/null | sha256sum | cut -c1-12)
  use_store "$TOP/build/nix/$state"
  mkdir -p "$TOP/build/logs"
  [ -z "${2:-}" ] || paths+=" /ccache=$2"
  export NIX_CONFIG="experimental-features = nix-command flakes
substituters =
flake-registry =
build-users-group =
sandbox = true
sandbox-fallback = false
sandbox-paths = $paths
max-jobs = 1
warn-dirty = false
"
  export HOME=$1 NIX_USER_CONF_FILES=/dev/null
  git config --global --add safe.directory "$TOP"
  readonly STAND_IN=(--override-input nixpkgs "path:$TOP/nix/hostpkgs")
}

use_store() {
  STORE=$1
  OPTIONS=(--offline --no-write-lock-file --store "$STORE")
  mkdir -p "$STORE"
}

# Says what is checked and how long it took; shows what it printed when it fails.
step() {
  local label=$1 log=$TOP/build/logs/nix.log start=$SECONDS
  shift
  printf '%-60s' "$label"
  if ! "$@" >"$log" 2>&1; then
    echo "failed"
    tail -n 40 "$log" >&2
    die "'$*' failed"
  fi
  printf '%4s s\n' "$((SECONDS - start))"
}
