package dev.pirn.watch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the events of a tree's folders. Belongs to the reader thread.
///
/// An event may be older than what a scan has seen already. So none is trusted to say how things
/// are: it says where to look. Only the pairing of a rename's halves is taken from events, and a
/// renamed folder is watched and read again like a new one.
final class TreeEvents {
  private final Tree tree;
  private final Engine engine;
  private final TreeScan reading;
  private final Moves moves = new Moves();

  TreeEvents(Tree tree) {
    this.tree = tree;
    this.engine = tree.engine;
    this.reading = tree.reading;
  }

  void event(Folder folder, int mask, int cookie, @Nullable String name) {
    if (name == null) {
      // Reading the folder says which name it is, or that it is gone.
      engine.scan(folder, false, false);
    } else if (name.isEmpty()) {
      self(folder, mask);
    } else if ((mask & RawEvent.FOLDER) != 0) {
      folderEvent(folder, mask, cookie, name);
    } else {
      fileEvent(folder, mask, cookie, name);
    }
  }

  private void self(Folder folder, int mask) {
    if ((mask & (RawEvent.SELF_DELETED | RawEvent.UNMOUNTED)) != 0 && !tree.isRoot(folder)) {
      reading.remove(folder);
    } else if ((mask & RawEvent.ATTRIBUTES) != 0
        && tree.problems.has(WatchProblem.Kind.UNREADABLE, folder.path())) {
      reading.poll(folder);
    }
  }

  void watchEnded(Folder folder) {
    if (tree.isRoot(folder)) {
      engine.turned(tree);
    } else {
      reading.remove(folder);
    }
  }

  // ---- folders

  private void folderEvent(Folder parent, int mask, int cookie, String name) {
    Folder child = known(parent, name);
    if ((mask & (RawEvent.CREATED | RawEvent.MOVED_TO)) != 0) {
      Folder from = cookie == 0 ? null : moves.folder(cookie);
      if (from == null) {
        appeared(parent, name);
      } else {
        rename(from, parent, name);
      }
    } else if (child != null && (mask & RawEvent.MOVED_FROM) != 0) {
      moves.left(cookie, child, engine.turnNumber());
    } else if (child != null && (mask & RawEvent.DELETED) != 0) {
      reading.remove(child);
    } else if ((mask & RawEvent.ATTRIBUTES) != 0
        && (child == null || child.watch == Folder.UNWATCHED)) {
      appeared(parent, name);
    }
  }

  /// The folder that is known by a name. One that was moved away from there, and whose new place
  /// has not been told, is let go of first: the name is another's now.
  @Nullable Folder known(Folder parent, String name) {
    Folder child = parent.folders.get(name);
    if (child != null && moves.forget(child)) {
      reading.remove(child);
      child = parent.folders.get(name);
    }
    return child;
  }

  private void appeared(Folder parent, String name) {
    if (tree.scope.enters(parent.relative(name))) {
      Folder child = parent.folders.get(name);
      if (child == null) {
        child = new Folder(tree, parent, name);
        parent.folders.put(name, child);
      }
      reading.enter(child);
      engine.scan(child, false, true);
    }
  }

  /// A folder has a new place: two fields change, and its files are told of under both names.
  private void rename(Folder folder, Folder parent, String name) {
    List<Moved> files = new ArrayList<>();
    Tree.files(folder, file -> files.add(Moved.of(file)));
    // Said in the old place's name, while they still have it.
    files.forEach(moved -> engine.settling.left(moved.file));
    tree.problems.solvedBelow(folder.path());
    Folder above = folder.parent;
    if (above != null) {
      above.folders.remove(folder.name, folder);
    }
    Folder found = parent.folders.get(name);
    boolean taken = found != null && !(found.files.isEmpty() && found.folders.isEmpty());
    if (taken || !tree.scope.enters(parent.relative(name))) {
      // Left the scope; or the name has a history of its own, with which reading compares.
      reading.release(folder);
      if (taken) {
        appeared(parent, name);
      }
      return;
    }
    if (found != null) {
      reading.release(found);
    }
    parent.folders.put(name, folder);
    folder.parent = parent;
    folder.name = name;
    reading.enter(folder);
    files.forEach(this::arrived);
    // For what is in scope only under the new name.
    engine.scan(folder, false, true);
  }

  private void arrived(Moved moved) {
    Tracked file = moved.file;
    if (!tree.scope.covers(file.relative())) {
      file.folder.files.remove(file.name, file);
    } else if (moved.open) {
      engine.settling.modified(file);
    } else {
      engine.settling.moved(file, moved.place);
    }
  }

  /// A file of a folder that moves: where it was, and whether somebody was writing it.
  private record Moved(Tracked file, @Nullable Path place, boolean open) {
    static Moved of(Tracked file) {
      boolean told = file.told != null;
      return new Moved(file, told ? file.path() : null, file.phase == Tracked.Phase.OPEN);
    }
  }

  // ---- files

  private void fileEvent(Folder folder, int mask, int cookie, String name) {
    if ((mask & (RawEvent.DELETED | RawEvent.MOVED_FROM)) != 0) {
      left(folder, cookie, name);
      return;
    }
    if (!tree.scope.covers(folder.relative(name))) {
      return;
    }
    Tracked file = tree.track(folder, name);
    if ((mask & RawEvent.MOVED_TO) != 0) {
      Tracked from = moves.file(cookie);
      Path source = from == null ? null : from.path();
      if (from != null) {
        engine.settling.movedAway(from);
      }
      engine.settling.moved(file, source);
    } else if ((mask & RawEvent.CLOSED) != 0) {
      engine.settling.closed(file);
    } else if ((mask & RawEvent.CREATED) != 0) {
      engine.settling.created(file);
    } else if ((mask & RawEvent.MODIFIED) != 0) {
      engine.settling.modified(file);
    } else if ((mask & RawEvent.ATTRIBUTES) != 0) {
      engine.settling.attributes(file);
    }
  }

  private void left(Folder folder, int cookie, String name) {
    if (!tree.problems.isEmpty()) {
      tree.problems.solvedBelow(folder.path().resolve(name));
    }
    Tracked known = folder.files.get(name);
    if (known != null) {
      engine.settling.gone(known);
      if (cookie != 0 && known.phase == Tracked.Phase.GONE) {
        moves.left(cookie, known, engine.turnNumber());
      }
    }
  }

  // ---- moves

  /// Whether something that was moved waits for word of its new place.
  boolean moving() {
    return !moves.isEmpty();
  }

  void endMoves(int turn) {
    moves.end(turn, reading::remove);
  }

  void forgetMoves() {
    moves.clear();
  }
}
