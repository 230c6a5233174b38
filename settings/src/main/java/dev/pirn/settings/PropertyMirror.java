package dev.pirn.settings;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.live.Snapshot;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Shows what the files set as system properties, and puts back what was there before.
///
/// Secrets are left out: every tool that looks into a process shows its properties. A property that
/// somebody else has set meanwhile is theirs, and stays.
final class PropertyMirror {
  /// What was put in a property, and what it was before.
  private record Shown(String value, @Nullable String before) {}

  @GuardedBy("this")
  private final Map<String, Shown> shown = new HashMap<>();

  @GuardedBy("this")
  private long generation;

  @GuardedBy("this")
  private boolean closed;

  /// Shows a snapshot, unless a later one is shown.
  synchronized void follow(Snapshot<Values> snapshot) {
    if (closed || snapshot.generation() <= generation) {
      return;
    }
    generation = snapshot.generation();
    Values values = snapshot.value();
    Iterator<Map.Entry<String, Shown>> gone = shown.entrySet().iterator();
    while (gone.hasNext()) {
      Map.Entry<String, Shown> entry = gone.next();
      Setting setting = values.ofFiles(entry.getKey());
      if (setting == null || setting.secret()) {
        restore(entry.getKey(), entry.getValue());
        gone.remove();
      }
    }
    for (Setting setting : values.all()) {
      if (!setting.secret()) {
        show(setting.key(), setting.value());
      }
    }
  }

  @GuardedBy("this")
  private void show(String key, String value) {
    Shown old = shown.get(key);
    if (old != null && old.value().equals(value)) {
      return;
    }
    String now = System.setProperty(key, value);
    shown.put(key, new Shown(value, old == null ? now : old.before()));
  }

  private static void restore(String key, Shown what) {
    if (!Objects.equals(System.getProperty(key), what.value())) {
      return;
    }
    if (what.before() == null) {
      System.clearProperty(key);
    } else {
      System.setProperty(key, what.before());
    }
  }

  synchronized void close() {
    closed = true;
    shown.forEach(PropertyMirror::restore);
    shown.clear();
  }
}
