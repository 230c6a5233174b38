package dev.pirn.server;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A client that sends exactly what it is told, so that it can be hostile.
final class Http {
  private final URI url;
  private final Map<String, String> headers;
  private final String from;

  /// What came back.
  record Response(int status, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.get(name.toLowerCase(Locale.ROOT));
    }

    JsonObject json() {
      return new JsonObject(body);
    }

    JsonArray array() {
      return new JsonArray(body);
    }

    /// The names in a listing.
    List<String> names() {
      return array().stream().map(it -> ((JsonObject) it).getString("name")).toList();
    }
  }

  private Http(URI url, Map<String, String> headers, String from) {
    this.url = url;
    this.headers = headers;
    this.from = from;
  }

  static Http of(String url) {
    return new Http(URI.create(url), Map.of(), "127.0.0.1");
  }

  static Http of(Server server) {
    return of(server.url());
  }

  Http with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Http(url, more, from);
  }

  /// From another address of this machine.
  Http from(String address) {
    return new Http(url, headers, address);
  }

  Http token(Server server) {
    return with("Authorization", "Bearer " + server.token());
  }

  Response get(String path) {
    return send("GET", path, "");
  }

  Response post(String path) {
    return send("POST", path, "");
  }

  Response post(String path, JsonObject body) {
    return with("Content-Type", "application/json").send("POST", path, body.encode());
  }

  Response yaml(String path, String body) {
    return with("Content-Type", "application/yaml").send("POST", path, body);
  }

  Response send(String method, String path, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Map<String, String> all = new LinkedHashMap<>();
    all.put("Host", url.getAuthority());
    all.put("Connection", "close");
    if (bytes.length > 0 || method.equals("POST")) {
      all.put("Content-Length", String.valueOf(bytes.length));
    }
    all.putAll(headers);
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    all.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("\r\n");
    return raw(head.toString().getBytes(StandardCharsets.UTF_8), bytes);
  }

  /// Sends bytes as they are.
  Response raw(byte[]... parts) {
    try (Socket socket = new Socket(url.getHost(), url.getPort(), InetAddress.getByName(from), 0)) {
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      try {
        for (byte[] part : parts) {
          out.write(part);
        }
        out.flush();
      } catch (IOException e) {
        // The server may have answered and closed already.
      }
      return read(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Response read(InputStream in) throws IOException {
    String status = line(in);
    Map<String, String> headers = headers(in);
    byte[] body;
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (byte[] chunk = chunk(in); chunk.length > 0; chunk = chunk(in)) {
        all.write(chunk);
      }
      body = all.toByteArray();
    } else {
      int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
      body = in.readNBytes(length);
    }
    return new Response(
        Integer.parseInt(status.split(" ")[1]), headers, new String(body, StandardCharsets.UTF_8));
  }

  static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String[] parts = line.split(": *", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
    }
    return headers;
  }

  static byte[] chunk(InputStream in) throws IOException {
    byte[] chunk = in.readNBytes(Integer.parseInt(line(in), 16));
    line(in);
    return chunk;
  }

  static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection was closed");
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  /// Follows the events from now on.
  Events events(String query) {
    Events events = new Events(url, headers, "/api/v1/events" + query);
    events.awaitHello();
    return events;
  }

  /// Follows a stream that begins without a word about itself.
  Events lines(String path) {
    return new Events(url, with("Accept", "text/event-stream").headers, path);
  }

  /// A stream of Server-Sent Events.
  static final class Events implements AutoCloseable {
    private final Socket socket;
    private final Map<String, String> answered;
    private final List<JsonObject> received = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final StringBuilder rest = new StringBuilder();
    private JsonObject hello = new JsonObject();

    Events(URI url, Map<String, String> headers, String path) {
      try {
        socket = new Socket(url.getHost(), url.getPort());
        socket.setSoTimeout(20_000);
        StringBuilder head = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
        head.append("Host: ").append(url.getAuthority()).append("\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        socket
            .getOutputStream()
            .write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        String status = line(socket.getInputStream());
        if (!status.contains(" 200 ")) {
          throw new IOException(status);
        }
        answered = headers(socket.getInputStream());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void awaitHello() {
      try {
        while (hello.isEmpty()) {
          more();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String boot() {
      return answered.get("pirn-boot");
    }

    JsonObject hello() {
      return hello;
    }

    /// Waits for so many events in all.
    List<JsonObject> take(int count) {
      try {
        while (received.size() < count) {
          more();
        }
        return List.copyOf(received);
      } catch (IOException e) {
        throw new UncheckedIOException("after " + received, e);
      }
    }

    /// Waits for an event of a type, and gives it.
    JsonObject await(String type) {
      int from = 0;
      while (true) {
        for (; from < received.size(); from++) {
          if (received.get(from).getString("type").equals(type)) {
            return received.get(from);
          }
        }
        take(from + 1);
      }
    }

    String lastId() {
      return ids.getLast();
    }

    private void more() throws IOException {
      rest.append(new String(chunk(socket.getInputStream()), StandardCharsets.UTF_8));
      for (int end = rest.indexOf("\n\n"); end >= 0; end = rest.indexOf("\n\n")) {
        frame(rest.substring(0, end));
        rest.delete(0, end + 2);
      }
    }

    private void frame(String frame) {
      boolean first = frame.contains("event: hello");
      for (String line : frame.split("\n")) {
        if (line.startsWith("data: ")) {
          JsonObject json = new JsonObject(line.substring(6));
          if (first) {
            hello = json;
          } else {
            received.add(json);
          }
        } else if (line.startsWith("id: ")) {
          ids.add(line.substring(4));
        }
      }
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
