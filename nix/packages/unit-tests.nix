# All tests that need neither a browser nor a systemd of Debian's.
{
  lib,
  likes,
  likes-server,
  catch2_3,
  curl,
  git,
  gumbo,
  hugo,
  man,
  nginx,
  perl,
  postgresql,
  procps,
  python3,
  stdenv,
  tzdata,
}:
stdenv.mkDerivation {
  pname = "hugo-likes-unit-tests";
  inherit (likes) version;
  src = lib.fileset.toSource {
    root = ../..;
    fileset = lib.fileset.unions [
      ../../.github/CONTRIBUTING.md
      ../../CMakeLists.txt
      ../../config.toml
      ../../dev
      ../../migrations
      ../../server
      ../../site
      ../../tests
      ../../theme-overlay
      ../../tools
    ];
  };
  strictDeps = true;
  inherit (likes) nativeBuildInputs;
  nativeCheckInputs = [
    curl
    git
    hugo
    man
    nginx
    perl
    postgresql
    procps
    python3
  ];
  buildInputs =
    likes.buildInputs
    ++ likes-server.buildInputs
    ++ [
      catch2_3
      gumbo
    ];
  # Where likes looks for time zones.
  TZDIR = "${tzdata}/share/zoneinfo";
  doCheck = true;
  checkPhase = ''
    runHook preCheck
    patchShebangs ../tests
    ctest --output-on-failure -j "$NIX_BUILD_CORES" -E '^(browser|demo|deploy[.]unit)'
    runHook postCheck
  '';
  installPhase = ''
    touch $out
  '';
}
