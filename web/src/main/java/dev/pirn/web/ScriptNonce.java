package dev.pirn.web;

import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The word by which a page's policy knows the scripts that it allows.
final class ScriptNonce {
  private static final Pattern NONCE = Pattern.compile("'nonce-([A-Za-z0-9+/_-]+={0,2})'");

  /// The directives that decide on scripts; where one is missing, the next one does.
  private static final List<String> DIRECTIVES =
      List.of("script-src-elem", "script-src", "default-src");

  private ScriptNonce() {}

  /// The first one in the `Content-Security-Policy`, or null.
  static @Nullable String of(MultiMap headers) {
    return headers.getAll("Content-Security-Policy").stream()
        .flatMap(header -> Arrays.stream(header.split(",", -1)))
        .map(ScriptNonce::ofPolicy)
        .filter(nonce -> nonce != null)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable String ofPolicy(String policy) {
    for (String name : DIRECTIVES) {
      for (String directive : policy.split(";", -1)) {
        String words = directive.strip();
        if ((words.toLowerCase(Locale.ROOT) + " ").startsWith(name + " ")) {
          Matcher nonce = NONCE.matcher(words);
          return nonce.find() ? nonce.group(1) : null;
        }
      }
    }
    return null;
  }
}
