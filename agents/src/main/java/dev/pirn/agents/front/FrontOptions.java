package dev.pirn.agents.front;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/// Where a front listens, and what it takes.
///
/// @param host the address to listen on; `127.0.0.1` by default
/// @param port the port; 0, the default, for any that is free
/// @param readinessPath a path that the front answers itself while requests wait, as it does
///   `/health`; `/health` by default
/// @param holdLimit how long a request may wait for a process in all; 10 s by default
/// @param mostHeld how many requests may wait; 1,000 by default
/// @param mostHeldBytes how large the bodies of the requests that wait may be together; 64 MiB by
///   default
/// @param bodyInMemory what of a body is kept in memory, beyond which it goes to a file; 1 MiB by
///   default
/// @param mostBody the largest body; 64 MiB by default
/// @param connectTimeout how long to wait for a process to accept a connection; 2 s by default
/// @param clientPatience how long a client may send or take nothing when it is its turn; 2 min by
///   default, which is longer than clients keep idle connections
/// @param mostConnections how many connections of clients there may be; 4,000 by default
/// @param spillFolder where bodies go that are too large for the memory; the system's by default
public record FrontOptions(
    String host,
    int port,
    String readinessPath,
    Duration holdLimit,
    int mostHeld,
    long mostHeldBytes,
    int bodyInMemory,
    long mostBody,
    Duration connectTimeout,
    Duration clientPatience,
    int mostConnections,
    Path spillFolder) {
  /// The defaults.
  public static final FrontOptions DEFAULTS =
      new FrontOptions(
          "127.0.0.1",
          0,
          "/health",
          Duration.ofSeconds(10),
          1_000,
          64L << 20,
          1 << 20,
          64L << 20,
          Duration.ofSeconds(2),
          Duration.ofMinutes(2),
          4_000,
          Path.of(System.getProperty("java.io.tmpdir")));

  /// All of them.
  ///
  /// @throws IllegalArgumentException if a limit is not positive, it is no port, or the path does
  ///   not begin with `/`
  public FrontOptions {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(spillFolder, "spillFolder");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535, was " + port);
    }
    if (!readinessPath.startsWith("/")) {
      throw new IllegalArgumentException(
          "readinessPath must begin with \"/\", was \"%s\"".formatted(readinessPath));
    }
    positive("holdLimit", holdLimit);
    positive("connectTimeout", connectTimeout);
    positive("clientPatience", clientPatience);
    positive("mostHeld", mostHeld);
    positive("mostHeldBytes", mostHeldBytes);
    positive("bodyInMemory", bodyInMemory);
    positive("mostBody", mostBody);
    positive("mostConnections", mostConnections);
  }

  private static void positive(String name, Duration value) {
    if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("%s must be 1 ms to a day, was %s".formatted(name, value));
    }
  }

  private static void positive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be positive, was %d".formatted(name, value));
    }
  }

  /// The same on another address.
  public FrontOptions listenOn(String newHost, int newPort) {
    return new FrontOptions(
        newHost,
        newPort,
        readinessPath,
        holdLimit,
        mostHeld,
        mostHeldBytes,
        bodyInMemory,
        mostBody,
        connectTimeout,
        clientPatience,
        mostConnections,
        spillFolder);
  }

  /// The same with another path that tells whether the agent is ready.
  public FrontOptions readiness(String path) {
    return new FrontOptions(
        host,
        port,
        path,
        holdLimit,
        mostHeld,
        mostHeldBytes,
        bodyInMemory,
        mostBody,
        connectTimeout,
        clientPatience,
        mostConnections,
        spillFolder);
  }

  /// The same with other limits for requests that wait.
  public FrontOptions holding(Duration limit, int most, long mostBytes) {
    return new FrontOptions(
        host,
        port,
        readinessPath,
        limit,
        most,
        mostBytes,
        bodyInMemory,
        mostBody,
        connectTimeout,
        clientPatience,
        mostConnections,
        spillFolder);
  }

  /// The same with other limits for bodies.
  public FrontOptions bodies(int inMemory, long most, Path folder) {
    return new FrontOptions(
        host,
        port,
        readinessPath,
        holdLimit,
        mostHeld,
        mostHeldBytes,
        inMemory,
        most,
        connectTimeout,
        clientPatience,
        mostConnections,
        folder);
  }

  /// The same with other limits for clients.
  public FrontOptions clients(Duration patience, int most) {
    return new FrontOptions(
        host,
        port,
        readinessPath,
        holdLimit,
        mostHeld,
        mostHeldBytes,
        bodyInMemory,
        mostBody,
        connectTimeout,
        patience,
        most,
        spillFolder);
  }
}
