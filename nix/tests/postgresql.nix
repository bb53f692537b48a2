# A like goes over Caddy into PostgreSQL and comes back in the HTML by the timer.
{ hugoLikes, ... }:
{
  nodes.server = {
    imports = [ (import ./host.nix hugoLikes) ];
    services.hugo-likes = {
      database.type = "postgresql";
      refresh = {
        calendar = "*:*:0/5";
        jitter = "0";
      };
    };
  };
  nodes.client =
    { pkgs, ... }:
    {
      environment.systemPackages = [ pkgs.curl ];
    };
}
