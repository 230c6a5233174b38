package dev.pirn.agents.state;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a request is answered with.
record StateReply(int status, Map<String, String> headers, Buffer body) {
  private static StateReply of(int status, String type, Buffer body) {
    return new StateReply(status, Map.of("Content-Type", type), body);
  }

  static StateReply json(JsonObject json) {
    return of(200, "application/json", json.toBuffer());
  }

  static StateReply value(Buffer bytes, String etag) {
    return of(200, "application/octet-stream", bytes).etag(etag);
  }

  static StateReply empty(int status, @Nullable String etag) {
    return new StateReply(status, Map.of(), Buffer.buffer()).etag(etag);
  }

  static StateReply problem(int status, String detail) {
    JsonObject json =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", title(status))
            .put("status", status)
            .put("detail", detail);
    return of(status, "application/problem+json", json.toBuffer());
  }

  static StateReply notAllowed(String allowed) {
    return problem(405, "this can be asked with %s only".formatted(allowed)).with("Allow", allowed);
  }

  /// That a condition did not hold.
  ///
  /// @param etag of the present value; null if there is none, empty if it cannot be read
  static StateReply notHeld(@Nullable String etag) {
    return problem(
            412,
            etag == null
                ? "the condition does not hold: nothing is kept under this key"
                : "the condition does not hold: another value is kept under this key")
        .etag(etag);
  }

  static StateReply of(StateException e) {
    int status =
        switch (e.kind()) {
          case BAD_KEY -> 400;
          case TOO_LARGE -> 413;
          case FULL -> 409;
          case DAMAGED, BROKEN -> 500;
        };
    return problem(status, String.valueOf(e.getMessage()));
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 409 -> "Conflict";
      case 412 -> "Precondition Failed";
      case 413 -> "Content Too Large";
      case 503 -> "Service Unavailable";
      default -> "Internal Server Error";
    };
  }

  private StateReply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new StateReply(status, more, body);
  }

  private StateReply etag(@Nullable String etag) {
    return etag == null || etag.isEmpty() ? this : with("ETag", "\"" + etag + "\"");
  }

  /// The same, saying that the connection is closed then.
  StateReply close() {
    return with("Connection", "close");
  }

  void write(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended()) {
      return;
    }
    response.setStatusCode(status);
    response.putHeader("Cache-Control", "no-cache").putHeader("X-Content-Type-Options", "nosniff");
    headers.forEach(response::putHeader);
    if (request.method().name().equals("HEAD")) {
      response.putHeader("Content-Length", String.valueOf(body.length()));
      response.end();
    } else {
      response.end(body);
    }
  }
}
