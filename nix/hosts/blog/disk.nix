# The machine's disk for disko: what starts it by BIOS or by UEFI, and one file system.
{
  disko.devices.disk.main = {
    type = "disk";
    device = "/dev/sda"; # elsewhere /dev/vda: `lsblk` tells
    content = {
      type = "gpt";
      partitions = {
        BIOS = {
          size = "1M";
          type = "EF02";
        };
        ESP = {
          size = "512M";
          type = "EF00";
          content = {
            type = "filesystem";
            format = "vfat";
            mountpoint = "/boot";
            mountOptions = [ "umask=0077" ];
          };
        };
        root = {
          size = "100%";
          content = {
            type = "filesystem";
            format = "ext4";
            mountpoint = "/";
          };
        };
      };
    };
  };
}
