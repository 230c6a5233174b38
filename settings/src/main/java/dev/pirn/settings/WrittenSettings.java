package dev.pirn.settings;

import dev.pirn.live.Reload;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// What came of changing settings in a file.
///
/// @param file the file that has the change now, absolute
/// @param outcome what came of reading it
/// @param changes what changed, by key; without those that had the value already
public record WrittenSettings(Path file, Reload<Values> outcome, List<SettingChange> changes) {
  public WrittenSettings {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(outcome, "outcome");
    changes = List.copyOf(changes);
  }

  /// Whether it is in force. It was found to be good before it was written, so that it can only not
  /// be because somebody else changed a file at the same moment; the outcome says what is wrong.
  public boolean inForce() {
    return !(outcome instanceof Reload.Rejected<Values>);
  }

  /// The digest of what is in force, for the next change.
  public String digest() {
    return outcome.snapshot().digest();
  }
}
