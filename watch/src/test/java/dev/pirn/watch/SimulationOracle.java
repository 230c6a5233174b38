package dev.pirn.watch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What must hold of a watch, checked while a simulation runs and when it has come to rest.
final class SimulationOracle {
  private static final long STAMP_TICK = 12_000_000;
  private static final long SURELY_QUIET = 2_000_000_000;

  private final SimulatedDisk disk;
  private final SimulatedClock clock;
  private final SimulatedKernel kernel;
  private final Map<Path, Told> view = new TreeMap<>();
  private final Map<Path, String> lateView = new TreeMap<>();
  private final Set<Path> leftByRename = new HashSet<>();
  private final List<Renamed> renames = new ArrayList<>();
  private final List<Snapshot> due = new ArrayList<>();
  private @Nullable WatchSpec spec;
  private @Nullable WatchSpec late;
  private @Nullable Watch watch;
  private @Nullable Watch second;
  private @Nullable SimulatedReader reader;
  private boolean begun;
  private boolean shaken;
  private long turnBegan;
  private int overflowsAtTurn;
  private long lastStamp;
  private @Nullable Read reading;

  /// What a reader has read when it was told of a file.
  private record Told(String text, long number, long sequence, boolean fresh) {
    Told owed() {
      return new Told(text, number, sequence, true);
    }
  }

  private record Renamed(String from, String to) {}

  private record Read(Path path, String text, boolean whole, boolean plain, @Nullable Told told) {}

  /// The files that were complete at a time, with their state.
  record Snapshot(Map<Path, Long> sequences, Map<Path, String> texts, long time) {}

  SimulationOracle(SimulatedDisk disk, SimulatedClock clock, SimulatedKernel kernel) {
    this.disk = disk;
    this.clock = clock;
    this.kernel = kernel;
  }

  void watches(Watch strict, WatchSpec strictSpec, Watch slow, WatchSpec slowSpec) {
    watch = strict;
    spec = strictSpec;
    second = slow;
    late = slowSpec;
    reader = new SimulatedReader(slow, this::text);
  }

  /// Takes the first listing as soon as it is there.
  boolean begun() {
    Watch one = Objects.requireNonNull(watch);
    Watch other = Objects.requireNonNull(second);
    if (!begun && one.began() && other.began()) {
      begun = true;
      for (Path file : one.files()) {
        view.put(file, see(disk.node(file.toString(), true)));
        ask(file, _ -> {});
      }
      for (Path file : other.files()) {
        lateView.put(file, text(file));
        Objects.requireNonNull(reader).look(file);
      }
    }
    return begun;
  }

  private String text(Path file) {
    SimulatedDisk.Node node = disk.node(file.toString(), true);
    return node == null || node.kind != Print.Kind.FILE ? SimulatedReader.NOTHING : node.text;
  }

  private Told see(SimulatedDisk.@Nullable Node node) {
    if (node == null || node.kind != Print.Kind.FILE) {
      return new Told("(nothing)", 0, 0, true);
    }
    boolean fresh = shaken || clock.wallNanos() - node.changed < STAMP_TICK;
    return new Told(node.text, node.number, node.sequence, fresh);
  }

  // ---- what happens

  void turnBegins() {
    shaken = false;
    turnBegan = disk.sequence();
    overflowsAtTurn = kernel.overflows();
  }

  void shaken() {
    shaken = true;
  }

  void renamed(String from, String to) {
    renames.add(new Renamed(from, to));
    for (Path path : view.keySet()) {
      if (path.startsWith(from)) {
        leftByRename.add(path);
      }
    }
  }

  // ---- what is told

  void told(ChangeSet changes) {
    Set<Path> here = new HashSet<>();
    for (Change change : changes.changes()) {
      Path path = change.path();
      check(here.add(path), "told twice in one set", change);
      check(covered(Objects.requireNonNull(spec), path), "not in scope", change);
      check(change.stamp() > lastStamp || changes.changes().size() > 1, "stamp", change);
      Told before = view.get(path);
      SimulatedDisk.Node node = disk.node(path.toString(), true);
      switch (change.kind()) {
        case CREATED -> {
          check(before == null, "was there already", change);
          origin(change);
        }
        case MODIFIED -> check(before != null, "was not there", change);
        case DELETED -> {
          check(before != null, "was not there", change);
          boolean there = node != null && node.kind == Print.Kind.FILE;
          check(
              !there || shaken || leftByRename.contains(path) || node.sequence > turnBegan,
              "is there still",
              change);
        }
      }
      boolean renamed = leftByRename.remove(path);
      if (change.kind() == Change.Kind.DELETED) {
        view.remove(path);
        continue;
      }
      Told now = see(node);
      if (before != null && !renamed && !link(path)) {
        check(
            before.fresh || before.number != now.number || before.sequence != now.sequence,
            "told again without a change",
            change);
      }
      complete(change, node);
      view.put(path, now);
      ask(path, _ -> {});
    }
    changes.changes().forEach(change -> lastStamp = Math.max(lastStamp, change.stamp()));
  }

  /// A reader asks; if it may have been too early, it is owed a further word.
  private void ask(Path path, Consumer<Boolean> answer) {
    Objects.requireNonNull(watch)
        .confirm(
            path,
            Long.MAX_VALUE,
            true,
            yes -> {
              if (!yes) {
                view.computeIfPresent(path, (_, told) -> told.owed());
              }
              answer.accept(yes);
            });
  }

  private boolean link(Path path) {
    SimulatedDisk.Node node = disk.node(path.toString(), false);
    return node == null || node.kind == Print.Kind.LINK;
  }

  /// Where a file is said to have been is a name that it had, one or more renames ago.
  private void origin(Change change) {
    Path from = change.from();
    if (from != null) {
      Set<String> names = new HashSet<>(Set.of(change.path().toString()));
      for (Renamed renamed : renames.reversed()) {
        for (String name : List.copyOf(names)) {
          if (under(name, renamed.to)) {
            names.add(renamed.from + name.substring(renamed.to.length()));
          }
        }
      }
      check(names.contains(from.toString()), "never had that name", change);
    }
  }

  private static boolean under(String path, String top) {
    return path.equals(top) || path.startsWith(top + "/");
  }

  /// A writer that was at work before the turn began must have finished.
  private void complete(Change change, SimulatedDisk.@Nullable Node node) {
    if (node == null || shaken || node.confusing || link(change.path())) {
      return;
    }
    boolean old = clock.wallNanos() - node.changed > SURELY_QUIET;
    for (SimulatedDisk.Writer writer : node.writers) {
      check(!writer.changed || old, "has a writer still", change);
    }
  }

  void toldLate(ChangeSet changes) {
    for (Change change : changes.changes()) {
      check(covered(Objects.requireNonNull(late), change.path()), "not in scope", change);
      switch (change.kind()) {
        case CREATED ->
            check(lateView.put(change.path(), text(change.path())) == null, "was there", change);
        case MODIFIED ->
            check(lateView.put(change.path(), text(change.path())) != null, "was not", change);
        case DELETED -> check(lateView.remove(change.path()) != null, "was not there", change);
      }
    }
    Objects.requireNonNull(reader).told(changes);
  }

  /// The reader asks whether what it has read is whole.
  void readerConfirms() {
    Objects.requireNonNull(reader).confirm();
  }

  /// The reader looks at what it could not be sure of, as it does when all is at rest.
  ///
  /// @return whether there was such
  boolean readerLooksAgain() {
    return Objects.requireNonNull(reader).lookAgain();
  }

  // ---- reading and confirming

  void read(String name) {
    Path path = Path.of(name);
    if (!view.containsKey(path)) {
      reading = null;
      return;
    }
    SimulatedDisk.Node node = disk.node(name, true);
    boolean plain =
        node != null
            && node.kind == Print.Kind.FILE
            && node.links == 1
            && !node.confusing
            && !link(path)
            && watchable(path);
    boolean whole = node != null && node.writers.stream().noneMatch(writer -> writer.changed);
    reading = new Read(path, text(path), whole, plain, view.get(path));
  }

  /// Somebody reads just when a file has changed, before anybody is told.
  void readEarly(SimulatedDisk.Entry entry) {
    Read before = reading;
    for (Path path : List.copyOf(view.keySet())) {
      if (disk.node(path.toString(), false) == entry.node) {
        read(path.toString());
        confirm();
      }
    }
    reading = before;
  }

  /// Whether every folder on the way is watched for sure.
  private boolean watchable(Path path) {
    for (Path at = path.getParent(); at != null; at = at.getParent()) {
      SimulatedDisk.Node node = disk.node(at.toString(), true);
      if (node == null || !node.readable) {
        return false;
      }
    }
    return !kernel.limited();
  }

  void confirm() {
    Read read = reading;
    reading = null;
    if (read != null && read.plain && view.get(read.path) == read.told) {
      ask(
          read.path,
          yes -> {
            if (yes && view.get(read.path) == read.told) {
              check(read.whole, "a torn read was confirmed", read);
              boolean same = read.text.equals(text(read.path));
              check(same || !kernel.quiet(), "an old read was confirmed", read);
            }
          });
    }
  }

  // ---- barriers

  Snapshot snapshot() {
    Map<Path, Long> sequences = new HashMap<>();
    Map<Path, String> texts = new HashMap<>();
    truth(Objects.requireNonNull(spec), true)
        .forEach((path, node) -> {
          sequences.put(path, node.sequence);
          texts.put(path, node.text);
        });
    return new Snapshot(sequences, texts, disk.sequence());
  }

  void reached(Snapshot before, boolean reached) {
    check(reached, "a barrier was refused", before);
    due.add(before);
  }

  void turnEnds() {
    for (Snapshot before : due) {
      before.sequences.forEach((path, sequence) -> {
        SimulatedDisk.Node node = disk.node(path.toString(), true);
        if (node != null
            && !node.aliased
            && node.sequence == sequence
            && disk.sequence() == before.time) {
          Told told = view.get(path);
          check(
              told != null && told.text.equals(node.text),
              "a barrier came too early for " + path + " (" + node.text + ")",
              String.valueOf(told));
        }
      });
    }
    due.clear();
  }

  // ---- the end

  /// The files in scope that can be seen, by path.
  private Map<Path, SimulatedDisk.Node> truth(WatchSpec scope, boolean complete) {
    Map<Path, SimulatedDisk.Node> found = new TreeMap<>();
    for (Path root : scope.roots()) {
      SimulatedDisk.Node node = disk.node(root.toString(), true);
      if (node != null && node.kind == Print.Kind.FOLDER) {
        collect(scope, root, node, "", found);
      }
    }
    if (complete) {
      found.values().removeIf(node -> !node.writers.isEmpty());
    }
    return found;
  }

  private void collect(
      WatchSpec scope,
      Path folder,
      SimulatedDisk.Node node,
      String relative,
      Map<Path, SimulatedDisk.Node> found) {
    if (!node.readable) {
      return;
    }
    node.children.forEach((name, entry) -> {
      Path path = folder.resolve(name);
      String below = relative.isEmpty() ? name : relative + "/" + name;
      SimulatedDisk.Node target = disk.node(path.toString(), true);
      if (!SimulatedDisk.valid(name)) {
        return;
      }
      if (entry.node.kind == Print.Kind.FOLDER && scope.enters(below)) {
        collect(scope, path, entry.node, below, found);
      } else if (target != null && target.kind == Print.Kind.FILE && scope.covers(below)) {
        found.put(path, target);
      }
    });
  }

  private boolean covered(WatchSpec scope, Path path) {
    return scope.roots().stream()
        .anyMatch(root -> path.startsWith(root) && scope.covers(root.relativize(path).toString()));
  }

  static Map<String, SimulatedDisk.Node> folders(SimulatedDisk.Node node, String path) {
    Map<String, SimulatedDisk.Node> found = new TreeMap<>();
    found.put(path, node);
    node.children.forEach((name, entry) -> {
      if (entry.node.kind == Print.Kind.FOLDER) {
        found.putAll(folders(entry.node, path + "/" + name));
      }
    });
    return found;
  }

  void atRest(List<Watch> watches, Engine engine) {
    Map<Path, String> seen = new TreeMap<>();
    view.forEach((path, told) -> seen.put(path, told.text));
    Map<Path, String> truth = texts(Objects.requireNonNull(spec), seen);
    check(seen.equals(truth), "the view is " + seen + ", the disk", truth);
    Map<Path, String> lateTruth = texts(Objects.requireNonNull(late), lateView);
    // A root that is not there takes nothing away.
    lateView.keySet().removeIf(path -> missing(Objects.requireNonNull(late), path));
    check(lateView.equals(lateTruth), "the second view is " + lateView + ", the disk", lateTruth);
    Map<Path, String> believed = new TreeMap<>(Objects.requireNonNull(reader).believed());
    believed.keySet().removeIf(path -> missing(Objects.requireNonNull(late), path));
    check(believed.equals(lateTruth), "the reader believes " + believed + ", the disk", lateTruth);
    for (Watch watch : watches) {
      watch.stirred.forEach((path, file) ->
          check(
              watch.trees().stream().anyMatch(tree -> tree.find(path) == file),
              "remembered for ever",
              path));
      check(!watch.unsettledSince(Long.MAX_VALUE), "unsettled files are left", watch.trees());
      watch.trees().forEach(this::memory);
    }
    check(engine.watches.size() == kernel.watches(), "watches", engine.watches.size());
  }

  /// What lies on the disk; of a file that has had two names, what was seen of it.
  private Map<Path, String> texts(WatchSpec scope, Map<Path, String> seen) {
    Map<Path, String> texts = new TreeMap<>();
    truth(scope, false)
        .forEach((path, node) ->
            texts.put(path, node.aliased && seen.containsKey(path) ? seen.get(path) : node.text));
    return texts;
  }

  private boolean missing(WatchSpec scope, Path path) {
    return scope.roots().stream()
        .filter(path::startsWith)
        .anyMatch(root -> {
          SimulatedDisk.Node node = disk.node(root.toString(), true);
          return node == null || node.kind != Print.Kind.FOLDER;
        });
  }

  /// What a tree remembers is on the disk.
  private void memory(Tree tree) {
    if (!tree.present()) {
      return;
    }
    tree.files(file -> {
      SimulatedDisk.Node node = disk.node(file.path().toString(), false);
      check(node != null, "remembered though it is gone", file.path());
      check(file.told != null || file.link != null, "remembered for nothing", file.path());
      check(file.phase == Tracked.Phase.QUIET, "never settled", file.path());
    });
    Map<String, SimulatedDisk.Node> folders =
        folders(
            Objects.requireNonNull(disk.node(tree.root().toString(), true)),
            tree.root().toString());
    tree.folderPaths()
        .forEach(
            path -> check(folders.containsKey(path.toString()), "a folder is remembered", path));
    for (WatchProblem problem : tree.problems.list()) {
      if (problem.kind() != WatchProblem.Kind.WATCH_LIMIT) {
        check(
            disk.node(problem.path().toString(), false) != null,
            "a problem is remembered",
            problem);
      }
      check(problem.kind() != WatchProblem.Kind.BEING_WRITTEN, "nobody writes", problem);
    }
  }

  void released(Engine engine) {
    check(engine.watches.size() == 0, "watches are left", engine.watches.size());
    check(kernel.watches() == 0, "the kernel has watches left", kernel.watches());
  }

  private static void check(boolean holds, String claim, Object what) {
    if (!holds) {
      throw new AssertionError(claim + ": " + what);
    }
  }
}
