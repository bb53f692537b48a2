# What the NixOS modules make of a configuration, read without nixpkgs: unit files, and what Caddy, nginx
# and the collector are told. The site is this flake's; `settings` are the rest of services.hugo-likes,
# or those of a story in nix/tests.
{
  story ? null,
  settings ? { },
}:
let
  nixpkgs = (import ../../nix/hostpkgs/flake.nix).outputs { self = nixpkgs; };
  flake = (import ../../flake.nix).outputs {
    self = flake;
    inherit nixpkgs;
  };
  inherit (nixpkgs) lib;
  system = builtins.currentSystem;
  pkgs = nixpkgs.legacyPackages.${system} // {
    stdenv.hostPlatform.system = system;
  };
  inStory =
    lib.recursiveUpdate
      {
        web.domain = "server";
        web.tls = false;
      }
      (
        (import (../../nix/tests + "/${story}.nix") { hugoLikes = flake; }).nodes.server.services.hugo-likes
          or { }
      );
  said = if story == null then settings else inStory;
  modules = import ../../nix/hostpkgs/modules.nix { inherit lib; };
  config = modules.evaluate {
    modules = [ flake.nixosModules.default ];
    inherit pkgs;
    settings = lib.recursiveUpdate {
      enable = true;
      site = flake.packages.${system}.site;
    } said;
    nixos = {
      services.postgresql = {
        package = pkgs.postgresql;
        dataDir = "/var/lib/postgresql/16";
      };
    }
    // lib.optionalAttrs (said.telemetry.enable or false) {
      systemd.services.opentelemetry-collector = {
        description = "OpenTelemetry Collector";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ];
        serviceConfig = {
          # Debian has none: whoever starts this unit puts one there.
          ExecStart = "/usr/local/bin/otelcol-contrib --config=file:/etc/opentelemetry-collector.json";
          DynamicUser = true;
          Restart = "always";
          StateDirectory = "opentelemetry-collector";
        };
      };
    };
  };
  units = modules.units [ "hugo-likes" "opentelemetry-collector" ] config;
  told = import ./texts.nix { inherit lib config; };
in
{
  texts = told // {
    inherit units;
  };
  # All of it as a folder, with what the units start.
  tree = pkgs.runCommand "units" { } (
    lib.concatStringsSep "\n" (
      [ "mkdir $out" ]
      ++ lib.mapAttrsToList (name: text: "cp ${pkgs.writeText name text} $out/${name}") (
        units
        // {
          Caddyfile = told.caddyfile;
          nginx = told.nginxSites;
          collector = lib.optionalString (told.collector != null) (builtins.toJSON told.collector);
          postgresql = lib.concatStringsSep "" (
            lib.mapAttrsToList (name: value: "${name} = '${value}'\n") (
              config.services.postgresql.settings or { }
            )
          );
          pgbackrest = config.environment.etc."pgbackrest/pgbackrest.conf".text or "";
          tmpfiles = lib.concatMapStringsSep "" (rule: "${rule}\n") config.systemd.tmpfiles.rules;
        }
      )
    )
  );
}
