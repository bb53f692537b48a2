# What ./dev uses, for systems that are no Debian.
{
  mkShell,
  hugo-likes,
  catch2_3,
  chromedriver,
  chromium,
  clang-tools,
  curl,
  gumbo,
  hugo,
  postgresql,
  shellcheck,
}:
mkShell {
  inputsFrom = [ hugo-likes ];
  packages = [
    catch2_3
    chromedriver
    chromium
    clang-tools
    curl
    gumbo
    hugo
    postgresql
    shellcheck
  ];
}
