package dev.pirn.cli;

import dev.pirn.live.Diagnostic;
import dev.pirn.server.ServerFile;
import dev.pirn.server.Workspace;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Calls a running server.
///
/// HttpURLConnection and not the JDK's newer client, which takes half a second longer to its first
/// answer in a process that has just been started.
final class Connection {
  private static final String API = "/api/v1";
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

  private final ServerFile server;
  private final Workspace workspace;

  Connection(ServerFile server, Workspace workspace) {
    this.server = server;
    this.workspace = workspace;
  }

  Workspace workspace() {
    return workspace;
  }

  String url() {
    return server.url();
  }

  /// The server's process.
  long pid() {
    return server.pid();
  }

  JsonObject object(String path) {
    return (JsonObject) json("GET", path, Map.of(), null, ANSWER_LIMIT);
  }

  JsonArray array(String path) {
    return (JsonArray) json("GET", path, Map.of(), null, ANSWER_LIMIT);
  }

  /// The events that are kept.
  ///
  /// @param since the number of the last one that is not wanted
  JsonArray events(long since, @Nullable String types) {
    String filter = types == null ? "" : "&type=" + encode(types);
    return array("/events?follow=false&since=" + since + filter);
  }

  /// Sends something that changes the server's state.
  ///
  /// @param headers further headers, such as `If-Match`
  JsonObject send(String method, String path, Map<String, String> headers, byte[] body) {
    return send(method, path, headers, body, ANSWER_LIMIT);
  }

  /// The same, where the answer may take its time.
  JsonObject send(
      String method, String path, Map<String, String> headers, byte[] body, Duration limit) {
    return (JsonObject) json(method, path, headers, body, limit);
  }

  /// Opens a stream of events, which the caller closes.
  ///
  /// @throws IOException if it cannot be had
  InputStream stream(String path, Map<String, String> headers, Duration silence)
      throws IOException {
    HttpURLConnection http = open("GET", path, headers);
    http.setReadTimeout((int) silence.toMillis());
    if (http.getResponseCode() != HttpURLConnection.HTTP_OK) {
      throw refused(http);
    }
    return http.getInputStream();
  }

  /// A value as a part of a path or of a query.
  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Object json(
      String method,
      String path,
      Map<String, String> headers,
      byte @Nullable [] body,
      Duration limit) {
    try {
      HttpURLConnection http = open(method, path, headers);
      http.setReadTimeout((int) limit.toMillis());
      if (body != null) {
        http.setDoOutput(true);
        http.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = http.getOutputStream()) {
          out.write(body);
        }
      }
      if (http.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST) {
        throw refused(http);
      }
      try (InputStream in = http.getInputStream()) {
        return Json.decodeValue(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new Failure(Problems.noAnswer(server.url(), String.valueOf(e.getMessage())));
    }
  }

  private HttpURLConnection open(String method, String path, Map<String, String> headers)
      throws IOException {
    HttpURLConnection http =
        (HttpURLConnection)
            URI.create(server.url() + API + path).toURL().openConnection(Proxy.NO_PROXY);
    http.setRequestMethod(method);
    http.setConnectTimeout((int) CONNECT_LIMIT.toMillis());
    http.setReadTimeout((int) ANSWER_LIMIT.toMillis());
    http.setRequestProperty("Authorization", "Bearer " + server.token());
    headers.forEach(http::setRequestProperty);
    return http;
  }

  /// What the server says is wrong, from its `application/problem+json`.
  private Failure refused(HttpURLConnection http) throws IOException {
    int status = http.getResponseCode();
    try (InputStream in = http.getErrorStream()) {
      String body = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<Diagnostic> diagnostics = new ProblemJson(workspace.root()).diagnostics(body);
      return diagnostics.isEmpty()
          ? new Failure(Problems.serverRefused(server.url(), status))
          : new Failure(diagnostics);
    } catch (DecodeException e) {
      return new Failure(Problems.serverRefused(server.url(), status));
    }
  }
}
