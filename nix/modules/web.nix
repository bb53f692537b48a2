# services.hugo-likes.web: the web server in front, for the site and the likes of one host.
{ config, lib, ... }:
let
  inherit (lib) mkOption types;
  cfg = config.services.hugo-likes;
  web = cfg.web;
  published = cfg.refresh.enable or false;
  root = if published then cfg.refresh.published else toString cfg.site;
  # Where likes-server answers, below each of the prefixes; /metrics is not among them.
  likes = "(like/.+|likes|likes/.+|openapi\\.json)";
  # Hugo's fingerprints: such a file never changes under its name.
  fingerprinted = "\\.[0-9a-f]{32,128}\\.[a-z0-9]+$";
  year = "public, max-age=31536000, immutable";
  headers = {
    X-Content-Type-Options = "nosniff";
    Referrer-Policy = "strict-origin-when-cross-origin";
  }
  // lib.optionalAttrs web.tls { Strict-Transport-Security = "max-age=31536000"; }
  // lib.optionalAttrs (web.contentSecurityPolicy != null) {
    Content-Security-Policy = web.contentSecurityPolicy;
  };

  caddySite = ''
    header {
    ${lib.concatStringsSep "\n" (lib.mapAttrsToList (name: value: "  ${name} \"${value}\"") headers)}
    }
    # More than 4096 bytes. request_body would break off what is on its way to likes-server, and what comes
    # of that is as often 502.
    @large header_regexp Content-Length ^(409[7-9]|4[1-9]..|[5-9]...|.{5,})$
  ''
  + lib.concatMapStringsSep "" (prefix: ''
    @likes${lib.replaceStrings [ "/" ] [ "_" ] prefix} path_regexp ^${prefix}/${likes}$
    handle @likes${lib.replaceStrings [ "/" ] [ "_" ] prefix} {
      respond @large 413
    ${lib.optionalString (prefix != "") "  uri strip_prefix ${prefix}\n"}  reverse_proxy ${cfg.listen} {
        ${lib.optionalString (
          web.trustedProxies != [ ]
        ) "trusted_proxies ${lib.concatStringsSep " " web.trustedProxies}"}
      }
    }
  '') web.prefixes
  + ''
    handle {
      root * ${root}
      @fingerprinted path_regexp ${fingerprinted}
      @changing not path_regexp ${fingerprinted}
      header @changing Cache-Control "public, no-cache"
      header @fingerprinted Cache-Control "${year}"
  ''
  # Every file in the Nix store has the same time, by which a page and its successor may look alike.
  + lib.optionalString (!published) ''
      request_header -If-Modified-Since
      request_header -If-None-Match
  ''
  + ''
      file_server {
        precompressed br gzip
      }
    }
    handle_errors {
      @missing expression {err.status_code} == 404
      root * ${root}
      rewrite @missing /404.html
      file_server @missing
    }
  '';
  addHeaders = lib.concatStringsSep "" (
    lib.mapAttrsToList (name: value: "add_header ${name} \"${value}\" always;\n") headers
  );
in
{
  options.services.hugo-likes.web = {
    enable = mkOption {
      type = types.bool;
      default = cfg.site != null;
      defaultText = lib.literalMD "whether `services.hugo-likes.site` is set";
      description = "Whether a web server on this host serves the site and hands on likes.";
    };

    server = mkOption {
      type = types.enum [
        "caddy"
        "nginx"
      ];
      default = "caddy";
      description = "Which one.";
    };

    domain = mkOption {
      type = types.str;
      default = "";
      example = "blog.example.org";
      description = "The site's host name.";
    };

    tls = mkOption {
      type = types.bool;
      default = true;
      description = ''
        Whether the site is on https, with a certificate of Let's Encrypt. nginx needs
        `security.acme.acceptTerms` and an address in `security.acme.defaults.email` for it.
      '';
    };

    prefixes = mkOption {
      type = types.listOf (types.strMatching "(/[a-z0-9-]+)*");
      default = [ "" ];
      example = [
        ""
        "/api"
      ];
      description = ''
        Below which paths likes-server answers, as `api` in the site's `[params.likes]` says: "" is
        /like/… and /likes.
      '';
    };

    trustedProxies = mkOption {
      type = types.listOf types.str;
      default = [ ];
      example = [ "192.0.2.0/24" ];
      description = ''
        Networks of a proxy or a CDN in front of this host, whose X-Forwarded-For is believed. What anybody
        else writes there is thrown away.
      '';
    };

    contentSecurityPolicy = mkOption {
      type = types.nullOr types.str;
      default = null;
      example = "default-src 'self'; frame-ancestors 'none'";
      description = "The header for every page; the like button itself needs no more than 'self'.";
    };
  };

  config = lib.mkIf (cfg.enable && web.enable) {
    assertions = [
      {
        assertion = cfg.site != null;
        message = ''
          services.hugo-likes.web has nothing to serve: set services.hugo-likes.site, or
          services.hugo-likes.web.enable = false and configure a web server of your own.
        '';
      }
      {
        assertion = web.domain != "";
        message = ''
          services.hugo-likes.web.domain is not set: it is the site's host name, such as "blog.example.org".
        '';
      }
      {
        assertion = web.prefixes != [ ];
        message = ''
          services.hugo-likes.web.prefixes is empty, so that no like would arrive: [ "" ] is for
          [params.likes] api = "", [ "/api" ] for api = "/api".
        '';
      }
    ];

    networking.firewall = {
      allowedTCPPorts = [ 80 ] ++ lib.optional web.tls 443;
      # HTTP/3
      allowedUDPPorts = lib.optional (web.tls && web.server == "caddy") 443;
    };

    services.caddy = lib.mkIf (web.server == "caddy") {
      enable = true;
      virtualHosts.${lib.optionalString (!web.tls) "http://" + web.domain}.extraConfig = caddySite;
    };

    services.nginx = lib.mkIf (web.server == "nginx") {
      enable = true;
      recommendedTlsSettings = lib.mkDefault web.tls;
      virtualHosts.${web.domain} = {
        forceSSL = web.tls;
        enableACME = web.tls;
        root = root;
        extraConfig =
          lib.concatMapStringsSep "" (network: "set_real_ip_from ${network};\n") web.trustedProxies
          + lib.optionalString (web.trustedProxies != [ ]) ''
            real_ip_header X-Forwarded-For;
            real_ip_recursive on;
          ''
          + ''
            gzip_static on;
            error_page 404 /404.html;
          ''
          + lib.optionalString (!published) ''
            etag off;
            if_modified_since off;
          ''
          + addHeaders
          + ''
            add_header Cache-Control "public, no-cache";
          '';
        locations = {
          # add_header of a location replaces those around it, hence all of them again.
          "~ \"${fingerprinted}\"".extraConfig = addHeaders + ''
            add_header Cache-Control "${year}";
          '';
        }
        // lib.listToAttrs (
          map (prefix: {
            name = "~ \"^${prefix}/${likes}$\"";
            value.extraConfig = addHeaders + ''
              client_max_body_size 4k;
              ${lib.optionalString (prefix != "") "rewrite ^${prefix}(/.*)$ $1 break;"}
              proxy_pass http://${cfg.listen};
              proxy_set_header Host $host;
              proxy_set_header X-Forwarded-For $remote_addr;
              proxy_set_header X-Forwarded-Proto $scheme;
            '';
          }) web.prefixes
        );
      };
    };
  };
}
