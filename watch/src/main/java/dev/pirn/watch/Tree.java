package dev.pirn.watch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One root of one subscription: what is known of its folders and files. Belongs to the reader
/// thread.
///
/// [TreeEvents] takes what the kernel reports, [TreeScan] compares folders with the disk, and both
/// hand every file to [Settling], in which it has one case however often it is seen. So start,
/// overflow and the return of a root are the same thing: folders that are to be read.
///
/// While the root is not there nothing is said of its files: what was told of them holds until it
/// is back.
final class Tree implements Anchor.Listener {
  final Engine engine;
  final Scope scope;
  final Problems problems;
  final TreeEvents events;
  final TreeScan reading;
  private final Watch watch;
  private final Anchor anchor;
  private final Folder top;
  private boolean present;
  private boolean listed;

  Tree(Engine engine, Watch watch, Scope scope) {
    this.engine = engine;
    this.watch = watch;
    this.scope = scope;
    this.problems = new Problems(watch::stateChanged);
    this.anchor = new Anchor(engine, scope.root(), this);
    this.top = new Folder(this, null, "");
    this.reading = new TreeScan(this);
    this.events = new TreeEvents(this);
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

  boolean present() {
    return present;
  }

  long debounce(Tracked file) {
    return scope.spec().debounceFor(file.relative(), watch.debounce()).toNanos();
  }

  // ---- the root

  /// The root was moved, removed or made; it may be back where it was, but whoever read a file
  /// meanwhile may have missed it.
  @Override
  public void turned() {
    files(engine.settling::missed);
    compare();
  }

  /// Takes up what the root means now, and compares it with what is known; begins with it.
  void compare() {
    anchor.follow();
    Print print = engine.disk.follow(root());
    present = print != null && print.kind() == Print.Kind.FOLDER;
    if (present) {
      problems.solved(WatchProblem.Kind.ROOT_MISSING, root());
      reading.enter(top);
      engine.scan(top, !listed, true);
    } else {
      reading.release(top);
      problems.rootMissing(root(), print == null);
      listed = true;
    }
  }

  @Override
  public void touched(int mask) {
    // Only links to files have an end beyond themselves; see followLink.
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

  /// After lost events: everything is compared with the disk.
  void resync() {
    events.forgetMoves();
    files(file -> {
      engine.settling.missed(file);
      if (file.link != null) {
        file.link.distrust();
        file.link.follow();
      }
    });
    anchor.distrust();
    compare();
  }

  void close() {
    anchor.close();
    reading.release(top);
    files(engine.settling::release);
  }

  // ---- files

  Tracked track(Folder folder, String name) {
    Tracked known = folder.files.get(name);
    if (known == null) {
      known = new Tracked(folder, name);
      folder.files.put(name, known);
    }
    return known;
  }

  /// Drops a file of which nothing is told any more; a link stays while it is there, so that its
  /// target is noticed when it comes.
  void forget(Tracked file) {
    if (file.link == null || engine.disk.print(file.path()) == null) {
      unfollowLink(file);
      file.folder.files.remove(file.name, file);
      reading.prune(file.folder);
    }
  }

  /// Whether a file cannot be seen for a reason other than that it is gone.
  boolean hides(Tracked file) {
    Print root = engine.disk.follow(root());
    if (root == null || root.kind() != Print.Kind.FOLDER) {
      return true;
    }
    Print print = engine.disk.follow(file.path());
    if (print != null && print.kind() == Print.Kind.UNREADABLE) {
      problems.unreadable(file.folder.path());
      return true;
    }
    return false;
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
    Print print = engine.disk.print(file.path());
    if (link != null && print != null && print.kind() != Print.Kind.LINK) {
      // Another file has taken its name, of which the folder's own events tell.
      unfollowLink(file);
    } else if (link != null) {
      link.follow();
      if (link.complete()) {
        engine.settling.turned(file);
      } else {
        engine.settling.created(file);
      }
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

  // ---- what there is

  /// What is known of the file at a path; null when nothing is. For any thread.
  @Nullable Tracked find(Path file) {
    if (!file.startsWith(root()) || file.equals(root())) {
      return null;
    }
    Folder at = top;
    Path relative = root().relativize(file);
    for (int i = 0; i + 1 < relative.getNameCount() && at != null; i++) {
      at = at.folders.get(relative.getName(i).toString());
    }
    return at == null ? null : at.files.get(String.valueOf(relative.getFileName()));
  }

  void files(Consumer<Tracked> each) {
    files(top, each);
  }

  static void files(Folder folder, Consumer<Tracked> each) {
    List.copyOf(folder.files.values()).forEach(each);
    List.copyOf(folder.folders.values()).forEach(child -> files(child, each));
  }

  int folders() {
    return present ? count(top) : 0;
  }

  private static int count(Folder folder) {
    Engine engine = folder.tree.engine;
    boolean seen =
        folder.watch != Folder.UNWATCHED
            || engine.polls(folder)
            || engine.backend() == Backend.POLLING;
    int count = seen ? 1 : 0;
    for (Folder child : folder.folders.values()) {
      count += count(child);
    }
    return count;
  }

  /// The folders that are known, but for the root.
  List<Path> folderPaths() {
    List<Path> paths = new ArrayList<>();
    paths(top, paths);
    return paths;
  }

  private static void paths(Folder folder, List<Path> paths) {
    for (Folder child : folder.folders.values()) {
      paths.add(child.path());
      paths(child, paths);
    }
  }
}
