# The site of this project.
{ lib, mkHugoLikesSite }:
mkHugoLikesSite {
  name = "hugo-likes-site";
  themesDir = ".";
  src = lib.fileset.toSource {
    root = ../..;
    fileset = lib.fileset.unions [
      ../../config.toml
      ../../site
      (lib.fileset.difference ../../theme-overlay ../../theme-overlay/README.md)
    ];
  };
}
