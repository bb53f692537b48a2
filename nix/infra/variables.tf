variable "token" {
  description = "The token of the cloud's API: TF_VAR_token"
  type        = string
  sensitive   = true
}

variable "ssh_key" {
  description = "The public key of whoever may get in"
  type        = string
}

variable "name" {
  type    = string
  default = "blog"
}

variable "server_type" {
  description = "cx22 is x86_64, cax11 is aarch64"
  type        = string
  default     = "cax11"
}

variable "location" {
  type    = string
  default = "fsn1"
}

variable "domain" {
  description = "The site's host name, below zone"
  type        = string
  default     = "blog.example.org"
}

variable "zone" {
  type    = string
  default = "example.org"
}

variable "dns_server" {
  type    = string
  default = "ns.example.org"
}

variable "dns_key_name" {
  type    = string
  default = "blog."
}

variable "dns_key_secret" {
  description = "TF_VAR_dns_key_secret"
  type        = string
  sensitive   = true
}
