# A database of the first schema is brought up to date by a newer server, with its likes.
{ hugoLikes, ... }:
{
  nodes.server = {
    imports = [ (import ./host.nix hugoLikes) ];
    environment.etc.migrations.source = ../../migrations;
  };
}
