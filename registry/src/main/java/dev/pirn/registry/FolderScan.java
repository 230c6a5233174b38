package dev.pirn.registry;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.watch.WatchSpec;
import dev.pirn.yaml.Yaml;
import dev.pirn.yaml.YamlMap;
import dev.pirn.yaml.YamlNode;
import dev.pirn.yaml.YamlScalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The agents that lie in folders: `SCAN/ID/agent.yaml`.
///
/// @param found by id, in the order of the scanned folders, then by name
/// @param broken the ids of those whose file cannot be read, which are there all the same
/// @param complete whether all that was to be scanned was there; if not, nothing is taken for
///   removed, because what cannot be seen is not gone
record FolderScan(
    Map<String, Found> found, List<String> broken, boolean complete, List<Diagnostic> problems) {
  /// One of them.
  ///
  /// @param location its folder, relative to the root
  record Found(
      String id,
      String location,
      @Nullable String name,
      @Nullable String description,
      @Nullable String businessGoal) {}

  static FolderScan of(RegistryOptions options, SyncOptions how) {
    FolderScan scan =
        new FolderScan(new LinkedHashMap<>(), new ArrayList<>(), true, new ArrayList<>());
    List<String> folders = Objects.requireNonNullElse(how.scanDirectories(), List.of());
    List<String> exclude = Objects.requireNonNullElse(how.exclude(), List.of());
    boolean complete = !folders.isEmpty();
    if (folders.isEmpty()) {
      scan.problems.add(Problems.nothingToScan(options.file()));
    }
    for (String name : folders) {
      Path folder = options.root().resolve(name).normalize();
      if (Files.isDirectory(folder)) {
        complete &= scan.read(options.root(), folder, exclude);
      } else {
        complete = false;
        scan.problems.add(Problems.noScanFolder(folder));
      }
    }
    return new FolderScan(scan.found, scan.broken, complete, scan.problems);
  }

  private boolean read(Path root, Path folder, List<String> exclude) {
    WatchSpec spec = WatchSpec.tree(folder).exclude(exclude.toArray(String[]::new));
    try (Stream<Path> children = Files.list(folder)) {
      for (Path child : children.sorted().toList()) {
        String id = child.getFileName().toString();
        Path file = child.resolve("agent.yaml");
        if (Files.isRegularFile(file) && spec.enters(id) && spec.covers(id + "/agent.yaml")) {
          read(id, root.relativize(child).toString().replace('\\', '/'), root, file);
        }
      }
      return true;
    } catch (IOException e) {
      problems.add(Problems.notReadable(folder, String.valueOf(e.getMessage())));
      return false;
    }
  }

  private void read(String id, String location, Path root, Path file) throws IOException {
    Found before = found.get(id);
    if (before != null) {
      problems.add(
          Problems.twoFolders(id, root.resolve(location), root.resolve(before.location())));
      return;
    }
    Decoded<YamlNode> parsed = Yaml.parse(new Content(file, Files.readAllBytes(file)));
    if (parsed.value() instanceof YamlMap map) {
      found.put(
          id,
          new Found(
              id,
              location,
              text(map, "name"),
              text(map, "description"),
              text(map, "business_goal")));
    } else {
      broken.add(id);
      problems.addAll(parsed.diagnostics());
      if (parsed.value() != null) {
        problems.add(Problems.notReadable(file, "it is no mapping"));
      }
    }
  }

  private static @Nullable String text(YamlMap map, String key) {
    return map.get(key) instanceof YamlScalar scalar && !scalar.isNull() && !scalar.text().isBlank()
        ? scalar.text().strip()
        : null;
  }
}
