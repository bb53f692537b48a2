# A blog with likes on one host: Caddy, PostgreSQL, the refresh, backups and a collector.
{ modulesPath, ... }:
{
  imports = [ "${modulesPath}/profiles/qemu-guest.nix" ];

  networking.hostName = "blog";
  networking.firewall.allowedTCPPorts = [ 22 ]; # 80 and 443 are opened by services.hugo-likes.web

  services.hugo-likes = {
    enable = true;
    database.type = "postgresql";
    web.domain = "blog.example.org";
    web.contentSecurityPolicy = "default-src 'self'; frame-ancestors 'none'; base-uri 'self'";
    telemetry.enable = true;
  };

  services.openssh = {
    enable = true;
    settings = {
      PasswordAuthentication = false;
      PermitRootLogin = "prohibit-password";
    };
  };
  users.users.root.openssh.authorizedKeys.keys = [
    # Yours: without one nobody gets in.
  ];

  # For machines that start by UEFI and for those that do not.
  boot.loader.grub = {
    efiSupport = true;
    efiInstallAsRemovable = true;
  };
  documentation.nixos.enable = false;
  system.stateVersion = "24.11";
}
