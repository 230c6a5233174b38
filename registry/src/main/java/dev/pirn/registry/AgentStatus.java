package dev.pirn.registry;

import java.util.Locale;

/// How far an agent is in its life.
public enum AgentStatus {
  /// In use; the default.
  ACTIVE,
  /// To be used no more.
  DEPRECATED,
  /// Not to be relied on.
  EXPERIMENTAL,
  /// Kept for the record.
  ARCHIVED;

  /// The word that stands in files.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
