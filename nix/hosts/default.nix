# The demo hosts, one for each architecture.
{ self, nixpkgs }:
let
  host =
    system: modules:
    nixpkgs.lib.nixosSystem {
      inherit system;
      modules = [
        self.nixosModules.default
        { services.hugo-likes.site = self.packages.${system}.site; }
        ./demo.nix
      ]
      ++ modules;
    };
in
{
  demo-x86_64 = host "x86_64-linux" [ ];
  demo-aarch64 = host "aarch64-linux" [ ];
}
