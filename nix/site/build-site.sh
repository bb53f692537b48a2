# The build of mkSite: index, hugo, check, compress. The variables are those of mk-site.nix; lists in them
# are parted by blanks, as everywhere in Nix' builders.
# shellcheck shell=bash disable=SC2154,SC2086
export HUGO_CACHEDIR=$NIX_BUILD_TOP/hugo-cache
# There is no repository in a source of Nix.
export HUGO_ENABLEGITINFO=false

# What the site's configuration says, whatever its format and the version of Hugo: setting theme
setting() {
  hugo config $configOption | sed -nE "s/^$1( =|:) //p" | tr -d "[]'\","
}

mkdir -p "$themesDir"
for theme in $themes; do
  rm -rf "${themesDir:?}/${theme%%=*}"
  cp -r "${theme#*=}" "$themesDir/${theme%%=*}"
  chmod -R u+w "$themesDir/${theme%%=*}"
done

# The component goes left-most, so that no theme covers it, unless the site has it already.
own=$(setting theme)
all=hugo-likes
for theme in $own; do
  all+=,$theme
  [ ! -e "$themesDir/$theme/layouts/partials/likes" ] || has_component=yes
done
themeOption=
if [ -z "${has_component:-}" ]; then
  cp -r "$component" "$themesDir/hugo-likes"
  chmod -R u+w "$themesDir/hugo-likes"
  themeOption=--theme=$all
fi

# Older versions of Hugo name only what differs from the default.
dataDir=$(setting datadir)
snapshot=${dataDir:-data}/likes.json
if [ -n "$counts" ]; then
  mkdir -p "$(dirname "$snapshot")"
  cp "$counts" "$snapshot"
fi

version=$(hugo version)
likes index $configOption $buildOptions --hugo-version "$version" --output "$posts"
hugo $configOption $buildOptions $themeOption --noBuildLock --destination "$out"
# For a site whose configuration wants it: the button in pages of a theme that has no place for one.
likes inject "$out" $configOption $buildOptions --hugo-version "$version"
if [ -f "$snapshot" ]; then
  # What Hugo has written already stays as it is.
  likes bake "$out" --likes "$snapshot" --cache ""
fi
if [ -n "$check" ]; then
  likes check "$out" $configOption $buildOptions --hugo-version "$version" --posts "$posts" ${counts:+--likes "$counts"}
fi

if [ -n "$compress" ]; then
  # Without time and name, so that the same pages give the same bytes.
  find "$out" -type f -size +255c -regextype egrep \
    -regex '.*\.(css|html|js|json|svg|txt|webmanifest|xml)' -print0 | sort -z |
    xargs -0r -n 64 sh -c 'gzip -9nk "$@" && brotli -k "$@"' -
fi
