package dev.pirn.live;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Turns diagnostics into text, always in the same five parts: what happened, where, the source
/// line, what is in force, what to do.
///
/// Immutable and safe for use by several threads.
public final class Rendering {
  private enum Style {
    PLAIN,
    ANSI,
    HTML
  }

  private final Style style;
  private final @Nullable Path base;

  private Rendering(Style style, @Nullable Path base) {
    this.style = style;
    this.base = base;
  }

  /// Plain text.
  public static Rendering plain() {
    return new Rendering(Style.PLAIN, null);
  }

  /// Text with ANSI colours, for a terminal.
  public static Rendering ansi() {
    return new Rendering(Style.ANSI, null);
  }

  /// Escaped HTML in `span` elements with the classes `error`, `warning`, `info`, `place`, `mark`.
  public static Rendering html() {
    return new Rendering(Style.HTML, null);
  }

  /// This rendering with files shown relative to a folder where they lie in it.
  public Rendering relativeTo(Path base) {
    return new Rendering(style, Objects.requireNonNull(base, "base").toAbsolutePath().normalize());
  }

  /// All of them, an empty line between two.
  public String render(List<Diagnostic> diagnostics) {
    StringBuilder out = new StringBuilder();
    for (Diagnostic diagnostic : diagnostics) {
      if (!out.isEmpty()) {
        out.append('\n');
      }
      out.append(render(diagnostic));
    }
    return out.toString();
  }

  /// One diagnostic, each line ended by a line feed.
  public String render(Diagnostic diagnostic) {
    StringBuilder out = new StringBuilder();
    String kind = diagnostic.severity().toString();
    out.append(paint(kind, kind + "[" + diagnostic.code() + "]"))
        .append(": ")
        .append(escape(visible(diagnostic.message())))
        .append('\n');
    Place place = diagnostic.place();
    if (place != null) {
      out.append("  --> ").append(paint("place", escape(show(place)))).append('\n');
      source(out, place, diagnostic.hint(), kind);
    }
    for (Place other : diagnostic.related()) {
      out.append("  ::: ").append(paint("place", escape(show(other)))).append('\n');
    }
    if (diagnostic.inForce() != null) {
      out.append("  = ").append(escape(visible(diagnostic.inForce()))).append('\n');
    }
    if (diagnostic.help() != null) {
      out.append("  help: ").append(escape(visible(diagnostic.help()))).append('\n');
    }
    return out.toString();
  }

  /// One line: `file:line:column: severity[code]: message`.
  public String line(Diagnostic diagnostic) {
    Place place = diagnostic.place();
    return (place == null ? "" : paint("place", escape(show(place))) + ": ")
        + paint(
            diagnostic.severity().toString(), diagnostic.severity() + "[" + diagnostic.code() + "]")
        + ": "
        + escape(visible(diagnostic.message()));
  }

  private void source(StringBuilder out, Place place, @Nullable String hint, String kind) {
    String text = place.text();
    if (text == null || place.wholeFile()) {
      return;
    }
    String number = Integer.toString(place.line());
    Excerpt excerpt = Excerpt.of(text, place.column(), place.length());
    out.append(number).append(" | ").append(escape(excerpt.text())).append('\n');
    out.append(" ".repeat(number.length())).append(" | ").append(excerpt.indent());
    out.append(paint(kind + " mark", "^".repeat(excerpt.marks())));
    if (hint != null) {
      out.append(' ').append(escape(visible(hint)));
    }
    out.append('\n');
  }

  private String show(Place place) {
    Path file = place.file();
    if (base != null && file.startsWith(base) && !file.equals(base)) {
      file = base.relativize(file);
    }
    String shown = visible(file.toString());
    return place.wholeFile() ? shown : shown + ":" + place.line() + ":" + place.column();
  }

  private static String visible(String text) {
    return Excerpt.visible(text);
  }

  private String escape(String text) {
    return style == Style.HTML
        ? text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("'", "&#39;")
        : text;
  }

  private String paint(String kind, String text) {
    return switch (style) {
      case PLAIN -> text;
      case HTML -> "<span class=\"" + kind + "\">" + text + "</span>";
      case ANSI -> ansi(kind) + text + "\u001b[0m";
    };
  }

  private static String ansi(String kind) {
    if (kind.startsWith("error")) {
      return "\u001b[1;31m";
    } else if (kind.startsWith("warning")) {
      return "\u001b[1;33m";
    } else if (kind.startsWith("place")) {
      return "\u001b[36m";
    }
    return "\u001b[1;34m";
  }
}
