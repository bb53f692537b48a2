# A backup is made, proven, and restored after a loss; with the write-ahead log, to a moment between two likes.
{ hugoLikes, ... }:
{
  nodes.server = {
    imports = [ (import ./host.nix hugoLikes) ];
    services.hugo-likes = {
      database.type = "postgresql";
      backup.pgbackrest.enable = true;
    };
  };
}
