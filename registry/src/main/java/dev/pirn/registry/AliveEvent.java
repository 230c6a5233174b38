package dev.pirn.registry;

import java.time.Instant;
import java.util.Locale;

/// An agent has come to life, or is alive no more.
///
/// @param agentId the agent
/// @param reason what has happened
/// @param endpoint where it is, or was, called
/// @param time when
public record AliveEvent(String agentId, Reason reason, String endpoint, Instant time) {
  /// What has happened.
  public enum Reason {
    /// Its first heartbeat came.
    REGISTERED,
    /// It has said goodbye.
    DEREGISTERED,
    /// It has not been heard of for too long.
    EVICTED,
    /// Who runs it holds its lease, and it was not alive before.
    HELD,
    /// Who runs it holds its lease no more.
    RELEASED;

    /// The word for JSON.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Whether it is alive now.
  public boolean active() {
    return reason == Reason.REGISTERED || reason == Reason.HELD;
  }
}
