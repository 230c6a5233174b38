package dev.pirn.yaml;

import dev.pirn.live.Place;

/// One value of a YAML file: a scalar, a list or a map. It knows its place in the file.
///
/// ```java
/// YamlNode root = Yaml.parse(content).value();
/// if (root instanceof YamlMap map && map.get("port") instanceof YamlScalar port) {
///   problems.add(Diagnostic.error("MY-1", port.place(), "port is taken"));
/// }
/// ```
///
/// What stands behind an alias is the anchored node itself, with the anchored node's place. Two
/// nodes are equal only if they are the same object. The set of kinds will not grow.
public sealed interface YamlNode permits YamlScalar, YamlList, YamlMap {
  /// Where it is: a scalar's or a `[…]` or `{…}` collection's text up to the end of its first line,
  /// a block list's first dash, a block map's first key.
  Place place();
}
