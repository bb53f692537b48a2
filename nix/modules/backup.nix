# services.hugo-likes.backup: a dump each night, copies elsewhere, and a drill that restores the newest.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.services.hugo-likes;
  backup = cfg.backup;
  postgres = cfg.database.type == "postgresql";
  here = postgres && cfg.database.url == null;
  folder = "/var/lib/hugo-likes-backup";
  postgresql = if here then config.services.postgresql.package else pkgs.postgresql;

  script =
    name:
    pkgs.writeShellApplication {
      name = "hugo-likes-${name}";
      runtimeInputs = [
        pkgs.coreutils
        pkgs.findutils
        cfg.package
        (if postgres then postgresql else pkgs.sqlite)
      ];
      text = builtins.readFile (./backup + "/${name}.sh");
    };

  # The server's own user, so that peer authentication and the state folder let it in.
  service = name: {
    after = [ "hugo-likes.service" ];
    environment = {
      inherit (config.systemd.services.hugo-likes.environment) DATABASE_URL;
      BACKUPS = folder;
    };
    serviceConfig =
      import ./hardening.nix
      // {
        Type = "oneshot";
        ExecStart = lib.getExe (script name);
        User = "hugo-likes";
        DynamicUser = true;
        StateDirectory = [
          "hugo-likes"
          "hugo-likes-backup"
        ];
        StateDirectoryMode = "0700";
        Nice = 10;
        TimeoutStartSec = "1h";
      }
      // lib.optionalAttrs (cfg.database.url != null && name == "dump") {
        PrivateNetwork = false;
        IPAddressAllow = "any";
        RestrictAddressFamilies = [
          "AF_UNIX"
          "AF_INET"
          "AF_INET6"
        ];
        LoadCredential = lib.optional (
          cfg.database.passwordFile != null
        ) "pgpass:${toString cfg.database.passwordFile}";
      };
  };
in
{
  options.services.hugo-likes.backup = {
    enable = mkOption {
      type = types.bool;
      default = true;
      description = "Whether the database is backed up each night.";
    };

    calendar = mkOption {
      type = types.str;
      default = "*-*-* 03:17:00";
      description = "When, as systemd.time(7) writes it.";
    };

    keep = mkOption {
      type = types.ints.positive;
      default = 14;
      description = "How many dumps are kept on this host.";
    };

    drill = {
      calendar = mkOption {
        type = types.str;
        default = "Sun *-*-* 04:17:00";
        description = "When the newest dump is restored, and verified, to prove that it can be.";
      };
      maxAgeHours = mkOption {
        type = types.ints.positive;
        default = 48;
        description = "How old the newest dump may be before the drill fails.";
      };
    };

    restic = mkOption {
      type = types.attrsOf (
        types.submodule {
          options = {
            repository = mkOption {
              type = types.str;
              example = "sftp:backup@example.org:/srv/likes";
              description = "Where to, as restic writes it.";
            };
            passwordFile = mkOption {
              type = types.path;
              example = "/run/secrets/restic";
              description = "The file with the repository's password.";
            };
            environmentFile = mkOption {
              type = types.nullOr types.path;
              default = null;
              description = "The file with what else the repository needs, each line NAME=value.";
            };
          };
        }
      );
      default = { };
      description = "Copies of the dumps elsewhere, encrypted, each by a name of its own.";
    };

    pgbackrest = {
      enable = mkOption {
        type = types.bool;
        default = false;
        description = "Whether pgBackRest keeps the write-ahead log too, to restore any moment.";
      };
      repository = mkOption {
        type = types.path;
        default = "/var/lib/pgbackrest";
        description = "Where it keeps backups and log.";
      };
      settings = mkOption {
        type = types.attrsOf types.str;
        default = { };
        example = {
          repo1-type = "sftp";
        };
        description = "More of its section [global].";
      };
    };
  };

  config = lib.mkIf (cfg.enable && backup.enable) (
    lib.mkMerge [
      {
        assertions = [
          {
            assertion = !backup.pgbackrest.enable || here;
            message = ''
              services.hugo-likes.backup.pgbackrest is for the PostgreSQL of this host: set
              services.hugo-likes.database.type = "postgresql" without a url, or pgbackrest.enable = false.
            '';
          }
        ];

        systemd.services.hugo-likes-backup = lib.recursiveUpdate (service "dump") {
          description = "Backup of the likes of a Hugo site";
          environment = {
            KEEP = toString backup.keep;
          }
          // lib.optionalAttrs (cfg.database.passwordFile != null) { PGPASSFILE = "%d/pgpass"; };
        };
        systemd.timers.hugo-likes-backup = {
          wantedBy = [ "timers.target" ];
          timerConfig = {
            OnCalendar = backup.calendar;
            RandomizedDelaySec = "10min";
            Persistent = true;
          };
        };

        systemd.services.hugo-likes-restore-drill = lib.recursiveUpdate (service "drill") {
          description = "Proof that the newest backup of likes can be restored";
          environment.MAX_AGE_HOURS = toString backup.drill.maxAgeHours;
          # initdb tries out how much memory and how many descriptors it may have.
          serviceConfig.SystemCallFilter = [
            "@system-service"
            "~@privileged"
          ];
        };
        systemd.timers.hugo-likes-restore-drill = {
          wantedBy = [ "timers.target" ];
          timerConfig = {
            OnCalendar = backup.drill.calendar;
            Persistent = true;
          };
        };
      }

      (lib.mkIf (backup.restic != { }) {
        services.restic.backups = lib.mapAttrs' (
          name: destination:
          lib.nameValuePair "hugo-likes-${name}" (
            destination
            // {
              initialize = true;
              paths = [ "/var/lib/private/hugo-likes-backup" ];
              pruneOpts = [
                "--keep-daily 14"
                "--keep-monthly 12"
              ];
              timerConfig = {
                OnCalendar = "*-*-* 04:00:00";
                RandomizedDelaySec = "30min";
                Persistent = true;
              };
            }
          )
        ) backup.restic;
      })

      (lib.mkIf backup.pgbackrest.enable {
        environment.systemPackages = [ pkgs.pgbackrest ];
        environment.etc."pgbackrest/pgbackrest.conf".text = ''
          [global]
          repo1-path=${backup.pgbackrest.repository}
          repo1-retention-full=4
          log-level-console=info
          log-level-file=off
          start-fast=y
          ${lib.concatStringsSep "\n" (
            lib.mapAttrsToList (name: value: "${name}=${value}") backup.pgbackrest.settings
          )}
          [hugo-likes]
          pg1-path=${config.services.postgresql.dataDir}
          pg1-socket-path=/run/postgresql
        '';
        services.postgresql.settings = {
          archive_mode = "on";
          # On a quiet site a segment of the log takes weeks to fill.
          archive_timeout = "5min";
          archive_command = "${lib.getExe pkgs.pgbackrest} --stanza=hugo-likes archive-push %p";
        };
        systemd.tmpfiles.rules = [ "d ${backup.pgbackrest.repository} 0750 postgres postgres -" ];
        systemd.services.postgresql.serviceConfig.ReadWritePaths = [ backup.pgbackrest.repository ];
        systemd.services.hugo-likes-pgbackrest = {
          description = "pgBackRest backup of the likes of a Hugo site";
          requires = [ "postgresql.service" ];
          after = [ "postgresql.service" ];
          serviceConfig = import ./hardening.nix // {
            Type = "oneshot";
            User = "postgres";
            Nice = 10;
            TimeoutStartSec = "6h";
            ReadWritePaths = [ backup.pgbackrest.repository ];
            # A repository may be anywhere.
            PrivateNetwork = false;
            IPAddressDeny = "";
            RestrictAddressFamilies = [
              "AF_UNIX"
              "AF_INET"
              "AF_INET6"
            ];
            ExecStartPre = "${lib.getExe pkgs.pgbackrest} --stanza=hugo-likes stanza-create";
            ExecStart = "${lib.getExe pkgs.pgbackrest} --stanza=hugo-likes backup";
          };
        };
        systemd.timers.hugo-likes-pgbackrest = {
          wantedBy = [ "timers.target" ];
          timerConfig = {
            OnCalendar = "*-*-* 02:17:00";
            Persistent = true;
          };
        };
      })
    ]
  );
}
