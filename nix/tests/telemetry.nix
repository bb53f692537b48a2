# What likes-server measures, and the traces that it sends, arrive in the collector.
{ hugoLikes, ... }:
{
  nodes.server = {
    imports = [ (import ./host.nix hugoLikes) ];
    services.hugo-likes = {
      telemetry.enable = true;
      telemetry.scrapeInterval = "1s";
      telemetry.exporters.debug.verbosity = "detailed";
    };
  };
}
