# A like goes over Caddy into PostgreSQL and comes back in the HTML by the timer's unit.
{ hugoLikes, ... }:
{
  nodes.server = {
    imports = [ (import ./host.nix hugoLikes) ];
    services.hugo-likes = {
      database.type = "postgresql";
    };
  };
  nodes.client =
    { pkgs, ... }:
    {
      environment.systemPackages = [ pkgs.curl ];
    };
}
