package dev.pirn.web;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Rendering;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.json.JsonObject;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;

/// What is said in place of an upstream that says nothing.
final class UpstreamProblems {
  static final int STATUS = 502;
  static final String TITLE = "Bad Gateway";

  private UpstreamProblems() {}

  static Diagnostic noAnswer(String origin, Throwable cause) {
    return Diagnostic.error(
            Code.NO_ANSWER.id(), null, "%s does not answer: %s".formatted(origin, reason(cause)))
        .inForce("open pages stay as they are; this one loads itself when there is an answer")
        .help("start that server, or name another one under \"web.proxy\" in pirn.yaml");
  }

  static Diagnostic loop(String origin) {
    return Diagnostic.error(
            Code.LOOP.id(),
            null,
            "\"web.proxy\" leads back here: %s is this server".formatted(origin))
        .inForce("no page is shown")
        .help("name the address of your own server, or remove the key");
  }

  private static String reason(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return switch (cause) {
      case ConnectException _ ->
          message.toLowerCase(Locale.ROOT).contains("timed out")
              ? "it cannot be reached"
              : "nothing listens there";
      case UnknownHostException _ -> "there is no host of this name";
      case HttpClosedException _ -> "it closed the connection";
      default -> message;
    };
  }

  static Buffer page(Diagnostic problem) {
    return Buffer.buffer(
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="refresh" content="1">
        <title>%d %s</title>
        <style>
        :root { color-scheme: light dark }
        pre { margin: 3em auto; max-width: 100ch; font: 15px/1.6 monospace; white-space: pre-wrap }
        .error { color: #d22; font-weight: bold }
        </style>
        </head>
        <body>
        <pre>%s</pre>
        </body>
        </html>
        """
            .formatted(STATUS, TITLE, Rendering.html().render(problem)));
  }

  static Buffer json(Diagnostic problem) {
    return new JsonObject()
        .put("type", "urn:pirn:error:" + problem.code())
        .put("title", TITLE)
        .put("status", STATUS)
        .put("code", problem.code())
        .put("detail", problem.message())
        .put("help", problem.help())
        .toBuffer();
  }
}
