package dev.pirn.watch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// What one root's watch cannot see at present, one entry a path and kind. Belongs to the reader
/// thread.
final class Problems {
  private final TreeMap<Key, WatchProblem> all =
      new TreeMap<>(Comparator.comparing(Key::path).thenComparing(Key::kind));
  private final Runnable changed;

  private record Key(Path path, WatchProblem.Kind kind) {}

  Problems(Runnable changed) {
    this.changed = changed;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  List<WatchProblem> list() {
    return new ArrayList<>(all.values());
  }

  boolean has(WatchProblem.Kind kind, Path path) {
    return all.containsKey(new Key(path, kind));
  }

  void report(WatchProblem problem) {
    if (!problem.equals(all.put(new Key(problem.path(), problem.kind()), problem))) {
      changed.run();
    }
  }

  void solved(WatchProblem.Kind kind, Path path) {
    if (all.remove(new Key(path, kind)) != null) {
      changed.run();
    }
  }

  /// Forgets everything about a path and, if it was a folder, about what lay in it.
  void solvedBelow(Path path) {
    if (all.keySet().removeIf(key -> key.path.startsWith(path))) {
      changed.run();
    }
  }

  /// A file is there and can be read, whatever was in its place before.
  void fileFine(Path path) {
    solved(WatchProblem.Kind.NOT_A_FILE, path);
    solved(WatchProblem.Kind.LINKED_FOLDER, path);
    solved(WatchProblem.Kind.BROKEN_LINK, path);
  }

  /// Forgets everything about entries of a folder that are not among these names.
  void retain(Path folder, Set<String> names) {
    int depth = folder.getNameCount();
    boolean removed =
        all.keySet()
            .removeIf(key ->
                key.path.getNameCount() > depth
                    && key.path.startsWith(folder)
                    && !names.contains(key.path.getName(depth).toString()));
    if (removed) {
      changed.run();
    }
  }

  void rootMissing(Path root, boolean nothing) {
    report(
        new WatchProblem(
            WatchProblem.Kind.ROOT_MISSING,
            root,
            nothing ? "the folder does not exist" : "this is not a folder",
            "create it; what was in force before stays in force until then"));
  }

  void unreadable(Path path) {
    report(
        new WatchProblem(
            WatchProblem.Kind.UNREADABLE,
            path,
            "the folder may not be read",
            "give this user the right to read and enter it, or exclude it"));
  }

  void failing(Path path, String reason) {
    report(
        new WatchProblem(
            WatchProblem.Kind.UNREADABLE,
            path,
            "the folder cannot be read now (" + reason + "), and is tried again",
            "see what the system says of the folder and of its limits"));
  }

  void watchLimit(Path root) {
    report(
        new WatchProblem(
            WatchProblem.Kind.WATCH_LIMIT,
            root,
            "the system allows no more watches, so that a part of this folder is polled",
            "raise fs.inotify.max_user_watches with sysctl, or exclude folders that do not"
                + " matter"));
  }

  void badName(Path folder, String shown) {
    report(
        new WatchProblem(
            WatchProblem.Kind.NAME,
            folder,
            "a name in this folder is not valid in "
                + Names.ENCODING
                + " (\""
                + shown
                + "\"), and is left out",
            Names.UTF_8 ? "rename it" : "rename it, or start Java with LANG=C.UTF-8"));
  }

  void notAFile(Path path) {
    report(
        new WatchProblem(
            WatchProblem.Kind.NOT_A_FILE,
            path,
            "this is a FIFO, a socket or a device, and is left out",
            "move it out of the folder, or exclude it"));
  }

  void linkedFolder(Path path) {
    report(
        new WatchProblem(
            WatchProblem.Kind.LINKED_FOLDER,
            path,
            "this is a symbolic link to a folder, and is not followed",
            "move the folder here, or name it as a folder of its own"));
  }

  void brokenLink(Path path) {
    report(
        new WatchProblem(
            WatchProblem.Kind.BROKEN_LINK,
            path,
            "this symbolic link leads nowhere",
            "create what it points to, or remove it"));
  }

  void beingWritten(Path path) {
    report(
        new WatchProblem(
            WatchProblem.Kind.BEING_WRITTEN,
            path,
            "a process has the file open for writing",
            "it is read when that process closes it"));
  }
}
