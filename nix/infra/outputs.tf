output "ipv4" {
  value = hcloud_server.blog.ipv4_address
}

output "ipv6" {
  value = hcloud_server.blog.ipv6_address
}
