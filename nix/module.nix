# services.hugo-likes: the likes server on NixOS. `self` is this flake.
self:
{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.services.hugo-likes;
  packages = self.packages.${pkgs.stdenv.hostPlatform.system};
  local = cfg.database == "postgresql";
in
{
  options.services.hugo-likes = {
    enable = lib.mkEnableOption "the likes server of hugo-likes";

    package = lib.mkOption {
      type = lib.types.package;
      default = packages.hugo-likes;
      defaultText = lib.literalExpression "hugo-likes.packages.\${system}.hugo-likes";
      description = "The package that holds likes-server.";
    };

    postsFile = lib.mkOption {
      type = lib.types.path;
      example = "/var/lib/blog/posts.json";
      description = "The posts that can be liked, as `likes index` writes them.";
    };

    site = lib.mkOption {
      type = lib.types.nullOr lib.types.path;
      default = null;
      description = "A built site to serve beside the likes, for hosts without a web server of their own.";
    };

    database = lib.mkOption {
      type = lib.types.enum [
        "sqlite"
        "postgresql"
      ];
      default = "sqlite";
      description = "Where likes are kept: a file in the state folder, or a database of this host's PostgreSQL.";
    };

    settings = lib.mkOption {
      type = lib.types.attrsOf lib.types.str;
      default = { };
      example = {
        TRUSTED_PROXIES = "127.0.0.1";
      };
      description = "Further settings, by the names that `likes-server --help` lists.";
    };
  };

  config = lib.mkIf cfg.enable {
    services.postgresql = lib.mkIf local {
      enable = true;
      ensureDatabases = [ "hugo-likes" ];
      ensureUsers = [
        {
          name = "hugo-likes";
          ensureDBOwnership = true;
        }
      ];
    };

    systemd.services.hugo-likes = {
      description = "Likes of a Hugo site";
      wantedBy = [ "multi-user.target" ];
      # Newer NixOS makes databases and users in postgresql.target, older in postgresql.service; to name
      # a unit that does not exist does no harm here.
      after = [
        "network.target"
      ]
      ++ lib.optionals local [
        "postgresql.service"
        "postgresql.target"
      ];
      environment = {
        DATABASE_URL =
          if local then "postgresql:///hugo-likes?host=/run/postgresql" else "sqlite:/var/lib/hugo-likes/likes.sqlite";
        POSTS_FILE = toString cfg.postsFile;
      }
      // lib.optionalAttrs (cfg.site != null) { SITE_DIR = toString cfg.site; }
      // cfg.settings;
      serviceConfig = {
        ExecStart = lib.getExe' cfg.package "likes-server";
        ExecReload = "${lib.getExe' pkgs.coreutils "kill"} -HUP $MAINPID";
        Restart = "on-failure";
        # The user's name is what PostgreSQL's peer authentication goes by.
        User = "hugo-likes";
        DynamicUser = true;
        StateDirectory = "hugo-likes";
        CapabilityBoundingSet = "";
        LockPersonality = true;
        MemoryDenyWriteExecute = true;
        NoNewPrivileges = true;
        PrivateDevices = true;
        PrivateTmp = true;
        ProtectClock = true;
        ProtectControlGroups = true;
        ProtectHome = true;
        ProtectHostname = true;
        ProtectKernelLogs = true;
        ProtectKernelModules = true;
        ProtectKernelTunables = true;
        ProtectProc = "invisible";
        ProtectSystem = "strict";
        RestrictAddressFamilies = [
          "AF_INET"
          "AF_INET6"
          "AF_UNIX"
        ];
        RestrictNamespaces = true;
        RestrictRealtime = true;
        SystemCallArchitectures = "native";
        SystemCallFilter = [
          "@system-service"
          "~@privileged"
        ];
        UMask = "0077";
      };
    };
  };
}
