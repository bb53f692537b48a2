{
  description = "Likes for Hugo sites, baked in";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-26.05";

  outputs =
    { self, nixpkgs }:
    let
      inherit (nixpkgs) lib;
      systems = [
        "x86_64-linux"
        "aarch64-linux"
      ];
      eachSystem = make: lib.genAttrs systems (system: make nixpkgs.legacyPackages.${system});
    in
    {
      packages = eachSystem (pkgs: rec {
        hugo-likes = pkgs.callPackage ./nix/package.nix { };
        site = pkgs.callPackage ./nix/site.nix { inherit hugo-likes; };
        default = site;
      });

      checks = eachSystem (pkgs: {
        inherit (self.packages.${pkgs.stdenv.hostPlatform.system}) hugo-likes site;
      });

      devShells = eachSystem (pkgs: {
        default = pkgs.callPackage ./nix/dev-shell.nix {
          inherit (self.packages.${pkgs.stdenv.hostPlatform.system}) hugo-likes;
        };
      });

      nixosModules.default = import ./nix/module.nix self;

      formatter = eachSystem (pkgs: pkgs.nixfmt);
    };
}
