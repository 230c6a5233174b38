package dev.pirn.settings;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Reload;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Settings have changed, or a change of them was refused.
///
/// @param type which of the two
/// @param generation what is in force after it
/// @param changes what changed, by key; empty for a refusal
/// @param diagnostics what is said of it, without secrets
public record SettingsEvent(
    Type type, long generation, List<SettingChange> changes, List<Diagnostic> diagnostics) {
  /// What happened.
  public enum Type {
    /// Keys have other values now.
    CHANGED,
    /// What the files say was refused; what was in force stays.
    REJECTED
  }

  public SettingsEvent {
    Objects.requireNonNull(type, "type");
    changes = List.copyOf(changes);
    diagnostics = List.copyOf(diagnostics);
  }

  /// The event of a reload; null if no key has changed and nothing was refused.
  static @Nullable SettingsEvent of(Reload<Values> reload) {
    long generation = reload.snapshot().generation();
    return switch (reload) {
      case Reload.Applied<Values> applied -> {
        Values before = applied.before();
        List<SettingChange> changes =
            before == null ? List.of() : SettingChange.between(before, applied.after());
        yield changes.isEmpty()
            ? null
            : new SettingsEvent(Type.CHANGED, generation, changes, applied.diagnostics());
      }
      case Reload.Unchanged<Values> _ -> null;
      case Reload.Rejected<Values> rejected ->
          new SettingsEvent(Type.REJECTED, generation, List.of(), rejected.diagnostics());
    };
  }
}
