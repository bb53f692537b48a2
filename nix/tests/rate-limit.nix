# Behind the proxy each reader has a limit of his own.
{ hugoLikes, ... }:
{
  nodes.server = {
    imports = [ (import ./host.nix hugoLikes) ];
    services.hugo-likes = {
      rateLimit = "2/1h";
    };
  };
  nodes.client =
    { pkgs, ... }:
    {
      environment.systemPackages = [ pkgs.curl ];
    };
}
