package dev.pirn.watch;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// A listener that reads late, believes only what is confirmed, and looks again at what was not.
final class SimulatedReader {
  static final String NOTHING = "(nothing)";

  private final Watch watch;
  private final Function<Path, String> disk;
  private final Map<Path, String> believed = new TreeMap<>();
  private final Set<Path> doubtful = new TreeSet<>();
  private final Map<Path, String> read = new TreeMap<>();
  private final Map<Path, Integer> asks = new HashMap<>();

  SimulatedReader(Watch watch, Function<Path, String> disk) {
    this.watch = watch;
    this.disk = disk;
  }

  /// Reads; what it has read is confirmed some time later.
  void told(ChangeSet changes) {
    doubtful.forEach(path -> read.put(path, disk.apply(path)));
    changes.changes().forEach(change -> look(change.path()));
  }

  void look(Path path) {
    read.put(path, disk.apply(path));
  }

  /// Looks again at what was not confirmed; whether there was such.
  boolean lookAgain() {
    doubtful.forEach(this::look);
    return !doubtful.isEmpty();
  }

  /// Asks whether what it has read is whole. To be done before it is told of more.
  void confirm() {
    Map<Path, String> now = Map.copyOf(read);
    read.clear();
    now.forEach(this::confirm);
  }

  private void confirm(Path path, String text) {
    boolean there = !text.equals(NOTHING);
    int ask = asks.merge(path, 1, Integer::sum);
    doubtful.add(path);
    watch.confirm(
        path,
        Long.MAX_VALUE,
        there,
        yes -> {
          // Unless it has been read anew meanwhile.
          if (yes && asks.get(path) == ask) {
            doubtful.remove(path);
            if (there) {
              believed.put(path, text);
            } else {
              believed.remove(path);
            }
          }
        });
  }

  /// What it holds to be on the disk.
  Map<Path, String> believed() {
    return believed;
  }
}
