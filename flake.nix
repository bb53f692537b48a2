{
  description = "Likes for Hugo sites, baked in";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";

  outputs =
    { self, nixpkgs }:
    let
      inherit (nixpkgs) lib;
      overlay = import ./nix/overlay.nix;
      eachSystem =
        make:
        lib.genAttrs [ "x86_64-linux" "aarch64-linux" ] (
          system: make (nixpkgs.legacyPackages.${system}.extend overlay)
        );
    in
    {
      overlays.default = overlay;

      packages = eachSystem (pkgs: {
        inherit (pkgs) likes likes-server;
        theme = pkgs.hugo-likes-theme;
        oci = pkgs.hugo-likes-oci;
        site = pkgs.hugo-likes-site;
        default = pkgs.hugo-likes-site;
      });

      apps = eachSystem (pkgs: {
        demo = {
          type = "app";
          program = lib.getExe pkgs.hugo-likes-demo;
          meta.description = "The demo site with likes, until Ctrl-C";
        };
      });

      lib = import ./nix/lib.nix { inherit lib eachSystem overlay; };

      templates = {
        default = {
          path = ./nix/template;
          description = "A new blog with likes";
        };
        host = {
          path = ./nix/hosts/blog;
          description = "A host for a blog with likes, with its disk, its secrets and its way there";
        };
      };

      checks = eachSystem (pkgs: import ./nix/checks.nix { inherit self pkgs; });

      devShells = eachSystem (pkgs: {
        default = pkgs.callPackage ./nix/dev-shell.nix { };
      });

      formatter = eachSystem (pkgs: pkgs.nixfmt);

      nixosModules = import ./nix/modules self;

      nixosConfigurations = import ./nix/hosts { inherit self nixpkgs; };
    };
}
