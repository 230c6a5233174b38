package dev.pirn.web;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Rendering;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;

/// The words of every problem of the pages, and how they are told.
final class Problems {
  private Problems() {}

  static Diagnostic foreignPage(String origin) {
    return error(Code.FOREIGN_PAGE, "pages of \"%s\" may not follow these files".formatted(origin))
        .help("if they are yours, name it under \"web.origins\" in pirn.yaml");
  }

  static Diagnostic notASocket() {
    return error(Code.NOT_A_SOCKET, "this is for WebSockets only")
        .help("connect with a WebSocket, or ask /api/v1/hotreload/status");
  }

  static Diagnostic tooMany(int most) {
    return error(Code.TOO_MANY, "%,d pages are connected, and no more are taken".formatted(most))
        .inForce("those that are connected follow on")
        .help("close some of them; this one tries again by itself");
  }

  static Diagnostic badPath(String reason) {
    return error(Code.BAD_PATH, "the path " + reason)
        .help("write the address as a browser does, without \"..\" and encoded slashes");
  }

  static Diagnostic notKept() {
    return error(Code.NOT_KEPT, "this document is not kept any more").help("load the page anew");
  }

  static Diagnostic nothingThere(String path) {
    return error(Code.NOTHING_THERE, "there is nothing at %s".formatted(path))
        .inForce("this page follows: it shows the file as soon as it is there")
        .help("write the file, or mend the address");
  }

  private static Diagnostic error(Code code, String message) {
    return Diagnostic.error(code.id(), null, message);
  }

  /// Refuses a request.
  static void refuse(HttpServerRequest request, int status, Diagnostic problem) {
    JsonObject json =
        new JsonObject()
            .put("type", "urn:pirn:error:" + problem.code())
            .put("title", status == 400 ? "Bad Request" : status == 404 ? "Not Found" : "Refused")
            .put("status", status)
            .put("code", problem.code())
            .put("detail", problem.message())
            .put("help", problem.help());
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .end(json.toBuffer());
  }

  /// What is wrong, as the plan protocol has it.
  ///
  /// @param base what files are named relative to
  static String message(List<Diagnostic> problems, Path base) {
    Rendering rendering = Rendering.plain().relativeTo(base);
    JsonArray items = new JsonArray();
    for (Diagnostic problem : problems) {
      items.add(
          new JsonObject()
              .put("code", problem.code())
              .put("title", problem.message())
              .put("text", rendering.render(problem)));
    }
    return new JsonObject().put("t", "problems").put("items", items).encode();
  }
}
