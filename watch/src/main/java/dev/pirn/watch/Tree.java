package dev.pirn.watch;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One root of one subscription: what is known of its folders and files. Belongs to the reader
/// thread.
///
/// A new folder is watched first and read after: what was made before the watch is seen by reading,
/// what was made after it by the watch, and what both see counts once, because each file has one
/// case in [Settling]. Start, overflow and the return of a root work the same way.
final class Tree implements Anchor.Listener {
  private final Engine engine;
  private final Watch watch;
  private final Scope scope;
  private final Anchor anchor;
  private final Map<Path, WatchProblem> problems = new TreeMap<>();
  private final Map<Integer, Move> moves = new HashMap<>();
  private Folder top;
  private boolean present;
  private boolean listed;

  /// A folder or file that was moved away, whose new place may be told next.
  private record Move(@Nullable Folder folder, @Nullable Tracked file, int turn) {}

  Tree(Engine engine, Watch watch, Scope scope) {
    this.engine = engine;
    this.watch = watch;
    this.scope = scope;
    this.anchor = new Anchor(engine, scope.root(), this);
    this.top = new Folder(this, null, "");
  }

  Path root() {
    return scope.root();
  }

  Watch watch() {
    return watch;
  }

  boolean isRoot(Folder folder) {
    return folder == top;
  }

  long debounce(Tracked file) {
    return scope.spec().debounceFor(file.relative()).toNanos();
  }

  /// Begins, or takes up what the root means now.
  @Override
  public void turned() {
    anchor.follow();
    Print print = engine.disk.follow(root());
    if (print != null && print.kind() == Print.Kind.FOLDER) {
      solved(root());
      present = true;
      enter(top);
      engine.scan(top, !listed, true);
    } else {
      release(top);
      present = false;
      problem(
          WatchProblem.Kind.ROOT_MISSING,
          root(),
          print == null ? "the folder does not exist" : "this is not a folder",
          "create it; what was in force before stays in force until then");
      listed = true;
    }
  }

  @Override
  public void touched(int mask) {
    // Only links to files have an end beyond themselves; see followLink.
  }

  void close() {
    anchor.close();
    release(top);
    files(top, this::unfollowLink);
  }

  // ---- events

  void event(Folder folder, int mask, int cookie, @Nullable String name) {
    if (name == null) {
      badName(folder, "?");
    } else if (name.isEmpty()) {
      self(folder, mask);
    } else if ((mask & RawEvent.FOLDER) != 0) {
      folderEvent(folder, mask, cookie, name);
    } else {
      fileEvent(folder, mask, cookie, name);
    }
  }

  private void self(Folder folder, int mask) {
    if ((mask & (RawEvent.SELF_DELETED | RawEvent.UNMOUNTED)) != 0 && folder != top) {
      remove(folder);
    } else if ((mask & RawEvent.ATTRIBUTES) != 0 && problems.containsKey(folder.path())) {
      enter(folder);
      engine.scan(folder, false, false);
    }
  }

  void watchEnded(Folder folder) {
    if (folder == top) {
      engine.turned(this);
    } else {
      remove(folder);
    }
  }

  private void folderEvent(Folder parent, int mask, int cookie, String name) {
    Folder child = parent.folders.get(name);
    if ((mask & (RawEvent.CREATED | RawEvent.MOVED_TO)) != 0) {
      Move move = cookie == 0 ? null : moves.remove(cookie);
      Folder from = move == null ? null : move.folder;
      if (from == null) {
        appeared(parent, name);
      } else {
        rename(from, parent, name);
      }
    } else if (child != null && (mask & RawEvent.MOVED_FROM) != 0) {
      moves.put(cookie, new Move(child, null, engine.turnNumber()));
    } else if (child != null && (mask & RawEvent.DELETED) != 0) {
      remove(child);
    } else if ((mask & RawEvent.ATTRIBUTES) != 0
        && (child == null || child.watch == Folder.UNWATCHED)) {
      appeared(parent, name);
    }
  }

  private void fileEvent(Folder folder, int mask, int cookie, String name) {
    if (!scope.covers(folder.relative(name))) {
      return;
    }
    Tracked known = folder.files.get(name);
    if ((mask & (RawEvent.DELETED | RawEvent.MOVED_FROM)) != 0) {
      solved(folder.path().resolve(name));
      if (known != null) {
        engine.settling.gone(known);
        if (cookie != 0 && known.phase == Tracked.Phase.GONE) {
          moves.put(cookie, new Move(null, known, engine.turnNumber()));
        }
      }
      return;
    }
    Tracked file = track(folder, name);
    if ((mask & RawEvent.MOVED_TO) != 0) {
      Move move = moves.remove(cookie);
      Tracked from = move == null ? null : move.file;
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
    if (file.told == null && file.phase == Tracked.Phase.QUIET) {
      forget(file);
    }
  }

  /// Whether a moved folder or file waits for word of its new place.
  boolean moving() {
    return !moves.isEmpty();
  }

  /// Gives up on new places that were not told in the turn after the move: out of the tree.
  void endMoves(int turn) {
    for (Iterator<Move> all = moves.values().iterator(); all.hasNext(); ) {
      Move move = all.next();
      if (move.turn < turn) {
        all.remove();
        if (move.folder != null) {
          remove(move.folder);
        }
      }
    }
  }

  // ---- folders

  private void appeared(Folder parent, String name) {
    if (!scope.enters(parent.relative(name))) {
      return;
    }
    Folder child = parent.folders.computeIfAbsent(name, _ -> new Folder(this, parent, name));
    enter(child);
    engine.scan(child, false, true);
  }

  private void rename(Folder folder, Folder parent, String name) {
    Folder above = folder.parent;
    if (above != null) {
      above.folders.remove(folder.name, folder);
    }
    List<Moved> before = new ArrayList<>();
    files(folder, file -> before.add(Moved.of(file)));
    // Said in the old place's name, while they still have it.
    before.forEach(moved -> engine.settling.movedAway(moved.file));
    if (!scope.enters(parent.relative(name))) {
      release(folder);
      return;
    }
    Folder replaced = parent.folders.put(name, folder);
    if (replaced != null && replaced != folder) {
      release(replaced);
      files(replaced, engine.settling::gone);
    }
    folder.parent = parent;
    folder.name = name;
    for (Moved moved : before) {
      Tracked file = moved.file;
      if (scope.covers(file.relative())) {
        file.folder.files.put(file.name, file);
        if (moved.open) {
          engine.settling.modified(file);
        } else {
          engine.settling.moved(file, moved.place);
        }
      }
    }
    // For what is in scope only under the new name.
    engine.scan(folder, false, true);
  }

  /// A file of a folder that moves: where it was, and whether somebody was writing it.
  private record Moved(Tracked file, Path place, boolean open) {
    static Moved of(Tracked file) {
      return new Moved(file, file.path(), file.phase == Tracked.Phase.OPEN);
    }
  }

  /// A folder is gone; its files follow unless it comes back soon.
  private void remove(Folder folder) {
    release(folder);
    files(folder, engine.settling::gone);
    prune(folder);
  }

  /// Watches a folder, or has it polled where that cannot be.
  private void enter(Folder folder) {
    Path path = folder.path();
    engine.unpoll(folder);
    try {
      int number = engine.watches.add(path, true, folder);
      if (folder.watch != Folder.UNWATCHED && folder.watch != number) {
        engine.watches.remove(folder.watch, folder);
      }
      folder.watch = number;
      solved(path);
    } catch (WatchRefused e) {
      if (folder.watch != Folder.UNWATCHED) {
        engine.watches.remove(folder.watch, folder);
        folder.watch = Folder.UNWATCHED;
      }
      refused(folder, path, e.reason());
    }
  }

  private void refused(Folder folder, Path path, WatchRefused.Reason reason) {
    switch (reason) {
      // What is gone is told by an event; a kernel that watches nothing polls whole trees.
      case GONE, POLL -> {}
      case FORBIDDEN -> unreadable(path);
      case LIMIT -> {
        engine.poll(folder);
        problem(
            WatchProblem.Kind.WATCH_LIMIT,
            root(),
            "the system allows no more watches, so that a part of this folder is polled",
            "raise fs.inotify.max_user_watches with sysctl, or exclude folders that do not matter");
      }
    }
  }

  private void release(Folder folder) {
    engine.unpoll(folder);
    if (folder.watch != Folder.UNWATCHED) {
      engine.watches.remove(folder.watch, folder);
      folder.watch = Folder.UNWATCHED;
    }
    solved(folder.path());
    folder.folders.values().forEach(this::release);
  }

  /// Drops folders that are neither watched nor hold anything to be said.
  private void prune(Folder folder) {
    Folder above = folder.parent;
    if (above != null
        && folder.watch == Folder.UNWATCHED
        && folder.files.isEmpty()
        && folder.folders.isEmpty()
        && !engine.polled(folder)
        && !problems.containsKey(folder.path())) {
      above.folders.remove(folder.name, folder);
      prune(above);
    }
  }

  // ---- reading folders

  /// Reads a folder and compares it with what is known of it.
  ///
  /// @param initial whether what is found is the state to begin with, and no change
  /// @param deep whether to read the folders in it too, even those that were known
  void scan(Folder folder, boolean initial, boolean deep) {
    if (!folder.attached() || (folder == top && !present)) {
      return;
    }
    Path path = folder.path();
    List<Disk.Entry> entries;
    try {
      entries = engine.disk.list(path);
    } catch (AccessDeniedException e) {
      unreadable(path);
      return;
    } catch (IOException e) {
      // It is gone, and the event that says so is on its way; a polled folder has none.
      if (engine.disk.print(path) == null && folder != top) {
        remove(folder);
      }
      return;
    }
    Set<String> seen = new HashSet<>();
    for (Disk.Entry entry : entries) {
      if (entry.valid()) {
        seen.add(entry.name());
        found(folder, entry, initial, deep);
      } else {
        badName(folder, entry.name());
      }
    }
    List.copyOf(folder.files.values()).stream()
        .filter(file -> !seen.contains(file.name))
        .forEach(engine.settling::gone);
    List.copyOf(folder.folders.values()).stream()
        .filter(child -> !seen.contains(child.name))
        .forEach(this::remove);
  }

  private void found(Folder folder, Disk.Entry entry, boolean initial, boolean deep) {
    String relative = folder.relative(entry.name());
    Path path = folder.path().resolve(entry.name());
    switch (entry.print().kind()) {
      case FOLDER -> {
        if (scope.enters(relative)) {
          Folder child = folder.folders.get(entry.name());
          if (child == null || deep || (child.watch == Folder.UNWATCHED && !engine.polled(child))) {
            if (child == null) {
              child = new Folder(this, folder, entry.name());
              folder.folders.put(entry.name(), child);
            }
            enter(child);
            engine.scan(child, initial, deep);
          }
        }
      }
      case FILE -> {
        if (scope.covers(relative)) {
          file(folder, entry.name(), entry.print(), initial);
        }
      }
      case LINK -> link(folder, entry.name(), relative, path, initial);
      case OTHER -> {
        if (scope.covers(relative)) {
          notAFile(path);
        }
      }
    }
  }

  private void link(Folder folder, String name, String relative, Path path, boolean initial) {
    Print print = engine.disk.follow(path);
    if (print == null) {
      if (scope.covers(relative)) {
        // Tracked all the same, so that its target is noticed when it comes.
        followLink(track(folder, name));
        brokenLink(path);
      }
    } else if (print.kind() == Print.Kind.FOLDER) {
      if (scope.enters(relative)) {
        problem(
            WatchProblem.Kind.LINKED_FOLDER,
            path,
            "this is a symbolic link to a folder, and is not followed",
            "move the folder here, or name it as a folder of its own");
      }
    } else if (print.kind() == Print.Kind.FILE && scope.covers(relative)) {
      solved(path);
      Tracked file = track(folder, name);
      followLink(file);
      file(folder, name, print, initial);
    }
  }

  private void file(Folder folder, String name, Print print, boolean initial) {
    Tracked file = track(folder, name);
    if (initial) {
      file.told = print;
    } else {
      engine.settling.scanned(file, print);
    }
  }

  /// The first scan is through: what comes from now on is a change.
  void begin() {
    if (!listed) {
      listed = true;
      List<Tracked> all = new ArrayList<>();
      files(all::add);
      engine.settling.begin(all);
    }
  }

  // ---- files

  private Tracked track(Folder folder, String name) {
    return folder.files.computeIfAbsent(name, _ -> new Tracked(folder, name));
  }

  void forget(Tracked file) {
    if (file.link == null || (file.told == null && engine.disk.print(file.path()) == null)) {
      unfollowLink(file);
      file.folder.files.remove(file.name, file);
      prune(file.folder);
    }
  }

  void followLink(Tracked file) {
    if (file.link == null) {
      file.link =
          new Anchor(
              engine,
              file.path(),
              new Anchor.Listener() {
                @Override
                public void turned() {
                  linkTurned(file);
                }

                @Override
                public void touched(int mask) {
                  linkTouched(file, mask);
                }
              });
      file.link.follow();
    }
  }

  void unfollowLink(Tracked file) {
    if (file.link != null) {
      file.link.close();
      file.link = null;
    }
  }

  private void linkTurned(Tracked file) {
    Anchor link = file.link;
    // A link that broke because the root went is not gone: a missing root takes nothing away.
    if (link != null && engine.disk.print(root()) != null) {
      link.follow();
      engine.settling.moved(file, null);
    }
  }

  private void linkTouched(Tracked file, int mask) {
    if ((mask & RawEvent.CLOSED) != 0) {
      engine.settling.closed(file);
    } else if ((mask & RawEvent.MODIFIED) != 0) {
      engine.settling.modified(file);
    } else {
      engine.settling.attributes(file);
    }
  }

  /// After lost events: everything is compared with the disk.
  void resync() {
    moves.clear();
    files(top, engine.settling::recheck);
    turned();
  }

  void files(Consumer<Tracked> each) {
    files(top, each);
  }

  private static void files(Folder folder, Consumer<Tracked> each) {
    List.copyOf(folder.files.values()).forEach(each);
    List.copyOf(folder.folders.values()).forEach(child -> files(child, each));
  }

  int folders() {
    return present ? count(top) : 0;
  }

  private static int count(Folder folder) {
    return 1 + folder.folders.values().stream().mapToInt(Tree::count).sum();
  }

  // ---- problems

  void problem(WatchProblem.Kind kind, Path path, String message, String help) {
    WatchProblem problem = new WatchProblem(kind, path, message, help);
    if (!problem.equals(problems.put(path, problem))) {
      watch.stateChanged();
    }
  }

  void solved(Path path) {
    if (!problems.isEmpty() && problems.remove(path) != null) {
      watch.stateChanged();
    }
  }

  List<WatchProblem> problems() {
    return List.copyOf(problems.values());
  }

  void brokenLink(Path path) {
    problem(
        WatchProblem.Kind.BROKEN_LINK,
        path,
        "this symbolic link leads nowhere",
        "create what it points to, or remove it");
  }

  void notAFile(Path path) {
    problem(
        WatchProblem.Kind.NOT_A_FILE,
        path,
        "this is a FIFO, a socket or a device, and is left out",
        "move it out of the folder, or exclude it");
  }

  private void unreadable(Path path) {
    problem(
        WatchProblem.Kind.UNREADABLE,
        path,
        "the folder may not be read",
        "give this user the right to read and enter it, or exclude it");
  }

  private void badName(Folder folder, String shown) {
    problem(
        WatchProblem.Kind.NAME,
        folder.path(),
        "a name in this folder is not valid UTF-8 (\"" + shown + "\"), and is left out",
        "rename it");
  }
}
