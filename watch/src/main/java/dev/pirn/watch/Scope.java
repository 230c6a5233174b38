package dev.pirn.watch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Which files below one root matter to a subscription.
///
/// @param root the folder
/// @param spec the rules for a tree
/// @param names for single files: their names in the root; empty for a tree
record Scope(Path root, WatchSpec spec, Set<String> names) {
  /// The roots that a spec needs: single files are watched through their folders.
  static List<Scope> of(WatchSpec spec) {
    List<Scope> scopes = new ArrayList<>();
    if (!spec.singleFiles()) {
      spec.roots().forEach(root -> scopes.add(new Scope(root, spec, Set.of())));
      return scopes;
    }
    Map<Path, Set<String>> folders = new LinkedHashMap<>();
    for (Path file : spec.roots()) {
      Path folder = file.getParent();
      if (folder == null) {
        throw new IllegalArgumentException("\"" + file + "\" is a folder, not a file");
      }
      folders
          .computeIfAbsent(folder, _ -> new LinkedHashSet<>())
          .add(Objects.toString(file.getFileName()));
    }
    folders.forEach((folder, names) -> scopes.add(new Scope(folder, spec, names)));
    return scopes;
  }

  boolean covers(String path) {
    return names.isEmpty() ? spec.covers(path) : names.contains(path);
  }

  boolean enters(String folder) {
    return names.isEmpty() && spec.enters(folder);
  }
}
