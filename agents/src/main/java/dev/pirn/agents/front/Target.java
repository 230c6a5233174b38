package dev.pirn.agents.front;

import java.util.Objects;

/// Where the process of one generation listens.
///
/// @param generation grows with each process that an agent has had
/// @param host a name or address of the machine
/// @param port the port
public record Target(long generation, String host, int port) {
  /// A place for a generation.
  ///
  /// @throws IllegalArgumentException if it is no port
  public Target {
    Objects.requireNonNull(host, "host");
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port must be 1 to 65535, was " + port);
    }
  }
}
