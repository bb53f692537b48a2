# The packages of nixpkgs that this project's expressions name, made of what Debian has installed.
{ system }:
let
  lib = import ./lib.nix;

  derive =
    attributes:
    builtins.derivation (
      {
        inherit system;
        builder = "/bin/bash";
      }
      // attributes
    );

  # `debian` names the packages, parted by blanks; `programs` are linked from /usr/bin; `finds` are the
  # names under which CMake or pkg-config finds a library. One that is `optional` may be missing.
  host =
    pname:
    {
      debian,
      programs ? [ ],
      finds ? [ ],
      brings ? [ ],
      optional ? false,
    }:
    derive {
      name = "debian-${pname}";
      inherit
        debian
        programs
        finds
        optional
        ;
      propagatedBuildInputs = brings;
      args = [ ./host-package.sh ];
    }
    // {
      inherit pname;
      version = "of Debian";
      meta.mainProgram = pname;
    };
  program =
    name: debian:
    host name {
      inherit debian;
      programs = [ name ];
    };
  library =
    pname: debian: finds:
    host pname { inherit debian finds; };

  mkDerivation =
    attributes:
    derive (
      removeAttrs attributes [
        "meta"
        "passthru"
        "strictDeps"
      ]
      // {
        name = attributes.name or "${attributes.pname}-${attributes.version}";
        args = [ ./stdenv.sh ];
      }
    )
    // (attributes.passthru or { })
    // {
      pname = attributes.pname or attributes.name;
      meta = attributes.meta or { };
    };

  writeExecutable =
    name: path: text:
    mkDerivation {
      inherit name text path;
      passAsFile = [ "text" ];
      dontUnpack = true;
      installPhase = ''
        mkdir -p "$(dirname "$out$path")"
        cp "$textPath" "$out$path"
        chmod +x "$out$path"
      '';
      meta.mainProgram = name;
    };

  packages = self: {
    inherit lib system;
    callPackage =
      file: extra:
      let
        make = if builtins.isFunction file then file else import file;
      in
      make (builtins.intersectAttrs (builtins.functionArgs make) self // extra);

    stdenv = {
      inherit mkDerivation;
      hostPlatform = { inherit system; };
    };
    stdenvNoCC = self.stdenv;
    runCommand =
      name: environment: text:
      mkDerivation (
        environment
        // {
          inherit name;
          dontUnpack = true;
          installPhase = text;
        }
      );
    writeText =
      name: text:
      derive {
        inherit name text;
        passAsFile = [ "text" ];
        args = [
          "-c"
          # Without a last command bash would become cp, which closes its output before it ends: older
          # versions of Nix take that for the end and kill it.
          "/usr/bin/cp \"$textPath\" \"$out\"; exit"
        ];
      };
    writeShellApplication =
      {
        name,
        text,
        runtimeInputs ? [ ],
      }:
      writeExecutable name "/bin/${name}" ''
        #!/bin/bash
        set -euo pipefail
        PATH=${lib.concatMapStringsSep ":" (input: "${input}/bin") runtimeInputs}:$PATH
        ${text}
      '';

    cmake = program "cmake" "cmake";
    ninja = program "ninja" "ninja-build";
    pkg-config = program "pkg-config" "pkg-config";
    hugo = program "hugo" "hugo";
    coreutils = program "kill" "procps";
    findutils = program "find" "findutils";
    postgresql = self.runCommand "debian-postgresql" { } ''
      mkdir -p $out/bin
      ln -s $(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)/* $out/bin/
    '';
    opentelemetry-collector-contrib = self.coreutils; # Debian has none; only its settings are looked at.
    # Runs in machines of the stories alone, which have it.
    pgbackrest = host "pgbackrest" {
      debian = "pgbackrest";
      programs = [ "pgbackrest" ];
      optional = true;
    };

    brotli = host "brotli" {
      debian = "brotli libbrotli-dev";
      programs = [ "brotli" ];
      finds = [
        "libbrotlienc"
        "libbrotlidec"
      ];
    };
    cli11 = library "cli11" "libcli11-dev" [ "CLI11" ];
    cmark-gfm = host "cmark-gfm" {
      debian = "libcmark-gfm-dev libcmark-gfm-extensions-dev";
      finds = [ "libcmark-gfm" ];
    };
    curl = library "curl" "libcurl4-openssl-dev" [
      "CURL"
      "libcurl"
    ];
    httplib = library "httplib" "libcpp-httplib-dev" [ "cpp-httplib" ];
    icu = library "icu" "libicu-dev" [
      "icu-i18n"
      "icu-uc"
    ];
    libpqxx = library "libpqxx" "libpqxx-dev" [ "libpqxx" ];
    libsodium = library "libsodium" "libsodium-dev" [ "libsodium" ];
    nlohmann_json = library "nlohmann_json" "nlohmann-json3-dev" [ "nlohmann_json" ];
    openssl = library "openssl" "libssl-dev" [
      "OpenSSL"
      "openssl"
    ];
    # CMake looks at its configuration, which goes on to absl, before it takes it piece by piece.
    opentelemetry-cpp =
      host "opentelemetry-cpp" {
        debian = "opentelemetry-cpp-dev libabsl-dev";
        finds = [
          "opentelemetry-cpp"
          "opentelemetry_trace"
          "absl"
        ];
        optional = true;
      }
      // {
        override = { enableHttp }: self.opentelemetry-cpp;
      };
    # As in nixpkgs, prometheus-cpp and spdlog bring along one library that their headers use.
    prometheus-cpp = host "prometheus-cpp" {
      debian = "prometheus-cpp-dev";
      finds = [ "prometheus-cpp" ];
      brings = [ (library "civetweb" "libcivetweb-dev" [ "civetweb" ]) ];
    };
    spdlog = host "spdlog" {
      debian = "libspdlog-dev";
      finds = [ "spdlog" ];
      brings = [ (library "fmt" "libfmt-dev" [ "fmt" ]) ];
    };
    sqlite = library "sqlite" "libsqlite3-dev" [ "SQLite3" ];
    sqlitecpp = library "sqlitecpp" "libsqlitecpp-dev" [ "SQLiteCpp" ];
    tl-expected = library "tl-expected" "libexpected-dev" [ "tl-expected" ];
    tomlplusplus = library "tomlplusplus" "libtomlplusplus-dev" [ "tomlplusplus" ];
    yaml-cpp = library "yaml-cpp" "libyaml-cpp-dev" [ "yaml-cpp" ];
    zlib = library "zlib" "zlib1g-dev" [ "ZLIB" ];
  };
  # Each overlay sees what those before it have made.
  withOverlays =
    overlays:
    lib.fix (
      final:
      builtins.foldl' (previous: overlay: previous // overlay final previous) (packages final) overlays
      // {
        extend = overlay: withOverlays (overlays ++ [ overlay ]);
      }
    );
in
withOverlays [ ]
