package dev.pirn.settings;

import java.util.ArrayList;
import java.util.List;

/// Reads a value whose extent is known: escapes, references, their defaults. Lives for one value.
final class TemplateReader {
  private static final int DEEPEST = 20;

  private final String text;
  private final EnvEntry entry;
  private final List<Template.Reference> wrong = new ArrayList<>();
  private int at;
  private int end;

  TemplateReader(EnvText source, EnvEntry entry) {
    this.text = source.text();
    this.entry = entry;
  }

  /// What looks like a reference and is none.
  List<Template.Reference> wrong() {
    return wrong;
  }

  Template read() {
    boolean quoted = entry.quote() != Quote.NONE;
    at = entry.valueStart() + (quoted ? 1 : 0);
    end = entry.valueEnd() - (quoted ? 1 : 0);
    if (entry.quote() == Quote.SINGLE) {
      return new Template(List.of(new Template.Literal(lines(text.substring(at, end)))));
    }
    return template(false, 0);
  }

  /// All line ends as one character.
  private static String lines(String text) {
    return text.replace("\r\n", "\n").replace('\r', '\n');
  }

  /// @param inside whether a `}` ends it
  private Template template(boolean inside, int depth) {
    List<Template.Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    while (at < end && !(inside && text.charAt(at) == '}')) {
      char c = text.charAt(at);
      if (c == '\\') {
        escape(literal);
      } else if (text.startsWith("${", at) && at + 1 < end) {
        literal(parts, literal);
        parts.add(reference(depth));
      } else if (c == '\r') {
        literal.append('\n');
        at += text.startsWith("\r\n", at) && at + 1 < end ? 2 : 1;
      } else {
        literal.append(c);
        at++;
      }
    }
    literal(parts, literal);
    return new Template(parts);
  }

  private static void literal(List<Template.Part> parts, StringBuilder literal) {
    if (!literal.isEmpty()) {
      parts.add(new Template.Literal(literal.toString()));
      literal.setLength(0);
    }
  }

  private void escape(StringBuilder out) {
    char next = at + 1 < end ? text.charAt(at + 1) : '\0';
    boolean quoted = entry.quote() == Quote.DOUBLE;
    // Without quotes a backslash is a character of its own, as in C:\temp.
    boolean dollar = next == '$' && (quoted || text.startsWith("{", at + 2));
    String meant =
        dollar
            ? "$"
            : !quoted
                ? null
                : switch (next) {
                  case 'n' -> "\n";
                  case 'r' -> "\r";
                  case 't' -> "\t";
                  case '"' -> "\"";
                  case '\\' -> "\\";
                  default -> null;
                };
    if (meant == null) {
      out.append('\\');
      at++;
    } else {
      out.append(meant);
      at += 2;
    }
  }

  private Template.Part reference(int depth) {
    int start = at;
    at += 2;
    int nameStart = at;
    while (at < end && EnvParser.isNamePart(text.charAt(at))) {
      at++;
    }
    String name = text.substring(nameStart, at);
    Template fallback = null;
    boolean good = EnvParser.isName(name) && depth < DEEPEST;
    if (good && text.startsWith(":-", at) && at + 1 < end) {
      at += 2;
      fallback = template(true, depth + 1);
    }
    if (good && at < end && text.charAt(at) == '}') {
      at++;
      return new Template.Reference(name, fallback, start, at);
    }
    int close = text.indexOf('}', at, end);
    at = close < 0 ? end : close + 1;
    Template.Reference found = new Template.Reference(name, fallback, start, at);
    wrong.add(found);
    return found;
  }
}
