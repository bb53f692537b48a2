# The name, at whatever takes dynamic updates (RFC 2136) for the zone.
provider "dns" {
  update {
    server        = var.dns_server
    key_name      = var.dns_key_name
    key_algorithm = "hmac-sha256"
    key_secret    = var.dns_key_secret
  }
}

locals {
  host = trimsuffix(var.domain, ".${var.zone}")
}

resource "dns_a_record_set" "blog" {
  zone      = "${var.zone}."
  name      = local.host
  addresses = [hcloud_server.blog.ipv4_address]
  ttl       = 300
}

resource "dns_aaaa_record_set" "blog" {
  zone      = "${var.zone}."
  name      = local.host
  addresses = [hcloud_server.blog.ipv6_address]
  ttl       = 300
}
