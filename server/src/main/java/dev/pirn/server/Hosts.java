package dev.pirn.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the names and addresses of hosts mean, without asking anybody on the network.
final class Hosts {
  private Hosts() {}

  /// Whether only this machine can reach it.
  static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.equals("localhost") || name.endsWith(".localhost")) {
      return true;
    }
    InetAddress address = literal(name);
    return address != null && address.isLoopbackAddress();
  }

  /// Whether it is an address in figures, which no name server can point elsewhere.
  static boolean isLiteral(String host) {
    return literal(host) != null;
  }

  /// Whether it stands for all addresses of this machine.
  static boolean isEverywhere(String host) {
    InetAddress address = literal(host);
    return address != null && address.isAnyLocalAddress();
  }

  /// A host as it is written in an address, from which this machine reaches it.
  static String inUrl(String host) {
    InetAddress address = literal(host);
    if (address == null) {
      return host;
    }
    if (address.isAnyLocalAddress()) {
      return address instanceof Inet6Address ? "[::1]" : "127.0.0.1";
    }
    return address instanceof Inet6Address && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  private static @Nullable InetAddress literal(String host) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    try {
      return InetAddress.ofLiteral(bare);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
