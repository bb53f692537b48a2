# services.hugo-likes.telemetry: an OpenTelemetry collector on this host. It takes traces from
# likes-server, reads its metrics and hands both on.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.services.hugo-likes;
  telemetry = cfg.telemetry;
  exporters = lib.attrNames telemetry.exporters;
in
{
  options.services.hugo-likes.telemetry = {
    enable = lib.mkEnableOption "an OpenTelemetry collector for likes-server";

    otlp = mkOption {
      type = types.str;
      default = "127.0.0.1:4318";
      description = "Where the collector takes OTLP over HTTP.";
    };

    scrapeInterval = mkOption {
      type = types.str;
      default = "30s";
      description = "How often the server's /metrics is read.";
    };

    exporters = mkOption {
      type = types.attrsOf types.attrs;
      default = {
        debug = { };
      };
      example = lib.literalExpression ''
        { otlphttp = { endpoint = "https://otlp.example.org"; headers.authorization = "''${env:OTLP_TOKEN}"; }; }
      '';
      description = "Where traces and metrics go: exporters of the collector. The default writes to its log.";
    };

    environmentFile = mkOption {
      type = types.nullOr types.path;
      default = null;
      example = "/run/secrets/otlp";
      description = "A file with the secrets that `exporters` name, each line OTLP_TOKEN=…";
    };
  };

  config = lib.mkIf (cfg.enable && telemetry.enable) {
    assertions = [
      {
        assertion = telemetry.exporters != { };
        message = ''
          services.hugo-likes.telemetry.exporters is empty: name one, such as debug = { };
        '';
      }
      {
        assertion = cfg.adminListen != null;
        message = ''
          services.hugo-likes.telemetry reads /metrics, which services.hugo-likes.adminListen = null turns off:
          set it to an address of this host, such as "127.0.0.1:9090".
        '';
      }
    ];

    services.opentelemetry-collector = {
      enable = true;
      # The plain one has no Prometheus receiver.
      package = lib.mkDefault pkgs.opentelemetry-collector-contrib;
      settings = {
        receivers = {
          otlp.protocols.http.endpoint = telemetry.otlp;
          prometheus.config.scrape_configs = [
            {
              job_name = "likes-server";
              scrape_interval = telemetry.scrapeInterval;
              static_configs = [ { targets = [ cfg.adminListen ]; } ];
            }
          ];
        };
        processors = {
          memory_limiter = {
            check_interval = "5s";
            limit_mib = 128;
          };
          batch = { };
        };
        exporters = telemetry.exporters;
        service = {
          # Its own metrics would listen on every address.
          telemetry.metrics.level = "none";
          pipelines = lib.genAttrs [ "metrics" "traces" ] (kind: {
            receivers = [ "otlp" ] ++ lib.optional (kind == "metrics") "prometheus";
            processors = [
              "memory_limiter"
              "batch"
            ];
            inherit exporters;
          });
        };
      };
    };

    # Over what NixOS gives it up by itself.
    systemd.services.opentelemetry-collector.serviceConfig = lib.mapAttrs (_: lib.mkForce) (
      import ./hardening.nix
      // {
        MemoryMax = "256M";
        # Exporters go anywhere, and Go asks for the network's interfaces.
        PrivateNetwork = false;
        IPAddressDeny = "";
        ProcSubset = "all";
        RestrictAddressFamilies = [
          "AF_INET"
          "AF_INET6"
          "AF_NETLINK"
          "AF_UNIX"
        ];
      }
      // lib.optionalAttrs (telemetry.environmentFile != null) {
        EnvironmentFile = telemetry.environmentFile;
      }
    );
  };
}
