{
  description = "A blog with likes";

  inputs.hugo-likes.url = "git+https://example.org/hugo-likes";

  # nix build: the site; nix run: the site and likes on localhost, built anew at every change.
  outputs = { hugo-likes, ... }: hugo-likes.lib.mkFlake { src = ./.; };
}
