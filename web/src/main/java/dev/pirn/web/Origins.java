package dev.pirn.web;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/// Which pages may follow the files.
final class Origins {
  private final List<String> others;

  /// @param others the origins of other servers whose pages may, too
  Origins(List<String> others) {
    this.others = List.copyOf(others);
  }

  /// Whether a request comes from a page that may, or from no page.
  ///
  /// Browsers send the origin with every WebSocket and with every request to another origin that
  /// may be read there; for all others they tell the site.
  boolean allowed(HttpServerRequest request) {
    List<String> origins = request.headers().getAll("Origin");
    if (origins.isEmpty()) {
      String site = request.getHeader("Sec-Fetch-Site");
      return site == null || site.equals("same-origin") || site.equals("none");
    }
    return origins.size() == 1 && (isOwn(request, origins.getFirst()) || isOther(request));
  }

  private static boolean isOwn(HttpServerRequest request, String origin) {
    String own = (request.isSSL() ? "https://" : "http://") + request.getHeader("Host");
    return origin.equalsIgnoreCase(own);
  }

  /// Whether a request comes from a page of one of the other servers.
  boolean isOther(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    return origin != null && others.stream().anyMatch(origin::equalsIgnoreCase);
  }
}
