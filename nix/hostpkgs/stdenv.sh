# shellcheck shell=bash disable=SC2154,SC2086,SC2206,SC2207,SC2046,SC2013
# The builder of mkDerivation: the phases of nixpkgs' stdenv that are used here, over the tools in /usr.
set -euo pipefail
export PATH=/usr/bin:/bin HOME=/homeless-shelter LC_ALL=C.UTF-8 TZ=UTC SOURCE_DATE_EPOCH=1
cd "$NIX_BUILD_TOP"

# Everything in nativeBuildInputs and buildInputs, with what that brings along.
inputs=()
queue=(${nativeBuildInputs:-} ${buildInputs:-})
while [ ${#queue[@]} -gt 0 ]; do
  input=${queue[0]}
  queue=("${queue[@]:1}")
  inputs+=("$input")
  if [ -f "$input/nix-support/propagated-build-inputs" ]; then
    queue+=($(<"$input/nix-support/propagated-build-inputs"))
  fi
done
for input in "${inputs[@]}"; do
  [ ! -d "$input/bin" ] || PATH="$input/bin:$PATH"
done

runHook() {
  if [ -n "${!1:-}" ]; then eval "${!1}"; fi
}

# Runs the phase that the derivation defines, or else the usual one.
phase() {
  echo "phase: $1"
  if [ -n "${!1:-}" ]; then eval "${!1}"; else "$1"; fi
}

unpackPhase() {
  [ -n "${dontUnpack:-}" ] && return
  cp -r --no-preserve=ownership "$src" source
  chmod -R u+w source
  cd source
}

patchPhase() {
  :
}

configurePhase() {
  [ -f CMakeLists.txt ] || return 0
  local launcher=()
  # A compiler cache of the machine, let into the sandbox by name.
  if [ -d /ccache ]; then
    export CCACHE_DIR=/ccache CCACHE_NOHASHDIR=1
    launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=/usr/bin/ccache)
  fi
  cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$out" \
    -DCMAKE_INSTALL_BINDIR="$out/bin" -DCMAKE_INSTALL_MANDIR="$out/share/man" \
    -DCMAKE_FIND_USE_PACKAGE_REGISTRY=OFF "${launcher[@]}" $cmakeFlags
  cd build
  check_found
}

# In nixpkgs there is nothing but what is declared; here all of the machine is there to be found.
check_found() {
  local declared name undeclared=()
  declared=$(cat /dev/null $(printf '%s/nix-support/finds ' "${inputs[@]}") | tr '\n' ' ')
  # Threads and the like belong to the C library, Config files of the tools to the tools.
  for name in $(sed -nE \
    -e '/_INCLUDE_DIR:/d' -e 's/^([A-Za-z0-9_+-]+)_DIR:PATH=\/.*/\1/p' \
    -e 's/^FIND_PACKAGE_MESSAGE_DETAILS_([A-Za-z0-9_+-]+):.*/\1/p' \
    -e 's/^[A-Za-z0-9_+-]+_MODULE_NAME:INTERNAL=(.+)$/\1/p' CMakeCache.txt | sort -u); do
    case " Threads PkgConfig LibDl LibRt $declared " in
      *" $name "*) ;;
      *) undeclared+=("$name") ;;
    esac
  done
  if [ ${#undeclared[@]} -gt 0 ]; then
    echo "hostpkgs: CMake found what is not in buildInputs: ${undeclared[*]}" >&2
    exit 1
  fi
}

buildPhase() {
  [ -f build.ninja ] || return 0
  cmake --build . -j "$NIX_BUILD_CORES"
}

checkPhase() {
  ctest --output-on-failure
}

installPhase() {
  cmake --install .
}

phase unpackPhase
phase patchPhase
[ -n "${dontConfigure:-}" ] || phase configurePhase
[ -n "${dontBuild:-}" ] || phase buildPhase
[ -z "${doCheck:-}" ] || phase checkPhase
[ -n "${dontInstall:-}" ] || phase installPhase
[ -e "$out" ] || {
  echo "hostpkgs: the build of $name made nothing" >&2
  exit 1
}
