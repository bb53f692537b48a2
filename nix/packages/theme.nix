# The Hugo component: what a site has in themes/hugo-likes.
{ lib, runCommand }:
runCommand "hugo-likes-theme"
  {
    src = lib.fileset.toSource {
      root = ../../theme-overlay;
      fileset = lib.fileset.difference ../../theme-overlay ../../theme-overlay/README.md;
    };
  }
  ''
    cp -r $src $out
  ''
