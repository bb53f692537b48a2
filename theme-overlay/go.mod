module example.org/hugo-likes/theme-overlay

go 1.19
