# What ./dev uses, for systems that are no Debian.
{
  mkShell,
  likes,
  likes-server,
  brotli,
  caddy,
  catch2_3,
  chromedriver,
  chromium,
  clang-tools,
  curl,
  gumbo,
  hugo,
  jq,
  nginx,
  nixfmt,
  postgresql,
  python3,
  shellcheck,
}:
mkShell {
  inputsFrom = [
    likes
    likes-server
  ];
  packages = [
    brotli
    caddy
    catch2_3
    chromedriver
    chromium
    clang-tools
    curl
    gumbo
    hugo
    jq
    nginx
    nixfmt
    postgresql
    python3
    shellcheck
  ];
}
