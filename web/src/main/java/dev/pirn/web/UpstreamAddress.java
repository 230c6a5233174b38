package dev.pirn.web;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where somebody's own server is, and what has to be said differently there: it is to believe that
/// it is asked by its own pages.
final class UpstreamAddress {
  private static final String PASSED_BY = "X-Pirn-Passed-By";
  private static final Pattern ABSOLUTE = Pattern.compile("(?i)(?:(https?):)?//([^/?#]*)(.*)");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");
  private static final int CONNECT_MILLIS = 5_000;
  private static final int MOST_HEADER_BYTES = 64 * 1024;

  private final String id = UUID.randomUUID().toString();
  private final String origin;
  private final boolean secure;
  private final HostAndPort authority;

  /// @param target of which the path means nothing
  UpstreamAddress(URI target) {
    String scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
    String host = target.getHost();
    if (host == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException("not the address of an HTTP server: " + target);
    }
    secure = scheme.equals("https");
    int standardPort = secure ? 443 : 80;
    int port = target.getPort() < 0 ? standardPort : target.getPort();
    authority = HostAndPort.create(host, port);
    origin = scheme + "://" + host + (port == standardPort ? "" : ":" + port);
  }

  /// Such as `http://localhost:3000`.
  String origin() {
    return origin;
  }

  HostAndPort authority() {
    return authority;
  }

  HttpClientOptions options() {
    // The certificates of servers on the same machine are mostly self-made, and nobody is between.
    boolean near = LOOPBACK.contains(host());
    return new HttpClientOptions()
        .setSsl(secure)
        .setTrustAll(near)
        .setVerifyHost(!near)
        .setConnectTimeout(CONNECT_MILLIS)
        .setMaxHeaderSize(MOST_HEADER_BYTES)
        .setMaxInitialLineLength(MOST_HEADER_BYTES);
  }

  private String host() {
    return authority.host().replace("[", "").replace("]", "").toLowerCase(Locale.ROOT);
  }

  /// How to reach it, in the order in which that should be tried: many servers that listen at
  /// `localhost` do so for one version of IP only.
  List<RequestOptions> ways() {
    List<String> hosts = host().equals("localhost") ? List.of("127.0.0.1", "::1") : List.of(host());
    return hosts.stream()
        .map(host ->
            new RequestOptions()
                .setHost(authority.host())
                .setPort(authority.port())
                .setSsl(secure)
                .setServer(SocketAddress.inetSocketAddress(authority.port(), host)))
        .toList();
  }

  /// Whether a request has been passed on here already: the upstream is this server.
  boolean hasPassed(HttpServerRequest request) {
    return id.equals(request.getHeader(PASSED_BY));
  }

  /// Makes the headers of a request those of one to the upstream.
  void toUpstream(HttpServerRequest request, MultiMap headers) {
    removeHopByHop(headers);
    headers.set(PASSED_BY, id);
    String own = own(request);
    if (own != null && own.equalsIgnoreCase(headers.get("Origin"))) {
      headers.set("Origin", origin);
    }
    String before = headers.get("X-Forwarded-For");
    String client = request.remoteAddress().hostAddress();
    headers
        .set("X-Forwarded-For", before == null ? client : before + ", " + client)
        .set("X-Forwarded-Proto", request.isSSL() ? "https" : "http")
        .remove("X-Forwarded-Host");
    String host = request.getHeader("Host");
    if (host != null) {
      headers.set("X-Forwarded-Host", host);
    }
  }

  /// Makes the headers of an answer those of one from here.
  void toClient(HttpServerRequest request, MultiMap headers) {
    removeHopByHop(headers);
    String location = headers.get("Location");
    String own = own(request);
    if (location != null && own != null) {
      headers.set("Location", location(location, own));
    }
  }

  private static @Nullable String own(HttpServerRequest request) {
    String host = request.getHeader("Host");
    return host == null ? null : (request.isSSL() ? "https://" : "http://") + host;
  }

  /// Where a redirect leads, seen from here.
  String location(String location, String own) {
    Matcher absolute = ABSOLUTE.matcher(location);
    if (!absolute.matches()) {
      return location;
    }
    String scheme = absolute.group(1);
    boolean toSecure = scheme == null ? secure : scheme.equalsIgnoreCase("https");
    HostAndPort to = parse(absolute.group(2), toSecure ? 443 : 80);
    boolean upstream =
        to != null
            && toSecure == secure
            && to.port() == authority.port()
            && to.host().equalsIgnoreCase(authority.host());
    return upstream ? own + absolute.group(3) : location;
  }

  private static @Nullable HostAndPort parse(String authority, int standardPort) {
    HostAndPort parsed = HostAndPort.parseAuthority(authority, standardPort);
    return parsed == null || parsed.port() >= 0
        ? parsed
        : HostAndPort.create(parsed.host(), standardPort);
  }

  /// What is meant for one connection only.
  private static void removeHopByHop(MultiMap headers) {
    for (String listed : headers.getAll("Connection")) {
      for (String name : listed.split(",", -1)) {
        headers.remove(name.strip());
      }
    }
    List.of("Connection", "Keep-Alive", "Proxy-Connection", "Expect", "TE", "Trailer", "Upgrade")
        .forEach(headers::remove);
  }
}
