# A backup is made, proven, and restored after a loss.
{ hugoLikes, ... }:
{
  nodes.server = {
    imports = [ (import ./host.nix hugoLikes) ];
    services.hugo-likes = {
      database.type = "postgresql";
    };
  };
}
