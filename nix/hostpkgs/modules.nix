# As much of the NixOS module system as it takes to see, without nixpkgs, what the modules of this project
# make of a configuration: unit files, assertions, settings of other services. Options of this project are
# checked by name and type; those of NixOS itself are taken as they come.
{ lib }:
let
  inherit (builtins)
    all
    any
    attrNames
    concatLists
    concatMap
    elem
    filter
    head
    isAttrs
    isBool
    isFunction
    isInt
    isList
    isString
    length
    mapAttrs
    ;
  tagged = tag: value: isAttrs value && (value._type or "") == tag;
  isTree = value: isAttrs value && !(value ? _type) && !(value ? outPath);

  # A definition as a list of what it comes to: { priority, value }, conditions decided.
  definitions =
    priority: value:
    if tagged "merge" value then
      concatMap (definitions priority) value.contents
    else if tagged "if" value then
      if value.condition then definitions priority value.content else [ ]
    else if tagged "override" value then
      definitions value.priority value.content
    else
      [ { inherit priority value; } ];

  merge =
    path: found:
    let
      strongest = builtins.foldl' (
        least: each: if each.priority < least then each.priority else least
      ) ((head found).priority) found;
      values = map (each: each.value) (filter (each: each.priority == strongest) found);
    in
    if all isTree values then
      let
        at =
          name:
          concatMap (each: definitions each.priority each.value.${name}) (
            filter (each: isTree each.value && each.value ? ${name}) found
          );
        names = filter (name: at name != [ ]) (
          attrNames (
            builtins.foldl' (sum: each: sum // each.value) { } (filter (each: isTree each.value) found)
          )
        );
      in
      lib.genAttrs names (name: merge "${path}.${name}" (at name))
    else if all isList values then
      concatLists values
    else if length values == 1 || all (value: value == head values) values then
      head values
    else
      throw "${path} is defined twice: ${toString values}";

  # What a configuration says of this project's options, with their defaults and types.
  options =
    path: declared: said:
    let
      unknown = filter (name: !declared ? ${name}) (attrNames said);
    in
    if unknown != [ ] then
      throw "the option ${path}.${head unknown} does not exist"
    else
      mapAttrs (
        name: option:
        if tagged "option" option then
          let
            value = said.${name} or option.default or (throw "the option ${path}.${name} is not set");
          in
          if option.type.check value then
            value
          else
            throw "the option ${path}.${name} is no ${option.type.name}"
        else
          options "${path}.${name}" option (said.${name} or { })
      ) declared;

  type = name: check: { inherit name check; };
  evaluator = lib // {
    mkOption = option: option // { _type = "option"; };
    mkEnableOption =
      what:
      evaluator.mkOption {
        type = evaluator.types.bool;
        default = false;
        description = "Whether to enable ${what}.";
      };
    mkIf = condition: content: {
      _type = "if";
      inherit condition content;
    };
    mkMerge = contents: {
      _type = "merge";
      inherit contents;
    };
    mkDefault = content: {
      _type = "override";
      priority = 1000;
      inherit content;
    };
    mkForce = content: {
      _type = "override";
      priority = 50;
      inherit content;
    };
    literalExpression = text: text;
    literalMD = text: text;
    types = {
      bool = type "boolean" isBool;
      str = type "string" isString;
      attrs = type "attribute set" isAttrs;
      package = type "package" (value: value ? outPath);
      path = type "absolute path" (
        value: builtins.isPath value || value ? outPath || isString value && lib.hasPrefix "/" value
      );
      ints.positive = type "positive number" (value: isInt value && value > 0);
      enum = words: type "one of ${toString words}" (value: elem value words);
      strMatching =
        pattern:
        type "string like ${pattern}" (value: isString value && builtins.match pattern value != null);
      nullOr = of: type "null or ${of.name}" (value: value == null || of.check value);
      listOf = of: type "list of ${of.name}" (value: isList value && all of.check value);
      attrsOf =
        of: type "set of ${of.name}" (value: isAttrs value && all of.check (builtins.attrValues value));
      submodule = _: type "set" isAttrs;
    };
  };
in
{
  # What `modules` make of `services.hugo-likes`, over settings that NixOS itself would bring.
  evaluate =
    {
      modules,
      pkgs,
      settings,
      nixos ? { },
    }:
    let
      load =
        module:
        let
          file = if builtins.isPath module then import module else module;
          body =
            if isFunction file then
              file {
                inherit pkgs;
                lib = evaluator;
                config = seen;
              }
            else
              file;
        in
        concatMap load (body.imports or [ ]) ++ [ body ];
      bodies = concatMap load modules;
      declared = builtins.foldl' lib.recursiveUpdate { } (
        map (body: body.options.services.hugo-likes or { }) bodies
      );
      own = options "services.hugo-likes" declared settings;
      rest = merge "config" (
        concatMap (body: definitions 100 (body.config or { })) bodies
        ++ [
          {
            priority = 1500;
            value = nixos;
          }
        ]
      );
      # What modules read of the whole, in a shape that is known before their conditions are.
      seen = {
        inherit (rest) systemd;
        services = {
          hugo-likes = own;
          inherit (rest.services) postgresql;
        };
      };
      failed = filter (each: !each.assertion) (rest.assertions or [ ]);
    in
    if failed == [ ] then rest else throw (lib.concatMapStringsSep "\n" (each: each.message) failed);

  # Unit files in the spelling of NixOS, of the units whose names begin with one of `prefixes`.
  units =
    prefixes: config:
    let
      text = value: if isBool value then (if value then "true" else "false") else toString value;
      lines =
        set:
        lib.concatStringsSep "" (
          lib.mapAttrsToList (
            name: value:
            if isList value then
              lib.concatMapStringsSep "" (each: "${name}=${text each}\n") value
            else
              "${name}=${text value}\n"
          ) set
        );
      section = name: set: lib.optionalString (set != { }) "[${name}]\n${lines set}\n";
      unit =
        kind: body: each:
        section "Unit" (
          lib.optionalAttrs (each ? after) { After = toString each.after; }
          // lib.optionalAttrs (each ? description) { Description = each.description; }
          // lib.optionalAttrs (each ? requires) { Requires = toString each.requires; }
          // lib.optionalAttrs (each ? wants) { Wants = toString each.wants; }
        )
        + section kind (body each)
        + section "Install" (lib.optionalAttrs (each ? wantedBy) { WantedBy = toString each.wantedBy; });
      environment =
        each:
        lib.optionalAttrs (each ? environment) {
          Environment = lib.mapAttrsToList (name: value: "\"${name}=${value}\"") each.environment;
        };
      all =
        kind: suffix: body: set:
        builtins.listToAttrs (
          lib.mapAttrsToList (name: each: {
            name = "${name}.${suffix}";
            value = unit kind body each;
          }) (lib.filterAttrs (name: _: any (prefix: lib.hasPrefix prefix name) prefixes) set)
        );
    in
    all "Service" "service" (each: environment each // each.serviceConfig) config.systemd.services
    // all "Socket" "socket" (each: each.socketConfig) config.systemd.sockets
    // all "Timer" "timer" (each: each.timerConfig) config.systemd.timers;
}
