package dev.pirn.live;

import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a source must be like, told in the simplest way: contents by relative path. A content that
/// starts with `!` or is empty is broken, one that starts with `no` is refused by the check.
final class Oracle {
  private final boolean strict;
  private final int keep;
  private final SortedMap<String, String> seen;
  private final SortedMap<Long, SortedMap<String, String>> history = new TreeMap<>();
  private final SortedSet<String> heldBack = new TreeSet<>();
  private final SortedSet<String> quarantine = new TreeSet<>();
  private SortedMap<String, String> inForce;
  private long generation;
  private boolean changed;

  Oracle(SortedMap<String, String> disk, boolean strict, int keep) {
    this.strict = strict;
    this.keep = keep;
    this.seen = new TreeMap<>(disk);
    this.inForce = new TreeMap<>(disk);
    entered(1);
  }

  static boolean refused(String text) {
    return text.startsWith("no");
  }

  private static boolean broken(String text) {
    return text.isEmpty() || text.startsWith("!");
  }

  SortedMap<String, String> inForce() {
    return inForce;
  }

  SortedSet<String> quarantine() {
    return quarantine;
  }

  boolean holdsBack() {
    return !heldBack.isEmpty();
  }

  /// Whether something was published since [#entered].
  boolean changed() {
    return changed;
  }

  /// The generation that was entered last.
  long generation() {
    return generation;
  }

  /// This is the generation that stands for what is in force.
  void entered(long now) {
    generation = now;
    history.put(now, inForce);
    changed = false;
  }

  /// The disk is like this, and the watch has told what differs from before.
  void change(SortedMap<String, String> disk) {
    SortedSet<String> files = new TreeSet<>(disk.keySet());
    files.addAll(seen.keySet());
    files.removeIf(file -> Objects.equals(disk.get(file), seen.get(file)));
    if (!files.isEmpty()) {
      take(disk, files);
    }
  }

  /// The disk is like this, and all of it is read again.
  void reload(SortedMap<String, String> disk) {
    SortedSet<String> files = new TreeSet<>(disk.keySet());
    files.addAll(seen.keySet());
    files.addAll(inForce.keySet());
    take(disk, files);
  }

  private void take(SortedMap<String, String> disk, SortedSet<String> files) {
    seen.clear();
    seen.putAll(disk);
    files.addAll(heldBack);
    SortedMap<String, String> draft = new TreeMap<>(inForce);
    for (String file : files) {
      String text = disk.get(file);
      quarantine.remove(file);
      if (text == null) {
        draft.remove(file);
      } else if (broken(text)) {
        quarantine.add(file);
      } else {
        draft.put(file, text);
      }
    }
    files.removeIf(file -> Objects.equals(draft.get(file), inForce.get(file)));
    if ((strict && !quarantine.isEmpty()) || draft.values().stream().anyMatch(Oracle::refused)) {
      heldBack.clear();
      heldBack.addAll(files);
    } else if (!draft.equals(inForce)) {
      publish(draft);
    } else {
      heldBack.clear();
    }
  }

  boolean kept(long wanted) {
    return wanted > generation - keep && wanted >= 1;
  }

  boolean knows(long wanted) {
    return history.containsKey(wanted);
  }

  void rollback(long wanted) {
    if (wanted != generation) {
      publish(Objects.requireNonNull(history.get(wanted)));
    }
  }

  private void publish(SortedMap<String, String> value) {
    inForce = value;
    heldBack.clear();
    changed = true;
  }
}
