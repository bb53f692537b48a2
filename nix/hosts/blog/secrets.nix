# The secrets of the host, decrypted on it alone, by its own SSH key. secrets.yaml as it comes is for trying,
# as test-key.txt opens it; `sops updatekeys secrets.yaml` encrypts it for the keys in .sops.yaml instead.
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
