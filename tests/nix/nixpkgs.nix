# This flake over a nixpkgs on disk, without a lock file, a store or a network: what there is to build, as
# derivations, and what NixOS makes of a demo host.
{ nixpkgs }:
let
  call =
    folder: inputs:
    let
      outputs = (import (folder + "/flake.nix")).outputs (inputs // { self = flake; });
      flake = outputs // {
        outPath = folder;
        lastModifiedDate = "19700101000000";
        _type = "flake";
        inherit inputs outputs;
      };
    in
    flake;
  packages = call nixpkgs { };
  flake = call ../.. { nixpkgs = packages; };
  inherit (packages) lib;
  plain = builtins.unsafeDiscardStringContext;
  derivation = _: package: plain package.drvPath;
  host = flake.nixosConfigurations.demo-x86_64.config;
in
{
  derivations = {
    packages = lib.mapAttrs (_: lib.mapAttrs derivation) flake.packages;
    shells = lib.mapAttrs (_: lib.mapAttrs derivation) flake.devShells;
    # The whole tree is the source of `format`, which needs a checkout without build/.
    checks = lib.mapAttrs (
      _: checks: lib.mapAttrs derivation (removeAttrs checks [ "format" ])
    ) flake.checks;
    hosts = lib.mapAttrs (
      _: each: plain each.config.system.build.toplevel.drvPath
    ) flake.nixosConfigurations;
  };
  texts = {
    units = lib.mapAttrs (_: unit: plain unit.text) (
      lib.filterAttrs (name: _: lib.hasPrefix "hugo-likes" name) host.systemd.units
    );
    caddyfile = plain (
      lib.concatStrings (
        lib.mapAttrsToList (
          name: each: "${name} {\n${each.extraConfig}}\n"
        ) host.services.caddy.virtualHosts
      )
    );
    nginxSites = "";
    collector = host.services.opentelemetry-collector.settings;
  };
}
