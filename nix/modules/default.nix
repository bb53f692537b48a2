# services.hugo-likes, all of it or in parts. `self` is this flake.
self:
let
  # With a key, a part that is imported twice counts once.
  part = key: file: {
    inherit key;
    imports = [ (import file self) ];
  };
  parts = {
    hugo-likes = part "hugo-likes" ./hugo-likes.nix;
    refresh = part "hugo-likes-refresh" ./refresh.nix;
    postgres = ./postgres.nix;
    web = ./web.nix;
    telemetry = ./telemetry.nix;
    backup = ./backup.nix;
  };
in
parts
// {
  default.imports = builtins.attrValues parts;
}
