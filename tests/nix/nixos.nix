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
  told =
    lib.recursiveUpdate
      {
        web.domain = "server";
        web.tls = false;
      }
      (
        (import (../../nix/tests + "/${story}.nix") { hugoLikes = flake; }).nodes.server.services.hugo-likes
          or { }
      );
  said = if story == null then settings else told;
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
  caddy = config.services.caddy or { virtualHosts = { }; };
  nginx = config.services.nginx or { virtualHosts = { }; };
  block = name: text: "${name} {\n${text}}\n";
  units = modules.units [ "hugo-likes" "opentelemetry-collector" ] config;
  collector = config.services.opentelemetry-collector.settings or null;
  caddyfile = lib.concatStringsSep "" (
    lib.mapAttrsToList (name: host: block name host.extraConfig) caddy.virtualHosts
  );
  # Without TLS, whose certificates only a real host has.
  nginxSites = lib.concatStringsSep "" (
    lib.mapAttrsToList (
      name: host:
      block "server" (
        "listen 127.0.0.1:8080;\nserver_name ${name};\nroot ${host.root};\n${host.extraConfig}"
        + lib.concatStringsSep "" (
          lib.mapAttrsToList (path: location: block "location ${path}" location.extraConfig) host.locations
        )
      )
    ) nginx.virtualHosts
  );
in
{
  texts = {
    inherit
      units
      caddyfile
      nginxSites
      collector
      ;
  };
  # All of it as a folder, with what the units start.
  tree = pkgs.runCommand "units" { } (
    lib.concatStringsSep "\n" (
      [ "mkdir $out" ]
      ++ lib.mapAttrsToList (name: text: "cp ${pkgs.writeText name text} $out/${name}") (
        units
        // {
          Caddyfile = caddyfile;
          nginx = nginxSites;
          collector = lib.optionalString (collector != null) (builtins.toJSON collector);
          tmpfiles = lib.concatMapStringsSep "" (rule: "${rule}\n") config.systemd.tmpfiles.rules;
        }
      )
    )
  );
}
