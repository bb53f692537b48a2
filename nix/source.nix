# The named entries of the top folder as a source of their own, so that a change elsewhere (a post, the
# README) does not rebuild what does not use it.
{ name, entries }:
let
  top = toString ../.;
  wanted =
    path:
    builtins.any (
      entry: path == entry || builtins.substring 0 (builtins.stringLength entry + 1) path == "${entry}/"
    ) entries;
in
builtins.path {
  inherit name;
  path = ../.;
  filter =
    path: _type: wanted (builtins.substring (builtins.stringLength top + 1) (-1) (toString path));
}
