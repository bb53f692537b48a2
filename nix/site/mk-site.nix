# Builds a Hugo site with likes in it: mkSite { src = ./.; }
{
  lib,
  stdenvNoCC,
  brotli,
  hugo,
  likes,
  hugo-likes-theme,
}:
let
  program = likes;
in
{
  # The site's folder.
  src,
  name ? "site",
  # Its configuration, as Hugo's own --config; null is what Hugo finds by itself.
  config ? null,
  # Themes that are not in the site's folder: { ananke = inputs.ananke; } for themes/ananke.
  theme ? { },
  # Where the site keeps its themes, if its configuration says so.
  themesDir ? "themes",
  # A snapshot of the counts; null is the data/likes.json of the site, if there is one.
  likes ? null,
  environment ? "production",
  # The time to build for, as Hugo's own --clock, for a site whose pages depend on it.
  clock ? null,
  # Whether key collisions, buttons without a post and the like stop the build.
  check ? true,
  # Whether there is a .gz and a .br beside each text file, for web servers that send those.
  compress ? true,
}:
stdenvNoCC.mkDerivation {
  inherit name src themesDir;
  # The site, and the posts that can be liked in it for likes-server.
  outputs = [
    "out"
    "posts"
  ];
  nativeBuildInputs = [
    brotli
    hugo
    program
  ];
  dontConfigure = true;
  dontInstall = true;
  buildPhase = builtins.readFile ./build-site.sh;

  configOption = lib.optionalString (config != null) "--config=${config}";
  buildOptions =
    "--environment=${environment}" + lib.optionalString (clock != null) " --clock=${clock}";
  component = hugo-likes-theme;
  themes = lib.mapAttrsToList (name: path: "${name}=${path}") theme;
  counts = lib.optionalString (likes != null) "${likes}";
  check = lib.optionalString check "yes";
  compress = lib.optionalString compress "yes";
}
