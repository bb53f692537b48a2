# The contract of the original blog's API, through the proxy and its prefix.
{ hugoLikes, ... }:
{
  nodes.server = {
    imports = [ (import ./host.nix hugoLikes) ];
    services.hugo-likes = {
      web.prefixes = [
        ""
        "/api"
      ];
    };
  };
}
