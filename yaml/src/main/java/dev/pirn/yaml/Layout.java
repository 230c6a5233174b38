package dev.pirn.yaml;

/// Where the nodes of one text begin and end, and how its lines lie around them. All positions are
/// indexes of the text.
final class Layout {
  private static final String PROPERTIES = "&!*";

  private final SourceText source;
  private final String text;
  private final String newline;

  Layout(SourceText source) {
    this.source = source;
    this.text = source.text();
    this.newline = text.contains("\r\n") ? "\r\n" : "\n";
  }

  String text() {
    return text;
  }

  /// The line end that the text uses.
  String newline() {
    return newline;
  }

  int start(YamlNode node) {
    Span span = span(node);
    return source.index(span.line(), span.column());
  }

  /// Behind the last character of a node, without what only separates it from the next.
  int end(YamlNode node) {
    if (!flow(node) && node instanceof YamlMap map) {
      return end(map.entries().getLast());
    }
    if (!flow(node) && node instanceof YamlList list) {
      YamlNode last = list.items().getLast();
      return start(last) < start(list) ? lineEnd(start(list)) : end(last);
    }
    Span span = span(node);
    int end = source.index(span.endLine(), span.endColumn());
    int start = start(node);
    while (end > start && text.charAt(end - 1) <= ' ') {
      end--;
    }
    return end;
  }

  int end(YamlMap.Entry entry) {
    if (aliased(entry)) {
      int at = skipBlanks(behindColon(entry));
      while (at < text.length() && text.charAt(at) > ' ') {
        at++;
      }
      return at;
    }
    return Math.max(behindColon(entry), end(entry.value()));
  }

  /// Whether a collection stands in brackets or braces.
  boolean flow(YamlNode node) {
    if (node instanceof YamlScalar) {
      return false;
    }
    Span span = span(node);
    char first = text.charAt(start(node));
    char last = text.charAt(source.index(span.endLine(), span.endColumn()) - 1);
    return (first == '{' || first == '[' || PROPERTIES.indexOf(first) >= 0)
        && (last == '}' || last == ']');
  }

  /// Whether the value is an alias, and stands elsewhere.
  boolean aliased(YamlMap.Entry entry) {
    return start(entry.value()) < end(entry.key());
  }

  /// Whether a node begins with an anchor or a tag.
  boolean hasProperties(YamlNode node) {
    int start = start(node);
    return start < text.length() && PROPERTIES.indexOf(text.charAt(start)) >= 0;
  }

  int behindColon(YamlMap.Entry entry) {
    return text.indexOf(':', end(entry.key())) + 1;
  }

  int lineStart(int at) {
    return text.lastIndexOf('\n', at - 1) + 1;
  }

  /// Before the line's end.
  int lineEnd(int at) {
    int end = text.indexOf('\n', at);
    if (end < 0) {
      return text.length();
    }
    return end > at && text.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  /// The start of the next line; the text's end if there is none.
  int nextLine(int at) {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end + 1;
  }

  /// How far a position is indented, if nothing but blanks stands before it in its line; else -1.
  int indent(int at) {
    int start = lineStart(at);
    return text.substring(start, at).isBlank() ? at - start : -1;
  }

  /// Where an entry of a block map begins, with the comment lines that stand right above it.
  int lead(YamlMap.Entry entry) {
    int start = lineStart(start(entry.key()));
    int indent = start(entry.key()) - start;
    while (start > 0) {
      int above = lineStart(start - 1);
      if (commentIndent(above) != indent) {
        return start;
      }
      start = above;
    }
    return start;
  }

  /// Behind the last line of an entry of a block map, with the comment lines below that are
  /// indented deeper than its key.
  int tail(YamlMap.Entry entry) {
    int key = start(entry.key());
    int indent = key - lineStart(key);
    int tail = nextLine(end(entry));
    int at = tail;
    while (at < text.length()) {
      int comment = commentIndent(at);
      if (comment > indent) {
        tail = nextLine(at);
      } else if (comment >= 0 || !blank(at)) {
        return tail;
      }
      at = nextLine(at);
    }
    return tail;
  }

  /// Whether the line that begins here has nothing in it.
  boolean blank(int lineStart) {
    return text.substring(lineStart, lineEnd(lineStart)).isBlank();
  }

  /// Whether an empty line stands somewhere between two positions.
  boolean blankBetween(int from, int to) {
    for (int at = nextLine(from); at < to; at = nextLine(at)) {
      if (blank(at)) {
        return true;
      }
    }
    return false;
  }

  /// How far the comment in a line is indented; -1 if the line is no comment.
  private int commentIndent(int lineStart) {
    int at = skipBlanks(lineStart);
    return at < text.length() && text.charAt(at) == '#' ? at - lineStart : -1;
  }

  int skipBlanks(int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }

  private static Span span(YamlNode node) {
    return switch (node) {
      case YamlScalar scalar -> scalar.span();
      case YamlList list -> list.span();
      case YamlMap map -> map.span();
    };
  }
}
