package dev.pirn.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Paths of addresses, in the one form in which the tree has them: as browsers write them.
final class Urls {
  /// What browsers encode in a path, beside control characters and what is not ASCII: the path
  /// percent-encode set of the WHATWG's URL standard, and the percent sign itself.
  private static final String ENCODED = " \"#<>?^`{}%";

  private Urls() {}

  /// The address of a file.
  ///
  /// @param relative the file, relative to its root
  static String of(Path relative) {
    return StreamSupport.stream(relative.spliterator(), false)
        .map(name -> encode(name.toString()))
        .collect(Collectors.joining("/", "/", ""));
  }

  private static String encode(String name) {
    StringBuilder out = new StringBuilder(name.length());
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      if (c <= 0x20 || c >= 0x7f || ENCODED.indexOf(c) >= 0) {
        out.append('%').append("%02X".formatted(c));
      } else {
        out.append((char) c);
      }
    }
    return out.toString();
  }

  /// The names in the path of a request, decoded; without an empty last one.
  ///
  /// @throws IllegalArgumentException if it is not well encoded, or if one of them could mean
  ///   another file than it says
  static List<String> names(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("must begin with a slash");
    }
    List<String> names = Arrays.stream(path.substring(1).split("/", -1)).map(Urls::decode).toList();
    int last = names.size() - 1;
    for (int i = 0; i <= last; i++) {
      if (!(i == last && names.get(i).isEmpty())) {
        check(names.get(i));
      }
    }
    return names.getLast().isEmpty() ? names.subList(0, last) : names;
  }

  private static String decode(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static void check(String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw new IllegalArgumentException("must not contain \"%s\"".formatted(name));
    }
    // Windows reads a colon as another stream of the file, and ~1 as the short form of a long name.
    if (name.chars().anyMatch(c -> c < 0x20 || c == 0x7f || "/\\:".indexOf(c) >= 0)
        || name.matches(".*~[0-9]+.*")
        || name.endsWith(".")
        || name.endsWith(" ")) {
      throw new IllegalArgumentException("must not contain \"%s\"".formatted(name));
    }
  }

  /// The address in the tree of what a request asks for.
  static String canonical(List<String> names) {
    return names.stream().map(Urls::encode).collect(Collectors.joining("/", "/", ""));
  }

  /// What a reference in a file leads to.
  ///
  /// @param from the address of the file
  /// @return null if that is not on this server
  static @Nullable String resolve(String from, String reference) {
    String path = reference.split("[?#]", 2)[0];
    if (path.isEmpty() || path.startsWith("//") || path.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")) {
      return null;
    }
    Deque<String> names = new ArrayDeque<>();
    if (!path.startsWith("/")) {
      names.addAll(List.of(from.substring(1).split("/")));
      names.pollLast();
    }
    for (String name : path.split("/", -1)) {
      if (name.equals("..")) {
        names.pollLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    try {
      return canonical(names.stream().map(Urls::decode).toList());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
