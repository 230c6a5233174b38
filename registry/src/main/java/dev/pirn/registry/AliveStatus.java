package dev.pirn.registry;

import java.util.Locale;

/// How an agent is.
public enum AliveStatus {
  /// It is heard of, and has what it requires.
  HEALTHY,
  /// It is heard of, and nobody offers something that it requires.
  DEGRADED,
  /// It has not been heard of for a while; nobody is sent to it.
  UNHEALTHY,
  /// It is declared, and not alive.
  OFFLINE;

  /// The word for JSON.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
