# The secrets of a host for sops-nix, decrypted on the host alone. None is needed for a first start: the
# server makes its visitor key by itself.
{ config, ... }:
{
  sops = {
    defaultSopsFile = ./secrets.yaml;
    age.sshKeyPaths = [ "/etc/ssh/ssh_host_ed25519_key" ];
    secrets = {
      visitor-key = { };
      restic = { };
    };
  };
  services.hugo-likes = {
    visitorKeyFile = config.sops.secrets.visitor-key.path;
    backup.restic.elsewhere = {
      repository = "sftp:backup@backup.example.org:/srv/likes";
      passwordFile = config.sops.secrets.restic.path;
    };
  };
}
