# What `nix flake check` builds: the packages, the unit tests, the formatting, every story in tests/.
{ self, pkgs }:
let
  inherit (pkgs) lib;
  # Each has a file of its own for what happens: nix/tests/sqlite.nix and sqlite.py.
  stories = map (lib.removeSuffix ".py") (
    lib.filter (lib.hasSuffix ".py") (lib.attrNames (builtins.readDir ./tests))
  );
in
{
  inherit (pkgs) likes likes-server;
  site = pkgs.hugo-likes-site;
  oci = pkgs.hugo-likes-oci;
  unit-tests = pkgs.callPackage ./packages/unit-tests.nix { };
  format = pkgs.runCommand "format" { nativeBuildInputs = [ pkgs.nixfmt ]; } ''
    find ${self} -name '*.nix' -exec nixfmt --check {} + && touch $out
  '';
}
// lib.listToAttrs (
  map (name: {
    name = "vm-${name}";
    value = pkgs.testers.runNixOSTest {
      imports = [ (./tests + "/${name}.nix") ];
      inherit name;
      testScript = builtins.readFile (./tests + "/${name}.py");
      _module.args.hugoLikes = self;
    };
  }) stories
)
