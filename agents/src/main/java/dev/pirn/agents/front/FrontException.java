package dev.pirn.agents.front;

import org.jspecify.annotations.Nullable;

/// A front could not be opened.
public final class FrontException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String host;
  private final int port;
  private final boolean portTaken;

  FrontException(
      String message, String host, int port, boolean portTaken, @Nullable Throwable cause) {
    super(message, cause);
    this.host = host;
    this.port = port;
    this.portTaken = portTaken;
  }

  /// The host that it was to listen on.
  public String host() {
    return host;
  }

  /// The port that it was to listen on.
  public int port() {
    return port;
  }

  /// Whether somebody else listens there.
  public boolean portTaken() {
    return portTaken;
  }
}
