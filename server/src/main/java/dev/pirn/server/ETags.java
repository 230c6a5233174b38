package dev.pirn.server;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The entity tags of `If-Match` and `If-None-Match`.
final class ETags {
  private static final Pattern TAG = Pattern.compile("\\s*((?:W/)?\"[^\"]*\")\\s*(?:,|$)");

  private ETags() {}

  /// Whether a list of tags names this one, weak or not, or is `*`.
  static boolean matchesWeakly(String list, String etag) {
    return list.strip().equals("*")
        || all(list).stream().anyMatch(tag -> strong(tag).equals(strong(etag)));
  }

  /// The digest that an `If-Match` with one strong tag stands for; null if it is something else.
  static @Nullable String digest(String ifMatch) {
    List<String> tags = all(ifMatch);
    if (tags.size() != 1 || tags.getFirst().startsWith("W/")) {
      return null;
    }
    String tag = tags.getFirst();
    return tag.substring(1, tag.length() - 1);
  }

  private static List<String> all(String list) {
    List<String> tags = new ArrayList<>();
    Matcher matcher = TAG.matcher(list);
    while (matcher.lookingAt()) {
      tags.add(matcher.group(1));
      matcher.region(matcher.end(), list.length());
    }
    return tags;
  }

  private static String strong(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }
}
