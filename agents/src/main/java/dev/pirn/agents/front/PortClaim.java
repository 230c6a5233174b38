package dev.pirn.agents.front;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Sees to it that nobody else in this process listens on a port.
///
/// Vert.x lets several servers of one instance share a port and hands connections out among them,
/// so that two agents with the same port would get each other's requests and nobody would be told.
final class PortClaim implements AutoCloseable {
  private final Vertx vertx;
  private final String key;
  private final int port;

  PortClaim(Vertx vertx, String host, int port) throws IOException {
    this.vertx = vertx;
    this.port = port;
    this.key = host + ":" + port;
    if (port == 0) {
      return;
    }
    if (claims().putIfAbsent(key, true) != null) {
      throw new BindException("Address already in use");
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private io.vertx.core.shareddata.LocalMap<String, Boolean> claims() {
    return vertx.sharedData().getLocalMap("dev.pirn.agents.ports");
  }

  @Override
  public void close() {
    if (port != 0) {
      claims().remove(key);
    }
  }
}
