package dev.pirn.server;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The dashboard at `/dashboard`, and at `/` where the workspace has no page of its own there.
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
    routes.get("/dashboard", Set.of(), _ -> dashboard());
    routes.get("/dashboard/page.js", Set.of(), _ -> file("page.js"));
    routes.get("/dashboard/page.css", Set.of(), _ -> file("page.css"));
  }

  /// Answers what is at no address: there is always something at the first one.
  static void otherwise(RoutingContext ctx, Routes routes) {
    HttpMethod method = ctx.request().method();
    boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    if (reads && "/".equals(ctx.request().path()) && !routes.isForPagesOnly(ctx)) {
      routes.later(ctx, PageRoutes::dashboard);
    } else {
      routes.nothing(ctx);
    }
  }

  private static Answer dashboard() {
    return file("index.html");
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
