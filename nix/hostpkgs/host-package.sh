# shellcheck shell=bash disable=SC2154
# Makes the store path of something that Debian has: links to its programs, and the names under which
# CMake and pkg-config find it.
set -euo pipefail
export PATH=/usr/bin:/bin
mkdir -p "$out/bin" "$out/nix-support"
for package in $debian; do
  # Every installed package has a folder there.
  if ! [ -e "/usr/share/doc/$package" ] && [ -z "$optional" ]; then
    echo "hostpkgs: install the Debian package $package" >&2
    exit 1
  fi
done
for program in $programs; do
  ln -s "/usr/bin/$program" "$out/bin/$program"
done
echo "$finds" >"$out/nix-support/finds"
echo "$propagatedBuildInputs" >"$out/nix-support/propagated-build-inputs"
