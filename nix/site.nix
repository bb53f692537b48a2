# The demo site, built and baked: site/data/likes.json, where it is committed, supplies the counts.
{
  stdenvNoCC,
  hugo,
  hugo-likes,
}:
stdenvNoCC.mkDerivation {
  pname = "hugo-likes-site";
  version = "0.1.0";
  src = import ./source.nix {
    name = "hugo-likes-site-source";
    entries = [
      "config.toml"
      "site"
      "theme-overlay"
    ];
  };
  nativeBuildInputs = [
    hugo
    hugo-likes
  ];
  dontConfigure = true;
  buildPhase = ''
    runHook preBuild
    export HUGO_CACHEDIR=$TMPDIR/hugo-cache
    likes index -o posts.json
    hugo --noBuildLock --destination "$PWD/public"
    runHook postBuild
  '';
  installPhase = ''
    runHook preInstall
    mkdir -p $out/share/hugo-likes
    cp -r public $out/share/hugo-likes/site
    cp posts.json $out/share/hugo-likes/posts.json
    runHook postInstall
  '';
  meta.description = "The demo site of hugo-likes";
}
