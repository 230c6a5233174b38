package dev.pirn.registry;

import dev.pirn.watch.Watcher;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Which registry is followed, and how.
///
/// @param file the file, which need not exist yet
/// @param root the folder to which agents' locations and scanned folders are relative; that of the
///   file by default
/// @param keep how many generations and events are kept; 100 by default
/// @param watcher a watcher to share, or null for one of its own
public record RegistryOptions(Path file, Path root, int keep, @Nullable Watcher watcher) {
  /// The paths are made absolute.
  public RegistryOptions {
    file = file.toAbsolutePath().normalize();
    root = root.toAbsolutePath().normalize();
  }

  /// The defaults, for a file.
  public static RegistryOptions of(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    return new RegistryOptions(file, folder == null ? absolute : folder, 100, null);
  }

  /// These options with another root.
  public RegistryOptions root(Path root) {
    return new RegistryOptions(file, root, keep, watcher);
  }

  /// These options with another number of generations and events.
  public RegistryOptions keep(int keep) {
    return new RegistryOptions(file, root, keep, watcher);
  }

  /// These options with a watcher to share.
  public RegistryOptions watcher(@Nullable Watcher watcher) {
    return new RegistryOptions(file, root, keep, watcher);
  }
}
