# One host without PostgreSQL, with nginx in front.
{ hugoLikes, ... }:
{
  nodes.server = {
    imports = [ (import ./host.nix hugoLikes) ];
    services.hugo-likes = {
      web.server = "nginx";
    };
  };
}
