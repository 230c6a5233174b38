package dev.pirn.agents.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Conditions as requests state them (RFC 9110, 13.1).
final class Tags {
  private Tags() {}

  /// What `If-Match` and `If-None-Match` ask of a change.
  static Condition of(List<String> ifMatch, List<String> ifNoneMatch) {
    return etag ->
        (ifMatch.isEmpty() || matches(ifMatch, etag, false))
            && (ifNoneMatch.isEmpty() || !matches(ifNoneMatch, etag, true));
  }

  /// Whether one of the tags is that of a value.
  ///
  /// @param etag empty for a value that nobody can read, which only `*` matches; null for none
  /// @param weakly whether a weak tag is as good as a strong one
  static boolean matches(List<String> headers, @Nullable String etag, boolean weakly) {
    if (etag == null) {
      return false;
    }
    for (String header : headers) {
      for (String part : header.split(",", -1)) {
        String tag = part.strip();
        if (tag.equals("*")) {
          return true;
        }
        String strong = weakly && tag.startsWith("W/") ? tag.substring(2) : tag;
        if (!etag.isEmpty() && strong.equals("\"" + etag + "\"")) {
          return true;
        }
      }
    }
    return false;
  }
}
