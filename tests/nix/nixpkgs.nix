# This flake over a nixpkgs on disk, without a lock file, a store or a network: what there is to build, as
# derivations, and what NixOS makes of several hosts.
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

  # What the template for a host takes from other flakes, by the names alone.
  free = lib.mkOption {
    type = lib.types.attrsOf lib.types.anything;
    default = { };
  };
  flakes = {
    disko.nixosModules.disko = {
      options.disko.devices = free;
      # The demo host's disk is as good as any.
      imports = [ ../../nix/hosts/demo.nix ];
    };
    sops-nix.nixosModules.sops.options.sops = {
      defaultSopsFile = lib.mkOption { type = lib.types.path; };
      age = free;
      secrets = lib.mkOption {
        type = lib.types.attrsOf (
          lib.types.submodule (
            { name, ... }:
            {
              options.path = lib.mkOption { default = "/run/secrets/${name}"; };
            }
          )
        );
      };
    };
    deploy-rs.lib = lib.genAttrs [ "x86_64-linux" "aarch64-linux" ] (_: {
      activate.nixos = host: host.config.system.build.toplevel;
    });
  };
  blog = call ../../nix/template { hugo-likes = flake; };
  host = call ../../nix/hosts/blog (
    flakes
    // {
      inherit blog;
      nixpkgs = packages;
      hugo-likes = flake;
    }
  );

  plain = builtins.unsafeDiscardStringContext;
  derivation = _: package: plain package.drvPath;
  toplevel = _: each: plain each.config.system.build.toplevel.drvPath;

  # The demo host with other settings.
  demo =
    settings:
    (flake.nixosConfigurations.demo-x86_64.extendModules {
      modules = [ { services.hugo-likes = settings; } ];
    }).config;
  hosts = {
    demo = demo { };
    pgbackrest = demo { backup.pgbackrest.enable = true; };
    nginx = demo {
      database.type = lib.mkForce "sqlite";
      web.server = "nginx";
      web.tls = false;
    };
    elsewhere = demo {
      database.url = "postgresql://likes@db.example.org/likes";
      database.passwordFile = "/run/secrets/pgpass";
      visitorKeyFile = "/run/secrets/visitor-key";
      backup.restic = lib.genAttrs [ "one" "two" ] (name: {
        repository = "sftp:backup@${name}.example.org:/srv/likes";
        passwordFile = "/run/secrets/restic";
      });
    };
    template = host.nixosConfigurations.blog.config;
  };
in
{
  derivations = {
    packages = lib.mapAttrs (_: lib.mapAttrs derivation) flake.packages;
    shells = lib.mapAttrs (_: lib.mapAttrs derivation) flake.devShells;
    # The whole tree is the source of `format`, which needs a checkout without build/.
    checks = lib.mapAttrs (
      _: checks: lib.mapAttrs derivation (removeAttrs checks [ "format" ])
    ) flake.checks;
    hosts = lib.mapAttrs toplevel flake.nixosConfigurations;
    blog = {
      packages = lib.mapAttrs (_: lib.mapAttrs derivation) blog.packages;
      shells = lib.mapAttrs (_: lib.mapAttrs derivation) blog.devShells;
    };
    host = {
      hosts = lib.mapAttrs toplevel host.nixosConfigurations;
      deploy = plain host.deploy.nodes.blog.profiles.system.path.drvPath;
    };
  };
  texts = lib.mapAttrs (
    _: config:
    lib.mapAttrs (_: text: if builtins.isString text then plain text else text) (
      import ./texts.nix { inherit lib config; }
    )
    // {
      units = lib.mapAttrs (_: unit: plain unit.text) (
        lib.filterAttrs (name: _: lib.hasPrefix "hugo-likes" name) config.systemd.units
      );
    }
  ) hosts;
}
