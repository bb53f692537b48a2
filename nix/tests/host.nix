# A host with this project's own site, as the stories start from it. `self` is this flake.
self:
{ pkgs, ... }:
{
  imports = [ self.nixosModules.default ];
  services.hugo-likes = {
    enable = true;
    site = self.packages.${pkgs.stdenv.hostPlatform.system}.site;
    web = {
      domain = "server";
      tls = false;
    };
  };
  environment.systemPackages = [
    pkgs.curl
    pkgs.jq
    pkgs.sqlite
  ];
}
