# services.hugo-likes: likes-server under systemd.
self:
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.services.hugo-likes;
  sqlite = cfg.database.type == "sqlite";
  telemetry = cfg.telemetry.enable or false;
  # A database or a collector elsewhere is the only reason to open a connection.
  goesOut = cfg.database.url != null || telemetry;
  list = name: items: lib.optionalAttrs (items != [ ]) { ${name} = lib.concatStringsSep "," items; };
  rate = types.strMatching "off|[0-9]+/[0-9]+(s|m|h|d)";
  sockets = [ "hugo-likes.socket" ] ++ lib.optional (cfg.adminListen != null) "hugo-likes-admin.socket";
in
{
  options.services.hugo-likes = {
    enable = lib.mkEnableOption "likes-server, which takes and counts the likes of a Hugo site";

    package = mkOption {
      type = types.package;
      default = self.packages.${pkgs.stdenv.hostPlatform.system}.likes-server;
      defaultText = lib.literalExpression "hugo-likes.packages.\${system}.likes-server";
      description = "The package with likes-server.";
    };

    site = mkOption {
      type = types.nullOr types.package;
      default = null;
      example = lib.literalExpression "inputs.blog.packages.\${system}.default";
      description = ''
        The site, as `lib.mkSite` of hugo-likes builds it: its posts can be liked, and the web server and
        the refresh of `services.hugo-likes` serve it.
      '';
    };

    posts = mkOption {
      type = types.nullOr types.path;
      default = if cfg.site == null then null else cfg.site.posts or null;
      defaultText = lib.literalExpression "config.services.hugo-likes.site.posts";
      example = "/var/lib/blog/posts.json";
      description = "POSTS_FILE: the posts that can be liked, as `likes index` writes them.";
    };

    listen = mkOption {
      type = types.str;
      default = "127.0.0.1:3000";
      description = ''
        BIND_ADDRESS: where readers' requests come in; systemd listens here and hands the socket over.
      '';
    };

    adminListen = mkOption {
      type = types.nullOr types.str;
      default = "127.0.0.1:9090";
      description = ''
        ADMIN_ADDRESS: where /metrics is; for a collector on this host, never for readers. null: nowhere.
      '';
    };

    database = {
      type = mkOption {
        type = types.enum [
          "sqlite"
          "postgresql"
        ];
        default = "sqlite";
        description = "A file in the state folder, or PostgreSQL.";
      };
      url = mkOption {
        type = types.nullOr types.str;
        default = null;
        example = "postgresql://likes@a.example.org,b.example.org/likes?target_session_attrs=read-write";
        description = ''
          DATABASE_URL of a PostgreSQL elsewhere, without a password; null is the PostgreSQL of this host,
          through its socket and without any password.
        '';
      };
      passwordFile = mkOption {
        type = types.nullOr types.path;
        default = null;
        example = "/run/secrets/hugo-likes-pgpass";
        description = ''
          A file in the format of ~/.pgpass (host:port:database:user:password) for `url`, read by systemd
          and shown to the server alone.
        '';
      };
    };

    allowedOrigins = mkOption {
      type = types.listOf (types.strMatching "https?://[^/]+");
      default = [ ];
      example = [ "https://example.org" ];
      description = "ALLOWED_ORIGINS: pages that may send likes; none named means those of the posts.";
    };

    trustedProxies = mkOption {
      type = types.listOf types.str;
      default =
        lib.optionals (cfg.web.enable or false) [
          "127.0.0.1/32"
          "::1/128"
        ]
        # They are in the chain that the web server hands on.
        ++ cfg.web.trustedProxies or [ ];
      defaultText = lib.literalMD ''
        this host, where `services.hugo-likes.web` is enabled, and its `trustedProxies`
      '';
      example = [ "10.0.0.0/8" ];
      description = "TRUSTED_PROXIES: networks whose X-Forwarded-For is believed.";
    };

    likeWindow = mkOption {
      type = types.strMatching "off|[0-9]+(s|m|h|d)";
      default = "1h";
      description = "LIKE_WINDOW: one like for each post, visitor and window, or `off`.";
    };

    rateLimit = mkOption {
      type = rate;
      default = "30/60s";
      description = "RATE_LIMIT: likes of all posts that a visitor may send, or `off`.";
    };

    rateCeiling = mkOption {
      type = rate;
      default = "100000/1s";
      description = "RATE_CEILING: likes that all visitors together may send, or `off`.";
    };

    siteDir = mkOption {
      type = types.nullOr types.path;
      default = null;
      example = "/var/lib/hugo-likes-site/current";
      description = ''
        SITE_DIR: the folder of a site whose pages likes-server serves too, where
        `services.hugo-likes.web` does not.
      '';
    };

    visitorKeyFile = mkOption {
      type = types.nullOr types.path;
      default = null;
      example = "/run/secrets/hugo-likes-visitor-key";
      description = ''
        VISITOR_KEY_FILE: the key of visitor hashes, 32 bytes or 64 hex digits; read by systemd and shown to
        the server alone. null: the server makes one and keeps it in the database.
      '';
    };

    logLevel = mkOption {
      type = types.enum [
        "debug"
        "info"
        "warning"
        "error"
        "off"
      ];
      default = "info";
      description = "LOG_LEVEL.";
    };

    logFormat = mkOption {
      type = types.enum [
        "text"
        "json"
      ];
      default = "text";
      description = "LOG_FORMAT.";
    };

    settings = mkOption {
      type = types.attrsOf types.str;
      default = { };
      example = {
        OTEL_RESOURCE_ATTRIBUTES = "deployment.environment=production";
      };
      description = "Further environment variables of likes-server; they win over the options above.";
    };
  };

  config = lib.mkIf cfg.enable {
    assertions = [
      {
        assertion = cfg.posts != null;
        message = ''
          services.hugo-likes does not know which posts can be liked: set services.hugo-likes.site to a site
          that hugo-likes' lib.mkSite built, or services.hugo-likes.posts to the file of `likes index`.
        '';
      }
      {
        assertion = cfg.database.url == null || !sqlite;
        message = ''
          services.hugo-likes.database.url is for PostgreSQL, but the type is "sqlite": set
          services.hugo-likes.database.type = "postgresql", or take the url away.
        '';
      }
      {
        assertion =
          cfg.database.url == null
          || builtins.match "postgres(ql)?://[^/@]*:[^/@]*@.*" cfg.database.url == null;
        message = ''
          services.hugo-likes.database.url has a password in it, which every user of this host could read in
          the Nix store: move it to services.hugo-likes.database.passwordFile.
        '';
      }
      {
        assertion = cfg.database.passwordFile == null || cfg.database.url != null;
        message = ''
          services.hugo-likes.database.passwordFile has no use without services.hugo-likes.database.url: the
          PostgreSQL of this host is asked through its socket, without a password.
        '';
      }
      {
        assertion = cfg.adminListen == null || cfg.listen != cfg.adminListen;
        message = ''
          services.hugo-likes.listen and adminListen are both ${cfg.listen}: give one of them another port.
        '';
      }
    ];

    systemd.sockets.hugo-likes = {
      description = "Likes of a Hugo site: readers";
      wantedBy = [ "sockets.target" ];
      socketConfig = {
        ListenStream = cfg.listen;
        FileDescriptorName = "public";
        # Connections wait here while the server restarts, so that an update refuses nobody.
        Backlog = 4096;
      };
    };
    systemd.sockets.hugo-likes-admin = lib.mkIf (cfg.adminListen != null) {
      description = "Likes of a Hugo site: metrics";
      wantedBy = [ "sockets.target" ];
      socketConfig = {
        ListenStream = cfg.adminListen;
        FileDescriptorName = "admin";
        Service = "hugo-likes.service";
      };
    };

    systemd.services.hugo-likes = {
      description = "Likes of a Hugo site";
      wantedBy = [ "multi-user.target" ];
      requires = sockets;
      after = [ "network.target" ] ++ sockets;
      environment = {
        DATABASE_URL =
          if sqlite then
            "sqlite:/var/lib/hugo-likes/likes.sqlite"
          else if cfg.database.url == null then
            "postgresql:///hugo-likes?host=/run/postgresql&user=hugo-likes"
          else
            cfg.database.url;
        POSTS_FILE = toString cfg.posts;
        LIKE_WINDOW = cfg.likeWindow;
        RATE_LIMIT = cfg.rateLimit;
        RATE_CEILING = cfg.rateCeiling;
        LOG_LEVEL = cfg.logLevel;
        LOG_FORMAT = cfg.logFormat;
      }
      // list "ALLOWED_ORIGINS" cfg.allowedOrigins
      // list "TRUSTED_PROXIES" cfg.trustedProxies
      // lib.optionalAttrs (cfg.database.passwordFile != null) { PGPASSFILE = "%d/pgpass"; }
      // lib.optionalAttrs (cfg.visitorKeyFile != null) { VISITOR_KEY_FILE = "%d/visitor-key"; }
      // lib.optionalAttrs (cfg.siteDir != null) { SITE_DIR = toString cfg.siteDir; }
      // lib.optionalAttrs (cfg.adminListen == null) { ADMIN_ADDRESS = "off"; }
      // lib.optionalAttrs telemetry {
        OTEL_EXPORTER_OTLP_ENDPOINT = "http://${cfg.telemetry.otlp}";
        OTEL_SERVICE_NAME = "likes-server";
      }
      // cfg.settings;
      serviceConfig =
        import ./hardening.nix
        // {
          Type = "notify";
          ExecStart = lib.getExe cfg.package;
          ExecReload = "${lib.getExe' pkgs.coreutils "kill"} -HUP $MAINPID";
          Restart = "on-failure";
          WatchdogSec = 30;
          # The user's name is what PostgreSQL's peer authentication goes by.
          User = "hugo-likes";
          DynamicUser = true;
          StateDirectory = "hugo-likes";
          LoadCredential =
            lib.optional (cfg.database.passwordFile != null) "pgpass:${toString cfg.database.passwordFile}"
            ++ lib.optional (cfg.visitorKeyFile != null) "visitor-key:${toString cfg.visitorKeyFile}";
          MemoryMax = "1G";
          TasksMax = 512;
          # Readers come in through the inherited sockets, which need neither a network nor an address
          # family here.
          PrivateNetwork = !goesOut;
          IPAddressDeny = "any";
          IPAddressAllow = if cfg.database.url != null then "any" else "localhost";
        }
        // lib.optionalAttrs goesOut {
          RestrictAddressFamilies = [
            "AF_UNIX"
            "AF_INET"
            "AF_INET6"
          ];
        };
    };
  };
}
