package dev.pirn.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What to watch: one or more trees, or single files, and which of their files matter.
///
/// Names that editors and tools use while they save (`*~`, `.*.swp`, `4913`, `*.tmp` and their
/// like) and names that start with a dot never surface from a tree; a single file is watched
/// whatever it is called. Folders that an exclude glob matches are not watched at all.
///
/// Immutable: every method returns a changed copy.
public final class WatchSpec {
  /// The longest debounce that may be asked for.
  public static final Duration LONGEST_DEBOUNCE = Duration.ofSeconds(5);

  private final List<Path> roots;
  private final boolean files;
  private final List<Glob> includes;
  private final List<Glob> excludes;
  private final boolean hidden;
  private final Duration debounce;
  private final Map<Glob, Duration> debounces;
  private final boolean together;
  private final List<Glob> excludedFolders;

  private WatchSpec(
      List<Path> roots,
      boolean files,
      List<Glob> includes,
      List<Glob> excludes,
      boolean hidden,
      Duration debounce,
      Map<Glob, Duration> debounces,
      boolean together) {
    this.roots = roots;
    this.files = files;
    this.includes = includes;
    this.excludes = excludes;
    this.hidden = hidden;
    this.debounce = debounce;
    this.debounces = debounces;
    this.together = together;
    this.excludedFolders =
        excludes.stream()
            .filter(glob -> glob.toString().endsWith("/**") || glob.toString().endsWith("/"))
            .toList();
  }

  /// Everything below these folders, which need not exist yet.
  public static WatchSpec trees(List<Path> roots) {
    return of(roots, false);
  }

  /// Everything below a folder, which need not exist yet.
  public static WatchSpec tree(Path root) {
    return trees(List.of(root));
  }

  /// These files, which need not exist yet, and nothing beside them.
  public static WatchSpec files(List<Path> files) {
    return of(files, true);
  }

  private static WatchSpec of(List<Path> roots, boolean files) {
    if (roots.isEmpty()) {
      throw new IllegalArgumentException("nothing to watch: name at least one path");
    }
    List<Path> absolute =
        roots.stream().map(root -> root.toAbsolutePath().normalize()).distinct().toList();
    return new WatchSpec(
        absolute, files, List.of(), List.of(), false, Duration.ZERO, Map.of(), false);
  }

  /// Only files that match one of these globs, relative to their root; without any, all files.
  public WatchSpec include(String... globs) {
    return new WatchSpec(
        roots, files, plus(includes, globs), excludes, hidden, debounce, debounces, together);
  }

  /// No files or folders that match one of these globs, relative to their root.
  public WatchSpec exclude(String... globs) {
    return new WatchSpec(
        roots, files, includes, plus(excludes, globs), hidden, debounce, debounces, together);
  }

  /// Also names that start with a dot.
  public WatchSpec hidden(boolean hidden) {
    return new WatchSpec(roots, files, includes, excludes, hidden, debounce, debounces, together);
  }

  /// How long a settled file must stay as it is before it is reported; zero, the default, reports
  /// it at once. A file that never rests is reported after ten times as long.
  ///
  /// @throws IllegalArgumentException when it is negative or longer than [#LONGEST_DEBOUNCE]
  public WatchSpec debounce(Duration debounce) {
    return new WatchSpec(
        roots, files, includes, excludes, hidden, checked(debounce), debounces, together);
  }

  /// A debounce for the files that match a glob; the first glob that matches decides.
  public WatchSpec debounce(String glob, Duration debounce) {
    Map<Glob, Duration> more = new LinkedHashMap<>(debounces);
    more.put(Glob.of(glob), checked(debounce));
    return new WatchSpec(roots, files, includes, excludes, hidden, this.debounce, more, together);
  }

  /// Whether files that change one soon after the other are told at once: nothing is told while
  /// another file is within its debounce or may come back after it was deleted, for at most two
  /// seconds. For whoever does something expensive for each telling; by default each file is told
  /// when it has settled.
  public WatchSpec together(boolean together) {
    return new WatchSpec(roots, files, includes, excludes, hidden, debounce, debounces, together);
  }

  /// Whether files that change one soon after the other are told at once.
  public boolean together() {
    return together;
  }

  /// The roots, absolute, in the order in which they were given.
  public List<Path> roots() {
    return roots;
  }

  /// Whether the roots are single files rather than trees.
  public boolean singleFiles() {
    return files;
  }

  /// Whether a file with this path relative to its root is reported; `/` stands between names.
  public boolean covers(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return shown(name)
        && !SaveNames.temporary(name)
        && !matches(excludes, path)
        && (includes.isEmpty() || matches(includes, path));
  }

  /// Whether what lies in a folder with this relative path may be reported.
  public boolean enters(String folder) {
    // What lies in `build/**` is out, and so there is nothing to watch in `build`.
    return shown(folder.substring(folder.lastIndexOf('/') + 1))
        && !matches(excludes, folder)
        && (excludedFolders.isEmpty() || !matches(excludedFolders, folder + "/-"));
  }

  /// How long a settled file must stay as it is, where no glob says otherwise.
  public Duration debounce() {
    return debounce;
  }

  /// @param otherwise what holds where no glob says anything
  Duration debounceFor(String path, Duration otherwise) {
    for (Map.Entry<Glob, Duration> entry : debounces.entrySet()) {
      if (entry.getKey().matches(path)) {
        return entry.getValue();
      }
    }
    return otherwise;
  }

  private boolean shown(String name) {
    return hidden || !name.startsWith(".");
  }

  private static boolean matches(List<Glob> globs, String path) {
    for (Glob glob : globs) {
      if (glob.matches(path)) {
        return true;
      }
    }
    return false;
  }

  private static List<Glob> plus(List<Glob> globs, String... more) {
    List<Glob> all = new ArrayList<>(globs);
    for (String glob : more) {
      all.add(Glob.of(glob));
    }
    return List.copyOf(all);
  }

  static Duration checked(Duration debounce) {
    Objects.requireNonNull(debounce, "debounce");
    if (debounce.isNegative() || debounce.compareTo(LONGEST_DEBOUNCE) > 0) {
      throw new IllegalArgumentException(
          "debounce must be between 0 and 5000 ms, was " + debounce.toMillis() + " ms");
    }
    return debounce;
  }
}
