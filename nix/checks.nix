# What `nix flake check` builds: the packages, the unit tests, the formatting, every story in tests/.
{ self, pkgs }:
let
  inherit (pkgs) lib;
  stories = lib.filterAttrs (name: _: lib.hasSuffix ".nix" name) (
    lib.optionalAttrs (builtins.pathExists ./tests) (builtins.readDir ./tests)
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
// lib.mapAttrs' (
  file: _:
  let
    name = lib.removeSuffix ".nix" file;
  in
  lib.nameValuePair "vm-${name}" (
    pkgs.testers.runNixOSTest {
      imports = [ (./tests + "/${file}") ];
      inherit name;
      testScript = builtins.readFile (./tests + "/${name}.py");
      _module.args.hugoLikes = self;
    }
  )
) stories
