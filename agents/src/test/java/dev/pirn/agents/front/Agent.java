package dev.pirn.agents.front;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A server on bare sockets that does what it is told with each request, and dies rudely.
final class Agent implements AutoCloseable {
  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger requests = new AtomicInteger();
  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Script script;

  /// What to do with a request.
  interface Script {
    void answer(Request request, Line line) throws IOException;
  }

  /// A request as it came.
  record Request(String method, String target, Map<String, String> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  Agent(Script script) {
    this(script, 0);
  }

  Agent(Script script, int port) {
    this.script = script;
    try {
      server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_024);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("agent-accept").start(this::accept);
  }

  /// Answers everything with a text.
  static Agent saying(String text) {
    return new Agent((_, line) -> line.ok(text));
  }

  int port() {
    return server.getLocalPort();
  }

  Target as(long generation) {
    return new Target(generation, "127.0.0.1", port());
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        sockets.add(socket);
        connections.incrementAndGet();
        Thread.ofVirtual().name("agent-connection").start(() -> serve(socket));
      }
    } catch (IOException _) {
      // It was closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      Line line = new Line(socket);
      while (true) {
        Request request = line.request();
        if (request == null) {
          return;
        }
        requests.incrementAndGet();
        script.answer(request, line);
        if (line.over || "close".equals(request.headers().get("connection"))) {
          return;
        }
      }
    } catch (IOException _) {
      // The other end is gone.
    } finally {
      sockets.remove(socket);
    }
  }

  /// Dies as a process does that is killed: without a word on any connection.
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (Socket socket : sockets) {
      try {
        reset(socket);
      } catch (IOException _) {
        // It was closed already.
      }
    }
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /// A connection of the agent.
  static final class Line {
    private final Socket socket;
    final InputStream in;
    final OutputStream out;
    private boolean over;

    Line(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
      this.out = new BufferedOutputStream(socket.getOutputStream());
    }

    private Request request() throws IOException {
      String first = Wire.line(in);
      if (first == null) {
        return null;
      }
      String[] parts = first.split(" ");
      Map<String, String> headers = Wire.headers(in);
      if (headers.containsKey("transfer-encoding")) {
        throw new IOException("the front promises never to send chunks");
      }
      byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
      return new Request(parts[0], parts[1], headers, body);
    }

    void ok(String body) throws IOException {
      raw("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", body.length(), body);
    }

    void raw(String format, Object... arguments) throws IOException {
      out.write(format.formatted(arguments).getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    /// Closes the connection when the script ends.
    void close() {
      over = true;
    }

    /// Breaks the connection at once.
    void breakOff() throws IOException {
      over = true;
      reset(socket);
    }
  }
}
