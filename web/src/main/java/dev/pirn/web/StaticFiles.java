package dev.pirn.web;

import dev.pirn.live.Part;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Serves the folders: what pages follow out of the snapshot in force, so that nobody is ever given
/// half of a file; the rest from the disk.
///
/// **Threading.** On the request's event loop; the disk is looked at on a virtual thread.
final class StaticFiles {
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  private final Vertx vertx;
  private final List<Path> roots;
  private final Supplier<Standing> standing;
  private final @Nullable Pages pages;

  /// @param pages makes documents and modules follow their files; null if they do not
  StaticFiles(Vertx vertx, List<Path> roots, Supplier<Standing> standing, @Nullable Pages pages) {
    this.vertx = vertx;
    this.roots = roots;
    this.standing = standing;
    this.pages = pages;
  }

  /// Answers a request.
  ///
  /// @param otherwise answers it where there is no such file
  void handle(HttpServerRequest request, Runnable otherwise) {
    HttpMethod method = request.method();
    if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
      otherwise.run();
      return;
    }
    String path = Objects.requireNonNullElse(request.path(), "/");
    List<String> names;
    try {
      names = Urls.names(path);
    } catch (IllegalArgumentException e) {
      Problems.refuse(request, 400, Problems.badPath(String.valueOf(e.getMessage())));
      return;
    }
    if (request.uri().indexOf('#') >= 0) {
      Problems.refuse(request, 400, Problems.badPath("must not contain \"#\""));
      return;
    }
    boolean folder = path.endsWith("/");
    String url = Urls.canonical(names) + (folder && !names.isEmpty() ? "/" : "");
    Standing now = standing.get();
    Part<WebFile> part = now.tree().get(folder ? url + "index.html" : url);
    if (part != null && part.value().bytes() != null) {
      serve(request, now, part);
    } else if (!folder && now.tree().get(url + "/index.html") != null) {
      String query = request.query();
      headers(request)
          .setStatusCode(302)
          .putHeader("Location", url + "/" + (query == null ? "" : "?" + query))
          .end();
    } else {
      disk(request, folder ? concat(names, "index.html") : names, otherwise);
    }
  }

  private static List<String> concat(List<String> names, String name) {
    return Stream.concat(names.stream(), Stream.of(name)).toList();
  }

  private void serve(HttpServerRequest request, Standing now, Part<WebFile> part) {
    WebFile file = part.value();
    Buffer bytes = Objects.requireNonNull(file.bytes());
    String tag = "\"" + part.digest() + "\"";
    Pages.Made made = pages == null ? null : pages.made(request, now, part);
    if (made != null) {
      bytes = made.body();
      tag = made.tag();
    }
    HttpServerResponse response = headers(request).putHeader("ETag", tag);
    if (isKnown(request, tag)) {
      response.setStatusCode(304).end();
      return;
    }
    response
        .putHeader("Content-Type", FileKind.mediaType(file.url()))
        .putHeader("Content-Length", String.valueOf(bytes.length()));
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(bytes);
    }
  }

  /// Whether the client has it already, as `If-None-Match` compares (RFC 9110, 13.1.2).
  static boolean isKnown(HttpServerRequest request, String tag) {
    String known = request.getHeader("If-None-Match");
    if (known == null) {
      return false;
    }
    for (String each : known.split(",", -1)) {
      String bare = each.strip();
      if (bare.equals("*") || bare.equals(tag) || bare.equals("W/" + tag)) {
        return true;
      }
    }
    return false;
  }

  private void disk(HttpServerRequest request, List<String> names, Runnable otherwise) {
    Context context = vertx.getOrCreateContext();
    request.pause();
    Thread.ofVirtual()
        .name("pirn-web-disk")
        .start(() -> {
          DiskFile file = DiskFile.find(roots, names);
          context.runOnContext(_ -> {
            request.resume();
            if (file == null) {
              otherwise.run();
            } else {
              send(request, file);
            }
          });
        });
  }

  private static void send(HttpServerRequest request, DiskFile file) {
    HttpServerResponse response =
        headers(request).putHeader("ETag", file.tag()).putHeader("Accept-Ranges", "bytes");
    if (isKnown(request, file.tag())) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader("Content-Type", FileKind.mediaType(file.path().toString()));
    long from = 0;
    long to = file.size() - 1;
    String range = request.getHeader("Range");
    String condition = request.getHeader("If-Range");
    if (range != null && (condition == null || condition.equals(file.tag()))) {
      long[] asked = range(range, file.size());
      if (asked.length == 0) {
        response.setStatusCode(416).putHeader("Content-Range", "bytes */" + file.size()).end();
        return;
      }
      if (asked.length == 2) {
        from = asked[0];
        to = asked[1];
        response
            .setStatusCode(206)
            .putHeader("Content-Range", "bytes %d-%d/%d".formatted(from, to, file.size()));
      }
    }
    long length = to - from + 1;
    response.putHeader("Content-Length", String.valueOf(length));
    if (request.method().equals(HttpMethod.HEAD) || length == 0) {
      response.end();
    } else {
      response
          .sendFile(file.path().toString(), from, length)
          .onFailure(_ -> request.connection().close());
    }
  }

  /// One range, as RFC 9110, 14.1.2 has it.
  ///
  /// @return its first and its last byte; nothing if it cannot be given; one number if the whole is
  ///   to be given instead
  private static long[] range(String text, long size) {
    Matcher matcher = RANGE.matcher(text.strip());
    if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
      return new long[1];
    }
    long from;
    long to = size - 1;
    if (matcher.group(1).isEmpty()) {
      from = Math.max(0, size - Long.parseLong(matcher.group(2)));
    } else {
      from = Long.parseLong(matcher.group(1));
      to = matcher.group(2).isEmpty() ? to : Math.min(to, Long.parseLong(matcher.group(2)));
    }
    return from > to ? new long[0] : new long[] {from, to};
  }

  /// A response with what every file is served with.
  static HttpServerResponse headers(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    response.headers().remove("Referrer-Policy");
    return response
        .putHeader("Cache-Control", "no-cache")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin");
  }
}
