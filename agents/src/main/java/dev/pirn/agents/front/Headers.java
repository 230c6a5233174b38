package dev.pirn.agents.front;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What becomes of headers on their way (RFC 9110, 7.6).
final class Headers {
  /// Those that concern one connection only.
  private static final Set<String> OF_ONE_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "transfer-encoding",
          "upgrade");

  /// Those that the front says itself. The body is sent on with its length, whatever it came with;
  /// `100-continue` has been answered; trailers of requests are not passed on.
  private static final Set<String> OURS = Set.of("content-length", "expect", "trailer");

  /// Those that a client cannot have removed by naming them in `Connection`.
  private static final Set<String> KEPT = Set.of("host", "content-length");

  private Headers() {}

  /// The headers for the agent.
  ///
  /// The host is the one that the client named: agents make links and redirects of it, and check it
  /// against foreign web pages, so they must see the address that clients use.
  static MultiMap toAgent(HttpServerRequest request, Body body, String targetAuthority) {
    MultiMap out = MultiMap.caseInsensitiveMultiMap();
    copy(request.headers(), out, OURS);
    String host = hostOf(request);
    out.set("Host", host == null ? targetAuthority : host);
    if (body.length() > 0 || request.headers().contains("content-length")) {
      out.set("Content-Length", String.valueOf(body.length()));
    } else if (request.headers().contains("transfer-encoding")) {
      out.set("Content-Length", "0");
    }
    forwarded(request, out, host);
    return out;
  }

  private static void forwarded(HttpServerRequest request, MultiMap out, @Nullable String host) {
    String client = request.remoteAddress().hostAddress();
    append(out, "X-Forwarded-For", client);
    String node = client.contains(":") ? "\"[" + client + "]\"" : client;
    String forwarded = "for=" + node + ";proto=http";
    if (host != null) {
      forwarded += ";host=\"" + host.replaceAll("[\"\\\\]", "") + "\"";
      if (!out.contains("X-Forwarded-Host")) {
        out.set("X-Forwarded-Host", host);
      }
    }
    append(out, "Forwarded", forwarded);
    if (!out.contains("X-Forwarded-Proto")) {
      out.set("X-Forwarded-Proto", "http");
    }
  }

  private static void append(MultiMap headers, String name, String value) {
    String known = String.join(", ", headers.getAll(name));
    headers.set(name, known.isEmpty() ? value : known + ", " + value);
  }

  /// Puts the headers of a response that are for the client into another.
  static void toClient(MultiMap from, MultiMap to) {
    copy(from, to, Set.of());
  }

  private static void copy(MultiMap from, MultiMap to, Set<String> without) {
    Set<String> named = new HashSet<>();
    for (String value : from.getAll("connection")) {
      for (String name : value.split(",", -1)) {
        named.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    named.removeAll(KEPT);
    for (Map.Entry<String, String> header : from) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!OF_ONE_HOP.contains(name) && !without.contains(name) && !named.contains(name)) {
        to.add(header.getKey(), header.getValue());
      }
    }
  }

  /// The host that a client named: in the target of the request, which comes first, or in its
  /// header.
  static @Nullable String hostOf(HttpServerRequest request) {
    String uri = request.uri();
    int scheme = uri.indexOf("://");
    if (!uri.startsWith("/") && scheme > 0) {
      int from = scheme + 3;
      return uri.substring(from, endOfAuthority(uri, from));
    }
    return request.getHeader("Host");
  }

  /// The target as an agent expects it, without a host.
  static String targetOf(HttpServerRequest request) {
    String uri = request.uri();
    int scheme = uri.indexOf("://");
    if (uri.startsWith("/") || scheme < 0) {
      return uri;
    }
    String rest = uri.substring(endOfAuthority(uri, scheme + 3));
    return rest.startsWith("/") ? rest : "/" + rest;
  }

  private static int endOfAuthority(String uri, int from) {
    for (int i = from; i < uri.length(); i++) {
      if ("/?#".indexOf(uri.charAt(i)) >= 0) {
        return i;
      }
    }
    return uri.length();
  }

  /// Whether a request asks for a WebSocket. No other protocol is switched to.
  static boolean webSocket(HttpServerRequest request) {
    return request.method().name().equals("GET")
        && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
        && String.join(",", request.headers().getAll("Connection"))
            .toLowerCase(Locale.ROOT)
            .contains("upgrade");
  }
}
