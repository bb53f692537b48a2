# For the flakes of sites.
{
  lib,
  eachSystem,
  overlay,
}:
{
  # One site as a package: mkSite { pkgs = nixpkgs.legacyPackages.x86_64-linux; src = ./.; }. What else
  # there is to say: site/mk-site.nix.
  mkSite = { pkgs, ... }@site: (pkgs.extend overlay).mkHugoLikesSite (removeAttrs site [ "pkgs" ]);

  # All outputs of a site's flake: `nix build` makes it, `nix run` shows it with likes while it is written,
  # `nix develop` has hugo, likes and likes-server.
  mkFlake = site: {
    packages = eachSystem (pkgs: {
      default = pkgs.mkHugoLikesSite site;
    });
    apps = eachSystem (pkgs: {
      default = {
        type = "app";
        program = lib.getExe (
          pkgs.writeShellApplication {
            name = "likes-dev";
            runtimeInputs = [
              pkgs.hugo
              pkgs.likes
              pkgs.likes-server
            ];
            text = ''exec likes dev "$@"'';
          }
        );
        meta.description = "The site with likes, while it is written";
      };
    });
    devShells = eachSystem (pkgs: {
      default = pkgs.mkShell {
        packages = [
          pkgs.hugo
          pkgs.likes
          pkgs.likes-server
        ];
      };
    });
  };
}
