# Restarts and a reboot lose no like and refuse no reader.
{ hugoLikes, ... }:
{
  nodes.server = {
    imports = [ (import ./host.nix hugoLikes) ];
    services.hugo-likes = {
      database.type = "postgresql";
    };
  };
}
