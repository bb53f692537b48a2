# The programs likes and likes-server, and the theme overlay.
{
  stdenv,
  lib,
  cmake,
  ninja,
  pkg-config,
  brotli,
  cli11,
  httplib,
  libpqxx,
  libsodium,
  nlohmann_json,
  openssl,
  prometheus-cpp,
  spdlog,
  sqlite,
  sqlitecpp,
  tl-expected,
  tomlplusplus,
  yaml-cpp,
  zlib,
}:
stdenv.mkDerivation {
  pname = "hugo-likes";
  version = "0.1.0";
  src = import ./source.nix {
    name = "hugo-likes-source";
    entries = [
      "CMakeLists.txt"
      "migrations"
      "server"
      "theme-overlay"
      "tools"
    ];
  };
  strictDeps = true;
  nativeBuildInputs = [
    cmake
    ninja
    pkg-config
  ];
  # The CMake configurations of httplib and sqlitecpp look for openssl and sqlite but do not bring
  # them along.
  buildInputs = [
    brotli
    cli11
    httplib
    libpqxx
    libsodium
    nlohmann_json
    openssl
    prometheus-cpp
    spdlog
    sqlite
    sqlitecpp
    tl-expected
    tomlplusplus
    yaml-cpp
    zlib
  ];
  cmakeFlags = [ (lib.cmakeBool "BUILD_TESTING" false) ];
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
