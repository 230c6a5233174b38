package dev.pirn.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Knows which settings are secrets, and keeps them out of texts. Immutable.
final class Secrets {
  /// What is shown in place of a secret.
  static final String MASK = "***";

  /// The names of secrets unless more are given; case does not count.
  static final List<String> DEFAULTS = List.of("*_KEY", "*TOKEN*", "*SECRET*", "*PASSWORD*");

  /// Shorter ones are only masked where they stand alone: they are parts of ordinary words.
  private static final int LONG_ENOUGH = 4;

  /// Patterns of keys, in capitals and without their stars: what stands between these.
  private final List<List<String>> names;

  private final List<List<String>> exceptions;

  private Secrets(List<String> names, List<String> exceptions) {
    this.names = names.stream().map(Secrets::between).toList();
    this.exceptions = exceptions.stream().map(Secrets::between).toList();
  }

  /// @param more patterns beside the defaults; `*` stands for anything, and a `!` before it makes
  ///   an exception
  static Secrets of(Collection<String> more) {
    List<String> names = new ArrayList<>(DEFAULTS);
    List<String> exceptions = new ArrayList<>();
    for (String pattern : more) {
      if (pattern.startsWith("!")) {
        exceptions.add(pattern.substring(1));
      } else {
        names.add(pattern);
      }
    }
    return new Secrets(names, exceptions);
  }

  private static List<String> between(String pattern) {
    return List.of(upper(pattern).split("\\*", -1));
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  /// Asked for every key of every reload, so without regular expressions.
  boolean name(String key) {
    String upper = upper(key);
    return anyMatches(names, upper) && !anyMatches(exceptions, upper);
  }

  private static boolean anyMatches(List<List<String>> patterns, String key) {
    for (List<String> pattern : patterns) {
      if (matches(pattern, key)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(List<String> pattern, String key) {
    String first = pattern.getFirst();
    String last = pattern.getLast();
    if (pattern.size() == 1) {
      return key.equals(first);
    }
    int from = first.length();
    int to = key.length() - last.length();
    if (from > to || !key.startsWith(first) || !key.endsWith(last)) {
      return false;
    }
    for (String middle : pattern.subList(1, pattern.size() - 1)) {
      int found = key.indexOf(middle, from);
      if (found < 0 || found + middle.length() > to) {
        return false;
      }
      from = found + middle.length();
    }
    return true;
  }

  /// Whether it has an address with a password in it, `://name:password@`: that is a secret,
  /// whatever the setting is called.
  boolean value(String value) {
    for (int at = value.indexOf("://"); at >= 0; at = value.indexOf("://", at + 1)) {
      int begin = at + 3;
      int end = begin;
      while (end < value.length() && isOfUser(value.charAt(end))) {
        end++;
      }
      int colon = value.indexOf(':', begin, end);
      if (end < value.length() && value.charAt(end) == '@' && colon >= 0 && colon < end - 1) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfUser(char c) {
    return c != '/' && c != '@' && c != ' ' && (c < '\t' || c > '\r');
  }

  /// A text in which no secret of these values stands.
  static String scrub(String text, Values values) {
    String clean = text;
    for (String secret : values.secrets()) {
      clean = scrub(clean, secret);
    }
    return clean;
  }

  private static String scrub(String text, String secret) {
    if (secret.length() >= LONG_ENOUGH) {
      return text.replace(secret, MASK);
    }
    return secret.isBlank() || !text.contains(secret)
        ? text
        : text.replaceAll("(?<!\\w)" + Pattern.quote(secret) + "(?!\\w)", MASK);
  }

  /// An enum's or unit's name without what does not count.
  static String plain(String text) {
    return text.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }
}
