# The version of both programs, as CMakeLists.txt states it.
builtins.head (
  builtins.match ".*project\\(hugo-likes VERSION ([0-9.]+) .*" (
    builtins.readFile ../../CMakeLists.txt
  )
)
