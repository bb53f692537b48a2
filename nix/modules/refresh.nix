# services.hugo-likes.refresh: brings the live counts into the pages that the web server sends.
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
  refresh = cfg.refresh;
  hardening = import ./hardening.nix;
  state = "/var/lib/hugo-likes-site";
in
{
  options.services.hugo-likes.refresh = {
    enable = mkOption {
      type = types.bool;
      default = cfg.site != null;
      defaultText = lib.literalMD "whether `services.hugo-likes.site` is set";
      description = "Whether the counts in the site's pages are renewed on a schedule.";
    };

    package = mkOption {
      type = types.package;
      default = self.packages.${pkgs.stdenv.hostPlatform.system}.likes;
      defaultText = lib.literalExpression "hugo-likes.packages.\${system}.likes";
      description = "The package with `likes`.";
    };

    calendar = mkOption {
      type = types.str;
      default = "*:0/10";
      description = "When, as systemd.time(7) writes it.";
    };

    jitter = mkOption {
      type = types.str;
      default = "60s";
      description = "By how much each run is put off at random, so that many hosts do not ask at once.";
    };

    from = mkOption {
      type = types.str;
      default = "http://${cfg.listen}";
      defaultText = lib.literalExpression ''"http://''${config.services.hugo-likes.listen}"'';
      description = "The server that is asked for the counts.";
    };

    published = mkOption {
      type = types.path;
      readOnly = true;
      default = "${state}/current";
      description = "The link to the newest site; what the web server serves.";
    };
  };

  config = lib.mkIf (cfg.enable && refresh.enable) {
    assertions = [
      {
        assertion = cfg.site != null;
        message = ''
          services.hugo-likes.refresh has no site to renew: set services.hugo-likes.site, or
          services.hugo-likes.refresh.enable = false.
        '';
      }
    ];

    # A user of its own, and not a dynamic one: the web server has to reach what it publishes.
    users.users.hugo-likes-site = {
      isSystemUser = true;
      group = "hugo-likes-site";
    };
    users.groups.hugo-likes-site = { };

    # Until the first refresh the site is served as it was built.
    systemd.tmpfiles.rules = [
      "d ${state} 0755 hugo-likes-site hugo-likes-site -"
      "L ${refresh.published} - - - - ${toString cfg.site}"
    ];

    systemd.services.hugo-likes-refresh = {
      description = "Counts of likes in the pages of a Hugo site";
      after = [ "hugo-likes.service" ];
      wants = [ "hugo-likes.service" ];
      serviceConfig = hardening // {
        Type = "oneshot";
        ExecStart = lib.concatStringsSep " " [
          (lib.getExe refresh.package)
          "refresh"
          "--from ${refresh.from}"
          "--site ${toString cfg.site}"
          "--posts ${toString cfg.posts}"
          "--publish ${refresh.published}"
        ];
        User = "hugo-likes-site";
        StateDirectory = "hugo-likes-site";
        StateDirectoryMode = "0755";
        CacheDirectory = "hugo-likes-site";
        # The web server reads what is written here.
        UMask = "0022";
        TimeoutStartSec = "10min";
        Nice = 10;
        # A page that is written anew is given the owner that it had.
        SystemCallFilter = hardening.SystemCallFilter ++ [ "@chown" ];
        # To ask the server.
        PrivateNetwork = false;
        IPAddressAllow = if lib.hasPrefix "http://127." refresh.from then "localhost" else "any";
        RestrictAddressFamilies = [
          "AF_UNIX"
          "AF_INET"
          "AF_INET6"
        ];
      };
    };

    systemd.timers.hugo-likes-refresh = {
      wantedBy = [ "timers.target" ];
      # A new site is a changed timer, which is started anew and then fires at once.
      restartTriggers = [ (toString cfg.site) ];
      timerConfig = {
        OnActiveSec = "1s";
        OnCalendar = refresh.calendar;
        RandomizedDelaySec = refresh.jitter;
        # Not a minute more, by which systemd puts timers together.
        AccuracySec = "1s";
        Persistent = true;
      };
    };
  };
}
