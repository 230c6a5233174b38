package dev.pirn.server;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The page at `/` with its script and its style.
final class PageRoutes {
  static final Map<String, String> FILES =
      Map.of(
          "index.html", "text/html; charset=utf-8",
          "page.js", "text/javascript; charset=utf-8",
          "page.css", "text/css; charset=utf-8");

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  void register(Routes routes) {
    routes.get("/", Set.of(), _ -> file("index.html"));
    routes.get("/page.js", Set.of(), _ -> file("page.js"));
    routes.get("/page.css", Set.of(), _ -> file("page.css"));
  }

  private static Answer file(String name) {
    try (InputStream in = PageRoutes.class.getResourceAsStream("page/" + name)) {
      byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
      String type = Objects.requireNonNull(FILES.get(name), name);
      return new Answer(200, type, Buffer.buffer(bytes), Map.of())
          .header("Content-Security-Policy", POLICY);
    } catch (IOException e) {
      throw new UncheckedIOException("a file of the page cannot be read", e);
    }
  }
}
