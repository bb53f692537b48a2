# The program likes-server: takes and counts the likes of a Hugo site.
{
  stdenv,
  lib,
  cmake,
  ninja,
  pkg-config,
  brotli,
  cli11,
  curl,
  httplib,
  libpqxx,
  libsodium,
  nlohmann_json,
  openssl,
  opentelemetry-cpp ? null, # Without it no traces are sent.
  prometheus-cpp,
  spdlog,
  sqlite,
  sqlitecpp,
  tl-expected,
  zlib,
}:
stdenv.mkDerivation {
  pname = "likes-server";
  version = import ./version.nix;
  src = lib.fileset.toSource {
    root = ../..;
    fileset = lib.fileset.unions [
      ../../CMakeLists.txt
      ../../migrations
      ../../server
      # What both programs share.
      ../../tools/CMakeLists.txt
      ../../tools/formats
      ../../tools/man_page.cmake
      ../../tools/support
    ];
  };
  strictDeps = true;
  nativeBuildInputs = [
    cmake
    ninja
    pkg-config
  ];
  # The CMake configurations of httplib, prometheus-cpp and sqlitecpp look for openssl, curl and zlib,
  # and sqlite, but do not bring them along.
  buildInputs = [
    brotli
    cli11
    curl
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
    zlib
  ]
  ++ lib.optional (opentelemetry-cpp != null) (
    # By itself it comes without the exporter for OTLP over HTTP, unless it is older.
    if (lib.functionArgs opentelemetry-cpp.override) ? enableHttp then
      opentelemetry-cpp.override { enableHttp = true; }
    else
      opentelemetry-cpp
  );
  cmakeFlags = [
    (lib.cmakeFeature "LIKES_PARTS" "server")
    (lib.cmakeBool "BUILD_TESTING" false)
  ];
  meta = {
    description = "Takes and counts the likes of a Hugo site";
    license = lib.licenses.mit;
    mainProgram = "likes-server";
    platforms = [
      "x86_64-linux"
      "aarch64-linux"
    ];
  };
}
