{
  description = "A host with a blog and its likes";

  inputs = {
    hugo-likes.url = "git+https://example.org/hugo-likes";
    # `nix flake init -t git+https://example.org/hugo-likes` makes one.
    blog.url = "git+https://example.org/blog";
    blog.inputs.hugo-likes.follows = "hugo-likes";
    nixpkgs.follows = "hugo-likes/nixpkgs";
    disko.url = "github:nix-community/disko";
    disko.inputs.nixpkgs.follows = "nixpkgs";
    sops-nix.url = "github:Mic92/sops-nix";
    sops-nix.inputs.nixpkgs.follows = "nixpkgs";
    deploy-rs.url = "github:serokell/deploy-rs";
    deploy-rs.inputs.nixpkgs.follows = "nixpkgs";
  };

  outputs =
    {
      self,
      nixpkgs,
      blog,
      hugo-likes,
      disko,
      sops-nix,
      deploy-rs,
    }:
    let
      system = "aarch64-linux"; # or "x86_64-linux"
    in
    {
      nixosConfigurations.blog = nixpkgs.lib.nixosSystem {
        inherit system;
        modules = [
          hugo-likes.nixosModules.default
          disko.nixosModules.disko
          sops-nix.nixosModules.sops
          { services.hugo-likes.site = blog.packages.${system}.default; }
          ./host.nix
          ./disk.nix
          ./secrets.nix
        ];
      };

      # A host that cannot be reached after the switch goes back by itself.
      deploy.nodes.blog = {
        hostname = "blog.example.org";
        profiles.system = {
          user = "root";
          sshUser = "root";
          magicRollback = true;
          autoRollback = true;
          path = deploy-rs.lib.${system}.activate.nixos self.nixosConfigurations.blog;
        };
      };
    };
}
