package dev.pirn.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What happened to one key. A key that a file no longer sets has the value of the environment
/// again, if it has one there.
///
/// @param before what it was; null if it was not set
/// @param after what it is; null if it is not set any more
public record SettingChange(@Nullable Setting before, @Nullable Setting after) {
  /// What it comes down to.
  public enum Kind {
    /// It was not set.
    ADDED,
    /// It has another value.
    CHANGED,
    /// It is not set any more.
    REMOVED
  }

  public SettingChange {
    if (before == null && after == null) {
      throw new IllegalArgumentException("a key that was never set does not change");
    }
  }

  /// What changed between two moments, by key. Only the value counts, not where it comes from.
  public static List<SettingChange> between(Values before, Values after) {
    List<SettingChange> changes = new ArrayList<>();
    for (Setting now : after.all()) {
      add(changes, before.find(now.key()), now);
    }
    for (Setting old : before.all()) {
      if (after.ofFiles(old.key()) == null) {
        add(changes, old, after.find(old.key()));
      }
    }
    changes.sort(Comparator.comparing(SettingChange::key));
    return List.copyOf(changes);
  }

  private static void add(
      List<SettingChange> changes, @Nullable Setting before, @Nullable Setting after) {
    String old = before == null ? null : before.value();
    String now = after == null ? null : after.value();
    if (!Objects.equals(old, now)) {
      changes.add(new SettingChange(before, after));
    }
  }

  /// The key.
  public String key() {
    Setting any = after == null ? before : after;
    return Objects.requireNonNull(any, "one of them is there").key();
  }

  /// What it comes down to.
  public Kind kind() {
    return before == null ? Kind.ADDED : after == null ? Kind.REMOVED : Kind.CHANGED;
  }

  /// The old value, or `***` if it or the new one is a secret; null if there was none.
  public @Nullable String shownBefore() {
    return before == null ? null : shown(before);
  }

  /// The new value, or `***` if it or the old one is a secret; null if there is none.
  public @Nullable String shownAfter() {
    return after == null ? null : shown(after);
  }

  private String shown(Setting setting) {
    boolean secret = (before != null && before.secret()) || (after != null && after.secret());
    return secret ? Secrets.MASK : setting.shown();
  }

  /// `KEY: old -> new`, masked.
  @Override
  public String toString() {
    return key()
        + ": "
        + (before == null ? "not set" : shownBefore())
        + " -> "
        + (after == null ? "not set" : shownAfter());
  }
}
