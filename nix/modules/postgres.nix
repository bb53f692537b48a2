# The PostgreSQL of this host for likes-server: a database, a user, peer authentication over the socket.
{ config, lib, ... }:
let
  cfg = config.services.hugo-likes;
  here = cfg.enable && cfg.database.type == "postgresql" && cfg.database.url == null;
in
{
  config = lib.mkIf here {
    services.postgresql = {
      enable = true;
      ensureDatabases = [ "hugo-likes" ];
      ensureUsers = [
        {
          name = "hugo-likes";
          ensureDBOwnership = true;
        }
      ];
    };

    # Newer NixOS makes databases and users in postgresql.target, older in postgresql.service; to name a
    # unit that does not exist in After= does no harm, in Requires= it would.
    systemd.services.hugo-likes = {
      after = [
        "postgresql.service"
        "postgresql.target"
      ];
      requires = [ "postgresql.service" ];
    };
  };
}
