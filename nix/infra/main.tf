# A machine for a blog with likes: tofu init && tofu plan. The state has secrets in it; keep it away from
# the repository.
terraform {
  required_version = ">= 1.7"
  required_providers {
    hcloud = {
      source  = "hetznercloud/hcloud"
      version = "~> 1.48"
    }
    dns = {
      source  = "hashicorp/dns"
      version = "~> 3.4"
    }
  }
}

provider "hcloud" {
  token = var.token
}

resource "hcloud_ssh_key" "admin" {
  name       = "${var.name}-admin"
  public_key = var.ssh_key
}

resource "hcloud_firewall" "web" {
  name = var.name

  dynamic "rule" {
    for_each = toset(["22", "80", "443"])
    content {
      direction  = "in"
      protocol   = "tcp"
      port       = rule.value
      source_ips = ["0.0.0.0/0", "::/0"]
    }
  }

  # HTTP/3
  rule {
    direction  = "in"
    protocol   = "udp"
    port       = "443"
    source_ips = ["0.0.0.0/0", "::/0"]
  }
}

resource "hcloud_server" "blog" {
  name         = var.name
  server_type  = var.server_type
  location     = var.location
  image        = "debian-12" # replaced by NixOS: nixos-anywhere --flake .#blog root@ADDRESS
  ssh_keys     = [hcloud_ssh_key.admin.id]
  firewall_ids = [hcloud_firewall.web.id]
  backups      = true

  lifecycle {
    # A newer image or key must never throw the database away.
    ignore_changes  = [image, ssh_keys]
    prevent_destroy = true
  }
}

resource "hcloud_rdns" "ipv4" {
  server_id  = hcloud_server.blog.id
  ip_address = hcloud_server.blog.ipv4_address
  dns_ptr    = var.domain
}
