package dev.pirn.yaml;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Plain data as JSON text: `Map`, `Collection`, `Number`, `Boolean` and null as such, everything
/// else as the text that its `toString` gives.
///
/// The text is YAML as well, so that [Yaml] reads it back. Control characters and lone surrogates
/// are escaped, nothing else is that need not be. Numbers that JSON has not, such as infinity, are
/// null.
public final class Json {
  private final StringBuilder out = new StringBuilder();
  private final boolean pretty;

  private Json(boolean pretty) {
    this.pretty = pretty;
  }

  /// On one line, without spaces.
  public static String line(@Nullable Object data) {
    return new Json(false).write(data, 0).out.toString();
  }

  /// Over several lines, indented by two spaces, with a line end behind the last.
  public static String pretty(@Nullable Object data) {
    return new Json(true).write(data, 0).out.append('\n').toString();
  }

  private Json write(@Nullable Object data, int depth) {
    switch (data) {
      case null -> out.append("null");
      case Map<?, ?> map -> writeMap(map, depth);
      case Collection<?> list -> writeList(list, depth);
      case Boolean bool -> out.append(bool);
      case Double number when !Double.isFinite(number) -> out.append("null");
      case Number number -> out.append(number);
      default -> quote(data.toString());
    }
    return this;
  }

  private void writeMap(Map<?, ?> map, int depth) {
    out.append('{');
    Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<?, ?> entry = entries.next();
      newLine(depth + 1);
      quote(Objects.toString(entry.getKey()));
      out.append(pretty ? ": " : ":");
      write(entry.getValue(), depth + 1);
      out.append(entries.hasNext() ? "," : "");
    }
    if (!map.isEmpty()) {
      newLine(depth);
    }
    out.append('}');
  }

  private void writeList(Collection<?> list, int depth) {
    out.append('[');
    Iterator<?> items = list.iterator();
    while (items.hasNext()) {
      newLine(depth + 1);
      write(items.next(), depth + 1);
      out.append(items.hasNext() ? "," : "");
    }
    if (!list.isEmpty()) {
      newLine(depth);
    }
    out.append(']');
  }

  private void newLine(int depth) {
    if (pretty) {
      out.append('\n').repeat("  ", depth);
    }
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1))) {
            out.append(c).append(text.charAt(++i));
          } else if (mustBeEscaped(c)) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /// What JSON may not have, and what YAML may not or takes for a line's end.
  private static boolean mustBeEscaped(char c) {
    return Character.isISOControl(c)
        || Character.isSurrogate(c)
        || c == '\u2028'
        || c == '\u2029'
        || c >= '\uFFFE'
        || c == '\uFEFF';
  }
}
