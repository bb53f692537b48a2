# nix run .#demo
{
  writeShellApplication,
  coreutils,
  likes,
  likes-server,
  hugo-likes-site,
}:
writeShellApplication {
  name = "demo";
  runtimeInputs = [
    coreutils
    likes
    likes-server
  ];
  text = ''
    SITE=${hugo-likes-site}
    POSTS=${hugo-likes-site.posts}
  ''
  + builtins.readFile ./demo.sh;
}
