# What a configuration of NixOS tells Caddy, nginx and the collector.
{ lib, config }:
let
  caddy = config.services.caddy or { };
  nginx = config.services.nginx or { };
  collector = config.services.opentelemetry-collector or { };
  block = name: text: "${name} {\n${text}}\n";
  blocks = make: set: lib.concatStringsSep "" (lib.mapAttrsToList make set);
in
{
  caddyfile = lib.optionalString (caddy.enable or false) (
    blocks (name: host: block name host.extraConfig) caddy.virtualHosts
  );
  # Without TLS, whose certificates only a real host has.
  nginxSites = lib.optionalString (nginx.enable or false) (
    blocks (
      name: host:
      block "server" (
        "listen 127.0.0.1:8080;\nserver_name ${name};\nroot ${host.root};\n${host.extraConfig}"
        + blocks (path: location: block "location ${path}" location.extraConfig) host.locations
      )
    ) nginx.virtualHosts
  );
  collector = if collector.enable or false then collector.settings else null;
}
