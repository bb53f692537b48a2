# The demo hosts, one for each architecture: the host of the template with this project's own site. This flake
# has one input, nixpkgs, so demo.nix stands in for disko, and there are no secrets.
{ self, nixpkgs }:
let
  host =
    system: modules:
    nixpkgs.lib.nixosSystem {
      inherit system;
      modules = [
        self.nixosModules.default
        { services.hugo-likes.site = self.packages.${system}.site; }
        ./blog/host.nix
        ./demo.nix
      ]
      ++ modules;
    };
in
{
  demo-x86_64 = host "x86_64-linux" [ ];
  demo-aarch64 = host "aarch64-linux" [ ];
}
