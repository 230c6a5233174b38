package dev.pirn.settings;

import dev.pirn.live.Diagnostic;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What became of a winner.
///
/// @param promotionId what the winner is called: by its own `promotion_id`, or by its experiment
///   and its parameters
/// @param appliedAt when it was decided
/// @param status what became of it
/// @param changes what it changed, by key; without those that had the value already
/// @param diagnostics why it was not applied, or what else is to be said; without secrets
public record Acknowledgement(
    String promotionId,
    Instant appliedAt,
    Status status,
    List<SettingChange> changes,
    List<Diagnostic> diagnostics) {
  /// What becomes of a winner.
  public enum Status {
    /// Its parameters are in force.
    APPLIED,
    /// A guardrail, the map or a check of the settings refuses it; nothing was changed.
    BLOCKED,
    /// Something could not be read or written; nothing was changed, or the reason says what was.
    FAILED,
    /// It is the one that was applied last for its experiment; nothing was done.
    UNCHANGED;

    /// The word that people and JSON see.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Acknowledgement {
    Objects.requireNonNull(promotionId, "promotionId");
    Objects.requireNonNull(appliedAt, "appliedAt");
    Objects.requireNonNull(status, "status");
    changes = List.copyOf(changes);
    diagnostics = List.copyOf(diagnostics);
  }

  /// All reasons in one line; empty if there is none.
  public String reason() {
    return diagnostics.stream().map(Diagnostic::message).collect(Collectors.joining("; "));
  }

  /// As a JSON object: `promotion_id`, `applied_at`, `status`, `changes` with `old` and `new` for
  /// each key, masked, and `reason` if there is one.
  public String toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("promotion_id", promotionId);
    json.put("applied_at", appliedAt);
    json.put("status", status);
    Map<String, Object> byKey = new LinkedHashMap<>();
    for (SettingChange change : changes) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      values.put("old", change.shownBefore());
      values.put("new", change.shownAfter());
      byKey.put(change.key(), values);
    }
    json.put("changes", byKey);
    if (!diagnostics.isEmpty()) {
      json.put("reason", reason());
    }
    return Json.of(json);
  }
}
