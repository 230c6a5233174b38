package dev.pirn.agents;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/// Ports on which nobody listens. Thread-safe.
///
/// They lie below those that systems give to outgoing connections (from 32,768 on Linux, 49,152 by
/// RFC 6335): between the moment in which a port is found free and that in which its process
/// listens, a connection could take it. One after the other, so that two processes that start at
/// the same time do not get the same.
final class Ports {
  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;

  private int next = RandomGenerator.getDefault().nextInt(COUNT);

  /// @throws IOException if none is free
  synchronized int free() throws IOException {
    for (int i = 0; i < COUNT; i++) {
      int port = FIRST + next;
      next = (next + 1) % COUNT;
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("none from %d to %d".formatted(FIRST, FIRST + COUNT - 1));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
