# What the NixOS modules make of a configuration, read without nixpkgs: unit files, and what Caddy, nginx
# and the collector are told. `settings` are services.hugo-likes; the site is one of this flake.
{ settings }:
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
  modules = import ../../nix/hostpkgs/modules.nix { inherit lib; };
  config = modules.evaluate {
    modules = [ flake.nixosModules.default ];
    inherit pkgs;
    settings = {
      enable = true;
      site = flake.packages.${system}.site;
    }
    // settings;
    nixos.services.postgresql = {
      package = pkgs.postgresql;
      dataDir = "/var/lib/postgresql/16";
    };
  };
  caddy = config.services.caddy or { virtualHosts = { }; };
  nginx = config.services.nginx or { virtualHosts = { }; };
  block = name: text: "${name} {\n${text}}\n";
in
{
  units = modules.units config;
  tmpfiles = config.systemd.tmpfiles.rules or [ ];
  caddyfile = lib.concatStringsSep "" (
    lib.mapAttrsToList (name: host: block name host.extraConfig) caddy.virtualHosts
  );
  # Without TLS, whose certificates only a real host has.
  nginx = lib.concatStringsSep "" (
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
  collector = config.services.opentelemetry-collector.settings or null;
}
