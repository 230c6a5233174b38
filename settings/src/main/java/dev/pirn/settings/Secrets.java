package dev.pirn.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Knows which settings are secrets, and keeps them out of texts. Immutable.
final class Secrets {
  /// What is shown in place of a secret.
  static final String MASK = "***";

  /// The names of secrets unless more are given; case does not count.
  static final List<String> DEFAULTS = List.of("*_KEY", "*TOKEN*", "*SECRET*", "*PASSWORD*");

  /// A password in an address is one, whatever the setting is called.
  private static final Pattern ADDRESS = Pattern.compile("://[^/\\s@]*:[^/\\s@]+@");

  /// Shorter ones are only masked where they stand alone: they are parts of ordinary words.
  private static final int LONG_ENOUGH = 4;

  private final Pattern names;
  private final Pattern exceptions;

  private Secrets(Pattern names, Pattern exceptions) {
    this.names = names;
    this.exceptions = exceptions;
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
    return new Secrets(anyOf(names), anyOf(exceptions));
  }

  private static Pattern anyOf(List<String> patterns) {
    return Pattern.compile(
        patterns.stream().map(Secrets::regex).collect(Collectors.joining("|")),
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  private static String regex(String pattern) {
    return List.of(pattern.split("\\*", -1)).stream()
        .map(Pattern::quote)
        .collect(Collectors.joining(".*"));
  }

  boolean name(String key) {
    return names.matcher(key).matches() && !exceptions.matcher(key).matches();
  }

  boolean value(String value) {
    return ADDRESS.matcher(value).find();
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
