# What this project adds to nixpkgs.
final: _previous: {
  likes = final.callPackage ./packages/likes.nix { };
  likes-server = final.callPackage ./packages/likes-server.nix { };
  hugo-likes-theme = final.callPackage ./packages/theme.nix { };
  mkHugoLikesSite = final.callPackage ./site/mk-site.nix { };
  hugo-likes-oci = final.callPackage ./packages/oci.nix { };
  hugo-likes-site = final.callPackage ./site/demo.nix { };
  hugo-likes-demo = final.callPackage ./apps/demo.nix { };
}
