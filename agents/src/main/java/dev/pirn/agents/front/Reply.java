package dev.pirn.agents.front;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Writes what the front answers itself.
final class Reply {
  /// The first of the codes that JSON-RPC leaves to servers.
  private static final int UNAVAILABLE = -32_000;

  private Reply() {}

  /// That the agent is being replaced and requests will be answered. 200: a balancer that took this
  /// agent out, or a script that waits for 200, would be kept from an address that does answer.
  static void restarting(HttpServerResponse response) {
    response
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(new JsonObject().put("status", "restarting").toBuffer());
  }

  /// Refuses a request, as `application/problem+json`.
  static void problem(HttpServerResponse response, Refusal refusal) {
    retryAfter(response, refusal);
    response
        .setStatusCode(refusal.status())
        .putHeader("Content-Type", "application/problem+json")
        .putHeader("Cache-Control", "no-store")
        .end(
            new JsonObject()
                .put("type", "urn:pirn:front:" + refusal.kind())
                .put("title", refusal.title())
                .put("status", refusal.status())
                .put("detail", refusal.detail())
                .toBuffer());
  }

  /// Answers a call by JSON-RPC with an error, so that the caller knows which call has failed. With
  /// 200: clients of JSON-RPC look at a body with no other status, and some wait for ever.
  ///
  /// @return false if the body is no such call
  static boolean jsonRpc(HttpServerResponse response, @Nullable Buffer body, Refusal refusal) {
    Object error = body == null ? null : error(body, refusal);
    if (error == null) {
      return false;
    }
    retryAfter(response, refusal);
    response
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(Json.encode(error));
    return true;
  }

  private static @Nullable Object error(Buffer body, Refusal refusal) {
    if (body.length() == 0 || (body.getByte(0) != '{' && body.getByte(0) != '[')) {
      return null;
    }
    try {
      return switch (Json.decodeValue(body)) {
        case JsonObject call -> error(call, refusal);
        case JsonArray calls -> {
          JsonArray errors = new JsonArray();
          for (Object call : calls) {
            JsonObject error = call instanceof JsonObject one ? error(one, refusal) : null;
            if (error != null) {
              errors.add(error);
            }
          }
          yield errors.isEmpty() ? null : errors;
        }
        default -> null;
      };
    } catch (DecodeException _) {
      return null;
    }
  }

  private static @Nullable JsonObject error(JsonObject call, Refusal refusal) {
    Object id = call.getValue("id");
    if (!"2.0".equals(call.getValue("jsonrpc"))
        || !(id instanceof String || id instanceof Number)) {
      return null;
    }
    JsonObject data = new JsonObject().put("type", "urn:pirn:front:" + refusal.kind());
    if (refusal.retryAfter() != null) {
      data.put("retryAfterSeconds", seconds(refusal.retryAfter()));
    }
    return new JsonObject()
        .put("jsonrpc", "2.0")
        .put("id", id)
        .put(
            "error",
            new JsonObject()
                .put("code", UNAVAILABLE)
                .put("message", refusal.detail())
                .put("data", data));
  }

  private static void retryAfter(HttpServerResponse response, Refusal refusal) {
    if (refusal.retryAfter() != null) {
      response.putHeader("Retry-After", String.valueOf(seconds(refusal.retryAfter())));
    }
  }

  private static long seconds(Duration duration) {
    return Math.max(1, duration.plusMillis(999).toSeconds());
  }
}
