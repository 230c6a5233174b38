package dev.pirn.agents.front;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A client that sends exactly what it is told, on one connection.
public final class Wire implements AutoCloseable {
  final Socket socket;
  final InputStream in;

  /// What came back.
  public record Answer(
      int status, Map<String, String> headers, String body, Map<String, String> trailers) {
    String header(String name) {
      return headers.get(name.toLowerCase(Locale.ROOT));
    }
  }

  public Wire(int port) throws IOException {
    this(port, 0);
  }

  Wire(int port, int receiveBuffer) throws IOException {
    socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.connect(new java.net.InetSocketAddress("127.0.0.1", port));
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(30_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  static Answer get(int port, String path) throws IOException {
    try (Wire wire = new Wire(port)) {
      return wire.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").answer();
    }
  }

  static Answer post(int port, String path, String body) throws IOException {
    try (Wire wire = new Wire(port)) {
      return wire.sendPost(path, body).answer();
    }
  }

  public Wire sendPost(String path, String body) throws IOException {
    return send(
        "POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(path, body.length(), body));
  }

  public Wire send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  Wire send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  public Answer answer() throws IOException {
    return answer(true);
  }

  Answer head() throws IOException {
    String status = line(in);
    if (status == null) {
      throw new EOFException("the connection was closed");
    }
    return new Answer(Integer.parseInt(status.split(" ")[1]), headers(in), "", Map.of());
  }

  Answer answer(boolean hasBody) throws IOException {
    Answer head = head();
    if (!hasBody) {
      return head;
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    Map<String, String> trailers = Map.of();
    if ("chunked".equals(head.header("Transfer-Encoding"))) {
      for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
        body.write(chunk);
      }
      trailers = headers(in);
    } else if (head.header("Content-Length") != null) {
      int length = Integer.parseInt(head.header("Content-Length"));
      byte[] bytes = in.readNBytes(length);
      if (bytes.length < length) {
        throw new EOFException("the answer was cut off after %d bytes".formatted(bytes.length));
      }
      body.write(bytes);
    } else {
      body.write(in.readAllBytes());
    }
    return new Answer(
        head.status(), head.headers(), body.toString(StandardCharsets.UTF_8), trailers);
  }

  /// The next chunk; the last one is empty, and trailers follow.
  byte[] chunk() throws IOException {
    String size = line(in);
    if (size == null) {
      throw new EOFException("the answer was cut off");
    }
    int length = Integer.parseInt(size, 16);
    if (length == 0) {
      return new byte[0];
    }
    byte[] chunk = in.readNBytes(length);
    line(in);
    return chunk;
  }

  /// Whether the other end closes the connection.
  boolean closed() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketException _) {
      return true;
    }
  }

  static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      String[] parts = line.split(": *", 2);
      headers.merge(parts[0].toLowerCase(Locale.ROOT), parts[1], (a, b) -> a + ", " + b);
    }
    return headers;
  }

  /// A line without its end, or null at the end of all.
  static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return null;
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
