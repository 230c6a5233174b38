package dev.pirn.watch;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Watches a tree's folders and compares them with the disk. Belongs to the reader thread.
///
/// A folder is watched first and read after: what was made before the watch is seen by reading,
/// what was made after it by the watch.
final class TreeScan {
  private final Tree tree;
  private final Engine engine;

  TreeScan(Tree tree) {
    this.tree = tree;
    this.engine = tree.engine;
  }

  // ---- watching

  /// Watches a folder, or has it polled where that cannot be.
  void enter(Folder folder) {
    Path path = folder.path();
    folder.gone = false;
    try {
      int number = engine.watches.add(path, true, folder);
      if (folder.watch != Folder.UNWATCHED && folder.watch != number) {
        engine.watches.remove(folder.watch, folder);
      }
      folder.watch = number;
      unpoll(folder);
      if (!tree.problems.isEmpty()) {
        tree.problems.solved(WatchProblem.Kind.UNREADABLE, path);
      }
    } catch (WatchRefused e) {
      unwatch(folder);
      refused(folder, path, e.reason());
    }
  }

  private void refused(Folder folder, Path path, WatchRefused.Reason reason) {
    switch (reason) {
      // What is gone is told by an event; a kernel that watches nothing polls whole trees.
      case GONE, POLL -> unpoll(folder);
      case FORBIDDEN -> {
        tree.problems.unreadable(path);
        Folder above = folder.parent;
        if (above == null || above.watch == Folder.UNWATCHED) {
          // Nobody tells when it may be read: the folder above is not watched for its entries.
          engine.poll(folder);
        } else {
          unpoll(folder);
        }
      }
      case LIMIT -> {
        engine.poll(folder);
        tree.problems.watchLimit(tree.root());
      }
    }
  }

  private void unwatch(Folder folder) {
    if (folder.watch != Folder.UNWATCHED) {
      engine.watches.remove(folder.watch, folder);
      folder.watch = Folder.UNWATCHED;
    }
  }

  private void unpoll(Folder folder) {
    if (engine.unpoll(folder) && !engine.pollsPartOf(tree)) {
      tree.problems.solved(WatchProblem.Kind.WATCH_LIMIT, tree.root());
    }
  }

  /// Looks at a folder that is polled, and watches it if that can be by now.
  void poll(Folder folder) {
    // While it could not be read, nothing below it was compared either.
    boolean unread = tree.problems.has(WatchProblem.Kind.UNREADABLE, folder.path());
    enter(folder);
    engine.scan(folder, false, unread);
  }

  /// Watches nothing of a folder any more.
  void release(Folder folder) {
    unpoll(folder);
    unwatch(folder);
    folder.folders.values().forEach(this::release);
  }

  /// A folder is gone; its files follow unless it comes back soon.
  void remove(Folder folder) {
    release(folder);
    if (!tree.problems.isEmpty()) {
      tree.problems.solvedBelow(folder.path());
    }
    Tree.files(folder, engine.settling::gone);
    pruneAll(folder);
  }

  /// Drops folders that are gone and of which nothing is left to be said.
  void prune(Folder folder) {
    Folder above = folder.parent;
    if (above != null && folder.gone && folder.files.isEmpty() && folder.folders.isEmpty()) {
      above.folders.remove(folder.name, folder);
      prune(above);
    }
  }

  private void pruneAll(Folder folder) {
    folder.gone = true;
    List.copyOf(folder.folders.values()).forEach(this::pruneAll);
    prune(folder);
  }

  // ---- reading

  /// Reads a folder and compares it with what is known of it.
  ///
  /// @param initial whether what is found is the state to begin with, and no change
  /// @param deep whether to read the folders in it too, even those that were known
  void scan(Folder folder, boolean initial, boolean deep) {
    if (!folder.attached() || !tree.present()) {
      return;
    }
    Path path = folder.path();
    List<Disk.Entry> entries;
    try {
      entries = engine.disk.list(path);
    } catch (AccessDeniedException e) {
      tree.problems.unreadable(path);
      Tree.files(folder, engine.settling::missed);
      return;
    } catch (IOException e) {
      unlisted(folder, path, e);
      return;
    }
    Set<String> seen = new HashSet<>();
    String badName = null;
    boolean hidden = false;
    for (Disk.Entry entry : entries) {
      if (entry.valid()) {
        seen.add(entry.name());
        hidden |= entry.print().kind() == Print.Kind.UNREADABLE;
        found(folder, entry, initial, deep);
      } else {
        badName = entry.name();
      }
    }
    report(path, badName, hidden);
    if (!tree.problems.isEmpty()) {
      tree.problems.retain(path, seen);
    }
    for (Tracked file : List.copyOf(folder.files.values())) {
      if (!seen.contains(file.name)) {
        engine.settling.gone(file);
      }
    }
    for (Folder child : List.copyOf(folder.folders.values())) {
      if (!seen.contains(child.name)) {
        remove(child);
      }
    }
  }

  private void report(Path path, @Nullable String bad, boolean hidden) {
    if (bad != null) {
      tree.problems.badName(path, bad);
    } else if (!tree.problems.isEmpty()) {
      tree.problems.solved(WatchProblem.Kind.NAME, path);
    }
    if (hidden) {
      tree.problems.unreadable(path);
    } else if (!tree.problems.isEmpty()) {
      tree.problems.solved(WatchProblem.Kind.UNREADABLE, path);
    }
  }

  private void unlisted(Folder folder, Path path, IOException reason) {
    Print print = engine.disk.follow(path);
    if (print != null && print.kind() == Print.Kind.FOLDER) {
      // Too many open files, for example: it is there, and must be read when that is over.
      engine.poll(folder);
      tree.problems.failing(path, String.valueOf(reason.getMessage()));
    } else if (!tree.isRoot(folder)) {
      remove(folder);
    } else {
      engine.turned(tree);
    }
  }

  private void found(Folder folder, Disk.Entry entry, boolean initial, boolean deep) {
    String name = entry.name();
    String relative = folder.relative(name);
    Print.Kind kind = entry.print().kind();
    // It may have been something else when events were lost.
    Tracked file = folder.files.get(name);
    if (file != null && (kind == Print.Kind.FOLDER || kind == Print.Kind.OTHER)) {
      engine.settling.gone(file);
    }
    Folder child = kind == Print.Kind.FOLDER ? null : folder.folders.get(name);
    if (child != null && kind != Print.Kind.UNREADABLE) {
      remove(child);
    }
    switch (kind) {
      case FOLDER -> {
        if (tree.scope.enters(relative)) {
          folder(folder, name, initial, deep);
        }
      }
      case FILE -> {
        if (tree.scope.covers(relative)) {
          if (!tree.problems.isEmpty()) {
            tree.problems.fileFine(folder.path().resolve(name));
          }
          file(folder, name, entry.print(), initial);
        }
      }
      case LINK -> link(folder, name, relative, initial);
      case OTHER -> {
        if (tree.scope.covers(relative)) {
          tree.problems.notAFile(folder.path().resolve(name));
        }
      }
      case UNREADABLE -> {}
    }
  }

  private void folder(Folder parent, String name, boolean initial, boolean deep) {
    Folder child = tree.events.known(parent, name);
    if (child == null || deep || (child.watch == Folder.UNWATCHED && !engine.polls(child))) {
      if (child == null) {
        child = new Folder(tree, parent, name);
        parent.folders.put(name, child);
      }
      enter(child);
      engine.scan(child, initial, deep);
    }
  }

  private void link(Folder folder, String name, String relative, boolean initial) {
    Path path = folder.path().resolve(name);
    Print print = engine.disk.follow(path);
    if (print != null && print.kind() == Print.Kind.FOLDER) {
      if (tree.scope.covers(relative) || tree.scope.enters(relative)) {
        tree.problems.linkedFolder(path);
      }
    }
    if (tree.scope.covers(relative)) {
      // Tracked even when it leads nowhere, so that its target is noticed when it comes.
      Tracked file = tree.track(folder, name);
      tree.followLink(file);
      if (print == null) {
        tree.problems.brokenLink(path);
      } else if (print.kind() == Print.Kind.OTHER) {
        tree.problems.notAFile(path);
      }
      if (print != null && print.kind() == Print.Kind.FILE) {
        if (!tree.problems.isEmpty()) {
          tree.problems.fileFine(path);
        }
        file(folder, name, print, initial);
      } else {
        engine.settling.gone(file);
      }
    }
  }

  private void file(Folder folder, String name, Print print, boolean initial) {
    Tracked file = tree.track(folder, name);
    if (initial) {
      engine.settling.found(file, print);
    } else {
      engine.settling.scanned(file, print);
    }
  }
}
