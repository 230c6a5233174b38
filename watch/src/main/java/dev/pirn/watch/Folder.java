package dev.pirn.watch;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A folder of a tree. It knows its parent and its own name and no path, so that renaming it, with
/// all that lies below, changes two fields. Belongs to the reader thread.
final class Folder implements WatchTarget {
  static final int UNWATCHED = -1;

  final Tree tree;

  /// The reader writes these, any thread may look a file up.
  final Map<String, Folder> folders = new ConcurrentHashMap<>(2);

  final Map<String, Tracked> files = new ConcurrentHashMap<>(2);

  @Nullable Folder parent;
  String name;
  int watch = UNWATCHED;

  /// Whether it is not there any more, and is known only for files that may come back.
  boolean gone;

  Folder(Tree tree, @Nullable Folder parent, String name) {
    this.tree = tree;
    this.parent = parent;
    this.name = name;
  }

  Path path() {
    Folder above = parent;
    return above == null ? tree.root() : above.path().resolve(name);
  }

  /// The path of an entry relative to the root, with `/` between names.
  String relative(String entry) {
    Folder above = parent;
    return above == null ? entry : above.relative(name) + "/" + entry;
  }

  /// Whether this still hangs in its tree.
  boolean attached() {
    Folder above = parent;
    return above == null ? tree.isRoot(this) : above.folders.get(name) == this && above.attached();
  }

  @Override
  public void event(int mask, int cookie, @Nullable String entry) {
    tree.events.event(this, mask, cookie, entry);
  }

  @Override
  public void ended() {
    watch = UNWATCHED;
    tree.events.watchEnded(this);
  }
}
