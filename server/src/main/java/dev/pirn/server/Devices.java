package dev.pirn.server;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Other machines that may look at the pages and at nothing else, such as a telephone.
///
/// Who opens one of the links has the pass from then on, in a cookie. The pass is kept in
/// `.pirn/pass`, so that a server that is started anew knows the devices of the one before; whoever
/// deletes that file while no server runs shuts them out.
///
/// **Threading.** Any thread.
final class Devices {
  /// Where a link leads; where it leads on is `/`.
  static final String ENTRANCE = "/@hotreload/enter";

  /// The file of [StateFolder] that holds the pass.
  static final String FILE = "pass";

  private static final String PARAMETER = "pass";
  private static final Duration REMEMBERED = Duration.ofDays(30);

  private final String pass;

  /// @param pass what a device has to show
  Devices(String pass) {
    this.pass = pass;
  }

  /// Whether a request comes from a device that was let in.
  boolean knows(HttpServerRequest request) {
    Cookie cookie = request.getCookie(cookieName(request));
    return cookie != null && isPass(cookie.getValue());
  }

  /// Lets a device in.
  ///
  /// @throws Refused if it has not the pass
  void enter(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    if (!isPass(Queries.read(ctx, Set.of(PARAMETER)).get(PARAMETER))) {
      throw new Refused(401, Problems.oldLink());
    }
    Cookie cookie =
        Cookie.cookie(cookieName(request), pass)
            .setPath("/")
            .setHttpOnly(true)
            // With Strict, who taps the link in another page would have to do it twice.
            .setSameSite(CookieSameSite.LAX)
            .setMaxAge(REMEMBERED.toSeconds());
    request
        .response()
        .addCookie(cookie)
        .setStatusCode(303)
        .putHeader("Location", "/")
        .putHeader("Cache-Control", "no-store")
        .end();
  }

  /// Browsers tell a cookie to all servers of a machine: each port has its own.
  private static String cookieName(HttpServerRequest request) {
    return "pirn-" + request.localAddress().port();
  }

  private boolean isPass(@Nullable String given) {
    // Takes the same time however much of it is right.
    return given != null
        && MessageDigest.isEqual(
            pass.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  /// The links that let a device in, the likeliest first; none where no other machine can reach the
  /// server.
  ///
  /// @param host where the server listens
  List<String> links(String host, int port) {
    return hosts(host).stream()
        .map(it -> "http://%s:%d%s?%s=%s".formatted(it, port, ENTRANCE, PARAMETER, pass))
        .toList();
  }

  private static List<String> hosts(String host) {
    if (Hosts.isLoopback(host)) {
      return List.of();
    }
    if (!Hosts.isEverywhere(host)) {
      return List.of(Hosts.inUrl(host));
    }
    List<InetAddress> all = addresses();
    List<InetAddress> v4 = all.stream().filter(Inet4Address.class::isInstance).toList();
    return (v4.isEmpty() ? all : v4).stream().map(it -> Hosts.inUrl(it.getHostAddress())).toList();
  }

  private static List<InetAddress> addresses() {
    List<InetAddress> addresses = new ArrayList<>();
    try {
      // Those of containers and virtual machines come later than those of cards.
      NetworkInterface.networkInterfaces()
          .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
          .flatMap(NetworkInterface::inetAddresses)
          .filter(it -> !it.isLoopbackAddress() && !it.isLinkLocalAddress())
          .forEach(addresses::add);
    } catch (SocketException e) {
      // A machine without a network has no others.
    }
    return addresses;
  }
}
