# The functions of nixpkgs' lib that this project's expressions use, under their names and with their
# meaning. Whatever is missing here fails an evaluation by its name.
let
  inherit (builtins)
    filter
    stringLength
    substring
    ;
in
rec {
  inherit (builtins)
    attrNames
    concatStringsSep
    functionArgs
    listToAttrs
    mapAttrs
    replaceStrings
    ;

  genAttrs =
    names: make:
    listToAttrs (
      map (name: {
        inherit name;
        value = make name;
      }) names
    );
  optional = yes: item: if yes then [ item ] else [ ];
  optionals = yes: items: if yes then items else [ ];
  optionalString = yes: text: if yes then text else "";
  optionalAttrs = yes: attributes: if yes then attributes else { };
  filterAttrs =
    wanted: set: removeAttrs set (filter (name: !wanted name set.${name}) (attrNames set));
  mapAttrsToList = make: set: map (name: make name set.${name}) (attrNames set);
  concatMapStringsSep =
    separator: make: items:
    concatStringsSep separator (map make items);
  mapAttrs' = make: set: listToAttrs (mapAttrsToList make set);
  nameValuePair = name: value: { inherit name value; };
  recursiveUpdate =
    old: new:
    if builtins.isAttrs old && builtins.isAttrs new && !(new ? _type) && !(new ? outPath) then
      old
      // mapAttrs (name: value: if old ? ${name} then recursiveUpdate old.${name} value else value) new
    else
      new;
  fix =
    make:
    let
      result = make result;
    in
    result;

  hasPrefix = start: text: substring 0 (stringLength start) text == start;
  escapeShellArg = value: "'${builtins.replaceStrings [ "'" ] [ "'\\''" ] (toString value)}'";
  escapeShellArgs = concatMapStringsSep " " escapeShellArg;

  cmakeBool = name: value: "-D${name}:BOOL=${if value then "TRUE" else "FALSE"}";
  cmakeFeature = name: value: "-D${name}:STRING=${value}";
  getExe = package: getExe' package (package.meta.mainProgram or package.pname);
  getExe' = package: name: "${package}/bin/${name}";
  licenses.mit.spdxId = "MIT";

  # A file set: which paths are in it, and which folders lead to one that may be.
  fileset =
    let
      read =
        set:
        if set ? contains then
          set
        else
          {
            contains = path: path == toString set || hasPrefix "${toString set}/" path;
            leadsTo = path: hasPrefix "${path}/" (toString set);
          };
      empty = {
        contains = _: false;
        leadsTo = _: false;
      };
    in
    {
      unions =
        sets:
        let
          parts = map read sets;
        in
        {
          contains = path: builtins.any (part: part.contains path) parts;
          leadsTo = path: builtins.any (part: part.leadsTo path) parts;
        };
      difference = all: less: {
        contains = path: (read all).contains path && !(read less).contains path;
        inherit (read all) leadsTo;
      };
      maybeMissing = path: if builtins.pathExists path then path else empty;
      toSource =
        { root, fileset }:
        let
          set = read fileset;
        in
        {
          outPath = builtins.path {
            name = "source";
            path = root;
            filter = path: _type: set.contains path || set.leadsTo path;
          };
        };
    };
}
