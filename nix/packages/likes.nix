# The program likes: reads a Hugo site and bakes likes into what Hugo has built of it.
{
  stdenv,
  lib,
  cmake,
  ninja,
  pkg-config,
  brotli,
  cli11,
  cmark-gfm,
  httplib,
  icu,
  libsodium,
  nlohmann_json,
  openssl,
  tl-expected,
  tomlplusplus,
  yaml-cpp,
  zlib,
}:
stdenv.mkDerivation {
  pname = "likes";
  version = import ./version.nix;
  # What the build reads and no more, so that a change elsewhere (a post, the server) rebuilds nothing.
  src = lib.fileset.toSource {
    root = ../..;
    fileset = lib.fileset.unions [
      ../../CMakeLists.txt
      # `likes inject` carries the component's script, style and words.
      ../../theme-overlay/assets
      ../../theme-overlay/i18n
      ../../tools
    ];
  };
  strictDeps = true;
  nativeBuildInputs = [
    cmake
    ninja
    pkg-config
  ];
  # The CMake configuration of httplib looks for openssl but does not bring it along.
  buildInputs = [
    brotli
    cli11
    cmark-gfm
    httplib
    icu
    libsodium
    nlohmann_json
    openssl
    tl-expected
    tomlplusplus
    yaml-cpp
    zlib
  ];
  cmakeFlags = [
    (lib.cmakeFeature "LIKES_PARTS" "tools")
    (lib.cmakeBool "BUILD_TESTING" false)
  ];
  meta = {
    description = "Likes for Hugo sites, baked in";
    license = lib.licenses.mit;
    mainProgram = "likes";
    platforms = [
      "x86_64-linux"
      "aarch64-linux"
    ];
  };
}
