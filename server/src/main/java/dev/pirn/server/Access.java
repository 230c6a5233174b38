package dev.pirn.server;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Decides whether a request is let in, before anything else looks at it.
///
/// The host that it names must be one of the server's, so that no name server can point a page of
/// its own at this one. A browser tells the origin of a page, which must be the server's own.
/// Whatever changes something needs the token, unless it comes from the server's own page; from
/// other machines everything does, but for the pages on a device that was let in.
final class Access {
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]|[^:\\s/@]+)(:[0-9]{1,5})?");
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  /// What browsers call pages that are not this server's; another port is another server.
  private static final Set<String> FOREIGN_SITES = Set.of("cross-site", "same-site");

  private final byte[] token;
  private final Supplier<List<String>> names;
  private final Predicate<HttpServerRequest> forOthers;
  private final Predicate<HttpServerRequest> letIn;
  private final Predicate<String> here;

  /// @param names by which the server may be called, beside those of this machine
  /// @param forOthers whether a request is one that pages of other servers may make
  /// @param letIn whether a request comes from a device that was let in, or wants to be
  /// @param here whether an address is one of this machine
  Access(
      String token,
      Supplier<List<String>> names,
      Predicate<HttpServerRequest> forOthers,
      Predicate<HttpServerRequest> letIn,
      Predicate<String> here) {
    this.token = token.getBytes(StandardCharsets.UTF_8);
    this.names = names;
    this.forOthers = forOthers;
    this.letIn = letIn;
    this.here = here;
  }

  /// @throws Refused if the request is not let in
  void check(HttpServerRequest request) {
    checkPath(request);
    checkHost(request);
    boolean ownPage = !forOthers.test(request) && checkOrigin(request);
    if (hasToken(request)) {
      return;
    }
    if (!isFromHere(request) && !letIn.test(request)) {
      throw new Refused(401, Problems.notLetIn());
    }
    if (!ownPage && !SAFE.contains(request.method())) {
      throw new Refused(401, Problems.noToken());
    }
  }

  /// Whether a request that was let in may ask for pages only.
  boolean isForPagesOnly(HttpServerRequest request) {
    return !isFromHere(request) && !hasToken(request);
  }

  private boolean isFromHere(HttpServerRequest request) {
    SocketAddress peer = request.remoteAddress();
    return peer != null && here.test(peer.hostAddress());
  }

  private static void checkPath(HttpServerRequest request) {
    String uri = request.uri();
    String path = uri.split("\\?", 2)[0];
    if (!path.startsWith("/")) {
      throw badPath("must begin with a slash");
    }
    String lower = path.toLowerCase(Locale.ROOT);
    for (String forbidden : List.of("%2f", "%5c", "%00", "\\", "//", "#", ";")) {
      if (lower.contains(forbidden)) {
        throw badPath("must not contain \"%s\"".formatted(forbidden));
      }
    }
    for (String part : path.split("/", -1)) {
      String name = decoded(part);
      if (name.equals(".") || name.equals("..")) {
        throw badPath("must not contain \"%s\"".formatted(name));
      }
      if (name.chars().anyMatch(Character::isISOControl)) {
        throw badPath("must not contain control characters");
      }
    }
  }

  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw badPath("is not well encoded");
    }
  }

  private static Refused badPath(String reason) {
    return new Refused(400, Problems.badPath(reason));
  }

  private void checkHost(HttpServerRequest request) {
    List<String> hosts = request.headers().getAll("Host");
    String host = hosts.size() == 1 ? hosts.getFirst() : "";
    Matcher matcher = HOST.matcher(host);
    if (!matcher.matches() || !isOwn(matcher.group(1))) {
      throw new Refused(403, Problems.foreignHost(String.join(", ", hosts)));
    }
  }

  private boolean isOwn(String name) {
    return Hosts.isLoopback(name)
        || Hosts.isLiteral(name)
        || names.get().stream().anyMatch(name::equalsIgnoreCase);
  }

  /// Whether a browser says that the request comes from a page of this server.
  private static boolean checkOrigin(HttpServerRequest request) {
    List<String> origins = request.headers().getAll("Origin");
    String own = "http://" + request.getHeader("Host");
    if (!origins.isEmpty() && !(origins.size() == 1 && origins.getFirst().equalsIgnoreCase(own))) {
      throw new Refused(403, Problems.foreignOrigin(String.join(", ", origins)));
    }
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null && FOREIGN_SITES.contains(site) && !isNavigation(request)) {
      throw new Refused(403, Problems.foreignOrigin(site));
    }
    return !origins.isEmpty();
  }

  /// Somebody follows a link to this server, which tells the page with the link nothing.
  private static boolean isNavigation(HttpServerRequest request) {
    return request.method().equals(HttpMethod.GET)
        && "navigate".equals(request.getHeader("Sec-Fetch-Mode"));
  }

  private boolean hasToken(HttpServerRequest request) {
    String given = given(request);
    // Takes the same time however much of it is right.
    return given != null && MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable String given(HttpServerRequest request) {
    String bearer = request.getHeader("Authorization");
    if (bearer != null && bearer.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return bearer.substring(7).strip();
    }
    return request.getHeader("X-Pirn-Token");
  }
}
