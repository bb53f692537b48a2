# likes-server as a container image: nix build .#oci && docker load <result
{
  lib,
  dockerTools,
  likes-server,
}:
dockerTools.buildLayeredImage {
  name = "likes-server";
  tag = likes-server.version;
  # For databases that ask for a certificate.
  contents = [ dockerTools.caCertificates ];
  # A new volume has the owner of what it covers.
  fakeRootCommands = ''
    mkdir data
    chown 65534:65534 data
  '';
  config = {
    Entrypoint = [ (lib.getExe likes-server) ];
    Env = [
      "BIND_ADDRESS=0.0.0.0:3000"
      "ADMIN_ADDRESS=0.0.0.0:9090"
      "DATABASE_URL=sqlite:/data/likes.sqlite"
      "POSTS_FILE=/posts.json"
    ];
    ExposedPorts."3000/tcp" = { };
    Volumes."/data" = { };
    User = "65534:65534";
    StopSignal = "SIGTERM";
    Labels = {
      "org.opencontainers.image.title" = "likes-server";
      "org.opencontainers.image.version" = likes-server.version;
    };
  };
}
