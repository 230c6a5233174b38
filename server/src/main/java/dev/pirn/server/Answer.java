package dev.pirn.server;

import dev.pirn.live.Diagnostic;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a request is answered with.
///
/// @param status the status
/// @param type the media type of the body
/// @param body the body
/// @param headers further headers
record Answer(int status, String type, Buffer body, Map<String, String> headers) {
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";

  static Answer json(JsonObject json) {
    return new Answer(200, JSON, json.toBuffer(), Map.of());
  }

  static Answer json(JsonArray json) {
    return new Answer(200, JSON, json.toBuffer(), Map.of());
  }

  static Answer text(String type, String text) {
    return new Answer(200, type, Buffer.buffer(text), Map.of());
  }

  /// Nothing but a status.
  static Answer empty(int status) {
    return new Answer(status, JSON, Buffer.buffer(), Map.of());
  }

  /// A refusal with its reasons; `code` and `detail` are those of the first.
  static Answer problem(int status, List<Diagnostic> diagnostics, Views views) {
    Diagnostic first = diagnostics.getFirst();
    JsonObject json =
        new JsonObject()
            .put("type", "urn:pirn:error:" + first.code())
            .put("title", title(status))
            .put("status", status)
            .put("code", first.code())
            .put("detail", first.message())
            .put("help", first.help())
            .put("diagnostics", views.diagnostics(diagnostics));
    return new Answer(status, PROBLEM, json.toBuffer(), Map.of());
  }

  /// What a status is called.
  static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 410 -> "Gone";
      case 412 -> "Precondition Failed";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 415 -> "Unsupported Media Type";
      case 422 -> "Unprocessable Content";
      case 426 -> "Upgrade Required";
      case 431 -> "Request Header Fields Too Large";
      case 503 -> "Service Unavailable";
      default -> status < 500 ? "Refused" : "Internal Server Error";
    };
  }

  Answer status(int status) {
    return new Answer(status, type, body, headers);
  }

  Answer header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, type, body, more);
  }

  Answer etag(String digest) {
    return header("ETag", "\"" + digest + "\"");
  }

  /// With an ETag of what it was made of, before a `-`, and of what is shown of that: the same
  /// values with other ones masked are another answer.
  Answer etagOfShown(String digest) {
    return etag(digest + "-" + ofBody());
  }

  /// With an ETag of the body, if it has none yet.
  Answer tagged() {
    return status != 200 || headers.containsKey("ETag") ? this : etag(ofBody());
  }

  private String ofBody() {
    return digest(body.getBytes()).substring(0, 32);
  }

  /// This answer, or that the client has it already.
  ///
  /// @param known the client's `If-None-Match`
  Answer unlessKnown(String known) {
    String etag = headers.get("ETag");
    if (status != 200 || etag == null || !ETags.matchesWeakly(known, etag)) {
      return this;
    }
    return new Answer(304, type, Buffer.buffer(), headers);
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// The body as text.
  @Override
  public String toString() {
    return status + " " + body.toString(StandardCharsets.UTF_8);
  }
}
